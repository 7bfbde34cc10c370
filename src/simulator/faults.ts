import type { SimRequest } from './http.ts';

/** What can go wrong between a client and GitHub. */
export const FAULT_KINDS = [
  '500', '502AfterEffect', 'droppedSocket', 'droppedAfterEffect', '401', '403saml',
  'rateLimitPrimary', 'rateLimitSecondary', 'rateLimit429', 'slow', 'malformedBody',
] as const;

/** One of them. */
export type FaultKind = (typeof FAULT_KINDS)[number];

/** A fault that strikes the next `times` requests that match. */
export interface Fault {
  readonly kind: FaultKind;
  readonly match?: { readonly method?: string; /** A regular expression for the path. */ readonly path?: string };
  readonly times?: number;
  /** For `slow`: how long, in milliseconds. */
  readonly delayMs?: number;
}

/** The faults waiting to strike. */
export class Faults {
  readonly #armed: { readonly fault: Fault; left: number }[] = [];

  /** Arms a fault; without `times` it strikes once. */
  inject(fault: Fault): void {
    this.#armed.push({ fault, left: fault.times ?? 1 });
  }

  /** Disarms everything. */
  clear(): void {
    this.#armed.length = 0;
  }

  /** What is still armed, and how often it will strike. */
  get armed(): readonly (Fault & { readonly left: number })[] {
    return this.#armed.filter(({ left }) => left > 0).map(({ fault, left }) => ({ ...fault, left }));
  }

  /** The fault that strikes this request, used up by one. */
  strike(request: SimRequest): Fault | undefined {
    const armed = this.#armed.find(({ fault, left }) =>
      left > 0 &&
      (fault.match?.method === undefined || fault.match.method.toUpperCase() === request.method) &&
      (fault.match?.path === undefined || new RegExp(fault.match.path).test(request.path)));
    if (!armed) return undefined;
    armed.left--;
    return armed.fault;
  }
}
