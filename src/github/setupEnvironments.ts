import { isDeployError } from '../core/deployError.ts';
import type { BranchPolicy, EnvironmentOutcome, EnvironmentSettings, EnvironmentWish, RefusedWish, Reviewer } from '../core/gitHubSetup.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import { text } from '../core/text.ts';
import { messageOf, type Answer } from './answer.ts';
import { notFound, refusal } from './errors.ts';
import type { Paging } from './paging.ts';
import { repositoryPath } from './repositoryPath.ts';
import { toEnvironments, toPatterns, toRuleNames, toSettings } from './setupMapper.ts';
import { attempt } from './setupWrite.ts';
import type { Wire } from './wire.ts';

const MOST_REVIEWERS = 6;

/** Environments with their rules, read whole and added to. */
export class SetupEnvironments {
  readonly #wire: Wire;
  readonly #paging: Paging;

  constructor(wire: Wire, paging: Paging) {
    this.#wire = wire;
    this.#paging = paging;
  }

  async all(repository: RepositoryId, signal?: AbortSignal): Promise<readonly EnvironmentSettings[]> {
    const listed = await this.#paging.all('GET /repos/{owner}/{repo}/environments', repositoryPath(repository), toEnvironments, 10, { signal, purpose: 'settings' });
    return Promise.all(listed.map((one) => this.#complete(repository, one, signal)));
  }

  async one(repository: RepositoryId, name: string, signal?: AbortSignal): Promise<EnvironmentSettings | undefined> {
    const parameters = { ...repositoryPath(repository), environment_name: name };
    const found = await orMissing(this.#wire.get(
      'GET /repos/{owner}/{repo}/environments/{environment_name}', parameters, toSettings, { signal },
    ));
    return found && this.#complete(repository, found, signal);
  }

  /** Sends the whole of what the environment is to be: nothing says that GitHub keeps what a write leaves out. */
  async create(repository: RepositoryId, name: string, wish: EnvironmentWish): Promise<EnvironmentOutcome> {
    const before = await this.one(repository, name);
    const refused: RefusedWish[] = [];
    let plan = planFor(before, wish);
    if (before?.branchPolicy.kind === 'protected' && wish.branches.length > 0) {
      refused.push({ what: 'branches', why: text('The environment lets protected branches deploy, and only those; that was left as it is.') });
    }
    const named = { ...repositoryPath(repository), environment_name: before?.name ?? name };
    while (differs(plan, before)) {
      const answer = await attempt(this.#wire, 'PUT /repos/{owner}/{repo}/environments/{environment_name}', { ...named, ...bodyOf(plan) });
      if (answer.status < 300) break;
      const denied = deniedBy(answer, plan, before);
      if (!denied) throw refusal(answer, this.#wire.host.authority, true);
      refused.push(denied);
      plan = without(plan, denied.what, before);
    }
    if (plan.policy.kind === 'custom') await this.#allow(named, plan.policy, before?.branchPolicy);
    const settings = await this.one(repository, name);
    if (!settings) throw notFound(this.#wire.host.authority, 'the environment is gone again');
    const [has, wanted] = [new Set(settings.reviewers.map(key)), (wish.reviewers ?? []).map(key)];
    if (wanted.some((one) => !has.has(one)) && !refused.some(({ what }) => what === 'reviewers')) {
      refused.push({ what: 'reviewers', why: text('GitHub took the reviewers but does not show them all: it allows six, with at least read access.') });
    }
    return { settings, wasCreated: before === undefined, refused };
  }

  async #allow(named: Readonly<Record<string, unknown>>, wanted: CustomPolicy, before: BranchPolicy | undefined): Promise<void> {
    const known = before?.kind === 'custom' ? before.patterns : [];
    for (const pattern of wanted.patterns) {
      if (known.some((one) => one.name === pattern.name && one.type === pattern.type)) continue;
      const route = 'POST /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies';
      const answer = await attempt(this.#wire, route, { ...named, ...pattern });
      // 303: there is such a pattern already.
      if (answer.status >= 300 && answer.status !== 303) throw refusal(answer, this.#wire.host.authority, true);
    }
  }

  async #complete(repository: RepositoryId, settings: EnvironmentSettings, signal: AbortSignal | undefined): Promise<EnvironmentSettings> {
    const named = { ...repositoryPath(repository), environment_name: settings.name };
    const isCustom = settings.branchPolicy.kind === 'custom';
    const [patterns, rules] = await Promise.all([
      isCustom
        ? this.#paging.all('GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies', named, toPatterns, 5, { signal })
        : [],
      orMissing(this.#wire.get('GET /repos/{owner}/{repo}/environments/{environment_name}/deployment_protection_rules', named, toRuleNames, { signal })),
    ]);
    return { ...settings, ...(isCustom ? { branchPolicy: { kind: 'custom', patterns } } : {}), customRules: rules ?? [] };
  }
}

type CustomPolicy = Extract<BranchPolicy, { kind: 'custom' }>;

/** What is to be sent. */
interface Plan {
  readonly reviewers: readonly Reviewer[];
  readonly preventSelfReview: boolean;
  readonly waitMinutes: number;
  readonly policy: BranchPolicy;
}

function planFor(before: EnvironmentSettings | undefined, wish: EnvironmentWish): Plan {
  const kept = before?.reviewers ?? [];
  const known = new Set(kept.map(key));
  const reviewers = [...kept, ...(wish.reviewers ?? []).filter((one) => !known.has(key(one)))].slice(0, MOST_REVIEWERS);
  return {
    reviewers,
    preventSelfReview: reviewers.length > 0 && ((before?.preventSelfReview ?? false) || (wish.preventSelfReview ?? false)),
    waitMinutes: before?.waitMinutes ?? 0,
    policy: policyFor(before?.branchPolicy ?? { kind: 'any' }, wish.branches),
  };
}

function policyFor(before: BranchPolicy, branches: readonly string[]): BranchPolicy {
  if (branches.length === 0 || before.kind === 'protected') return before;
  const known = before.kind === 'custom' ? before.patterns : [];
  const fresh = branches.filter((name) => !known.some((one) => one.type === 'branch' && one.name === name));
  return { kind: 'custom', patterns: [...known, ...fresh.map((name) => ({ name, type: 'branch' as const }))] };
}

function differs(plan: Plan, before: EnvironmentSettings | undefined): boolean {
  if (!before) return true;
  return plan.reviewers.length !== before.reviewers.length || plan.preventSelfReview !== before.preventSelfReview || plan.policy.kind !== before.branchPolicy.kind;
}

/** Rules that are not wanted are not mentioned: a plan without them refuses their very names, empty or not (alchemy-run/alchemy#1373). */
function bodyOf({ reviewers, preventSelfReview, waitMinutes, policy }: Plan): Readonly<Record<string, unknown>> {
  return {
    ...(waitMinutes > 0 ? { wait_timer: waitMinutes } : {}),
    ...(preventSelfReview ? { prevent_self_review: true } : {}),
    ...(reviewers.length > 0 ? { reviewers: reviewers.map(({ type, id }) => ({ type: type === 'team' ? 'Team' : 'User', id })) } : {}),
    deployment_branch_policy: policy.kind === 'any' ? null : { protected_branches: policy.kind === 'protected', custom_branch_policies: policy.kind === 'custom' },
  };
}

/** GitHub refuses the whole when the plan of the account does not cover a part; only the part it names is then given up. */
function deniedBy({ status, body }: Answer, plan: Plan, before: EnvironmentSettings | undefined): RefusedWish | undefined {
  const said = messageOf(body);
  if (status !== 422 || !/billing plan|protection rule/i.test(said)) return undefined;
  if (/branch/i.test(said)) {
    if (plan.policy.kind === (before?.branchPolicy.kind ?? 'any')) return undefined;
    return { what: 'branches', why: text('GitHub says: {reason}', { reason: said }) };
  }
  if (plan.reviewers.length === (before?.reviewers.length ?? 0)) return undefined;
  return { what: 'reviewers', why: text('GitHub says: {reason}', { reason: said }) };
}

function without(plan: Plan, what: RefusedWish['what'], before: EnvironmentSettings | undefined): Plan {
  if (what === 'branches') return { ...plan, policy: before?.branchPolicy ?? { kind: 'any' } };
  return { ...plan, reviewers: before?.reviewers ?? [], preventSelfReview: before?.preventSelfReview ?? false };
}

function key({ type, id }: Reviewer): string {
  return `${type} ${id}`;
}

async function orMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isDeployError(error) && error.kind === 'notFound') return undefined;
    throw error;
  }
}
