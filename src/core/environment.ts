/** A GitHub environment and what guards it. */
export interface Environment {
  readonly id: number;
  readonly name: string;
  readonly protectionRules: readonly ProtectionRule[];
}

export type ProtectionRule =
  | { readonly type: 'requiredReviewers'; readonly reviewers: readonly string[]; readonly preventSelfReview: boolean }
  | { readonly type: 'waitTimer'; readonly minutes: number }
  | { readonly type: 'branchPolicy' }
  | { readonly type: 'unknown' };

/** Environment names ignore case on GitHub. */
export function sameEnvironment(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** What is set for an environment in an object by name. */
export function ofEnvironment<T>(settings: Readonly<Record<string, T>>, environment: string): T | undefined {
  return Object.entries(settings).find(([name]) => sameEnvironment(name, environment))?.[1];
}
