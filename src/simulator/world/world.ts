import { Agenda } from './agenda.ts';
import { createChance, type Chance } from './chance.ts';
import type { Account, Instant, Job, Repository, Team } from './model.ts';
import type { Token } from './tokens.ts';

/** Which GitHub this world plays: github.com as it is today, or an older server on somebody's premises. */
export interface ServerProfile {
  readonly enterpriseVersion?: string;
  /** Whether a dispatch understands `return_run_details`; an older server answers 422 to the unknown field. */
  readonly returnsRunDetails: boolean;
  readonly maxDispatchInputs: number;
  readonly hasRateLimits: boolean;
  readonly apiVersions: readonly string[];
}

/** github.com at the end of 2026. */
export const GITHUB_COM: ServerProfile = {
  returnsRunDetails: true,
  maxDispatchInputs: 25,
  hasRateLimits: true,
  apiVersions: ['2026-03-10', '2022-11-28'],
};

/** GitHub Enterprise Server 3.19. */
export const ENTERPRISE_3_19: ServerProfile = {
  enterpriseVersion: '3.19.0',
  returnsRunDetails: false,
  maxDispatchInputs: 10,
  hasRateLimits: false,
  apiVersions: ['2022-11-28'],
};

/** How time passes: `stretch` scales every duration of a run (1 is true to life). */
export interface Pace {
  readonly stretch: number;
  /** After how long a reviewing teammate approves, if they do so by themselves. */
  readonly approveAfterMs?: number;
  /** How often, on average, a teammate deploys by themselves. */
  readonly teammateEveryMs?: number;
}

/** A step that is going to fail: the next `times` runs that match it. */
export interface Mishap {
  readonly environment?: string;
  readonly workflow?: string;
  readonly branch?: string;
  readonly step: string;
  readonly log?: readonly string[];
  times: number;
}

/** Everything that exists. It has no timers: it moves when somebody asks for a later `now`. */
export class World {
  readonly chance: Chance;
  readonly accounts = new Map<string, Account>();
  readonly teams: Team[] = [];
  readonly repositories: Repository[] = [];
  readonly tokens = new Map<string, Token>();
  readonly mishaps: Mishap[] = [];
  /** Called whenever a job starts to wait for a reviewer: teammates hook in here. */
  readonly onWaiting: ((job: Job) => void)[] = [];
  server: ServerProfile = GITHUB_COM;
  pace: Pace = { stretch: 1 };
  /** Median seconds by step name; anything else takes a few seconds. */
  stepSeconds: Readonly<Record<string, number>> = {};
  readonly #agenda = new Agenda();
  readonly #ids = new Map<string, number>();
  #now: Instant;

  constructor(start: Instant, seed: number) {
    this.#now = start;
    this.chance = createChance(seed);
  }

  /** The instant the world has reached. */
  get now(): Instant {
    return this.#now;
  }

  /** Plans an act for a whole millisecond; one planned for the past happens at the next opportunity. */
  at(instant: Instant, act: () => void): void {
    this.#agenda.plan(Math.max(Math.round(instant), this.#now), act);
  }

  /** Plans an act `delayMs` from now. */
  after(delayMs: number, act: () => void): void {
    this.at(this.#now + delayMs, act);
  }

  /** Lets everything happen that is due until `instant`, in order. Going back in time does nothing. */
  advanceTo(instant: Instant): void {
    for (;;) {
      const next = this.#agenda.nextAt;
      if (next === undefined || next > instant) break;
      this.#now = Math.max(this.#now, next);
      this.#agenda.take()?.();
    }
    this.#now = Math.max(this.#now, instant);
  }

  /** A new id of its kind: growing, not consecutive, as on GitHub. */
  id(kind: keyof typeof FIRST_IDS): number {
    const id = (this.#ids.get(kind) ?? FIRST_IDS[kind]) + this.chance.int(1, 97);
    this.#ids.set(kind, id);
    return id;
  }

  /** An account that must exist. */
  account(login: string): Account {
    const account = this.accounts.get(login.toLowerCase());
    if (!account) throw new Error(`Nobody is called "${login}" in this world`);
    return account;
  }

  /** A repository by its full name, in any case. */
  repository(owner: string, name: string): Repository | undefined {
    const fullName = `${owner}/${name}`.toLowerCase();
    return this.repositories.find((repository) => `${repository.owner}/${repository.name}`.toLowerCase() === fullName);
  }

  /** The repository the scenario is about: the first one. */
  get home(): Repository {
    const [home] = this.repositories;
    if (!home) throw new Error('This world has no repository');
    return home;
  }
}

const FIRST_IDS = {
  account: 1_204_000,
  team: 9_100_000,
  repository: 842_000_000,
  workflow: 71_000_000,
  run: 19_400_000_000,
  job: 55_200_000_000,
  checkSuite: 46_800_000_000,
  environment: 2_310_000_000,
  deployment: 3_120_000_000,
  deploymentStatus: 4_480_000_000,
  release: 231_000_000,
} as const;
