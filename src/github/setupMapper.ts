import type { RestEndpointMethodTypes } from '@octokit/rest';
import type {
  BranchPolicy, EnvironmentSettings, PullRequest, RepositoryFacts, Reviewer, SecretName, SetupViewer, Variable,
} from '../core/gitHubSetup.ts';
import { instant } from './words.ts';

type Rest = RestEndpointMethodTypes;
type Headers = Readonly<Record<string, string>>;

type WireEnvironment = Rest['repos']['getEnvironment']['response']['data'];
type WirePolicies = Rest['repos']['listDeploymentBranchPolicies']['response']['data'];
type WireRules = Rest['repos']['getAllDeploymentProtectionRules']['response']['data'];
type WireRepository = Rest['repos']['get']['response']['data'];
type WireSecrets = Pick<Rest['actions']['listEnvironmentSecrets']['response']['data'], 'secrets'>;
type WireVariables = Pick<Rest['actions']['listEnvironmentVariables']['response']['data'], 'variables'>;
type WireAssignees = Rest['issues']['listAssignees']['response']['data'];
type WireTeams = Rest['repos']['listTeams']['response']['data'];
type WireKey = Rest['actions']['getEnvironmentPublicKey']['response']['data'];
type WireRef = Pick<Rest['git']['getRef']['response']['data'], 'object'>;
type WireGitCommit = Rest['git']['getCommit']['response']['data'];
type WireTree = Rest['git']['getTree']['response']['data'];
type WireComparison = Rest['repos']['compareCommitsWithBasehead']['response']['data'];
type WirePulls = Pick<Rest['pulls']['list']['response']['data'][number], 'number' | 'html_url' | 'state' | 'merged_at'>;

export function toViewer(data: { readonly login: string }, headers: Headers): SetupViewer {
  const scopes = headers['x-oauth-scopes']?.split(',').map((scope) => scope.trim()).filter((scope) => scope !== '');
  return { login: data.login, scopes };
}

export function toFacts(data: WireRepository): RepositoryFacts {
  const { permissions } = data;
  return {
    isPrivate: data.private,
    isArchived: data.archived,
    isFork: data.fork,
    isOrganization: data.owner.type === 'Organization',
    defaultBranch: data.default_branch,
    permission: !permissions ? 'unknown'
      : permissions.admin ? 'admin' : permissions.maintain ? 'maintain' : permissions.push ? 'write' : permissions.triage ? 'triage' : 'read',
  };
}

export function toEnvironments(data: { readonly environments?: readonly WireEnvironment[] }): readonly EnvironmentSettings[] {
  return (data.environments ?? []).map(toSettings);
}

/** What the environment's own answer tells; patterns and rules of apps stand elsewhere. */
export function toSettings(data: WireEnvironment): EnvironmentSettings {
  const rules = (data.protection_rules ?? []) as readonly Readonly<Record<string, unknown>>[];
  const required = rules.find(({ type }) => type === 'required_reviewers') as WireReviewers | undefined;
  const timer = rules.find(({ type }) => type === 'wait_timer')?.['wait_timer'];
  return {
    id: data.id,
    name: data.name,
    createdAt: instant(data.created_at),
    reviewers: (required?.reviewers ?? []).map(toReviewer),
    preventSelfReview: required?.prevent_self_review ?? false,
    waitMinutes: typeof timer === 'number' ? timer : 0,
    branchPolicy: toPolicy(data.deployment_branch_policy),
    customRules: [],
  };
}

type Pattern = Extract<BranchPolicy, { kind: 'custom' }>['patterns'][number];

interface WireReviewers {
  readonly prevent_self_review?: boolean;
  readonly reviewers?: readonly { readonly type?: string; readonly reviewer?: { readonly id: number; readonly login?: string; readonly slug?: string } }[];
}

function toReviewer({ type, reviewer }: NonNullable<WireReviewers['reviewers']>[number]): Reviewer {
  if (!reviewer) throw new TypeError('a reviewer without a name');
  return { type: type === 'Team' ? 'team' : 'user', id: reviewer.id, name: reviewer.login ?? reviewer.slug ?? '' };
}

function toPolicy(policy: WireEnvironment['deployment_branch_policy']): BranchPolicy {
  if (!policy) return { kind: 'any' };
  return policy.custom_branch_policies ? { kind: 'custom', patterns: [] } : { kind: 'protected' };
}

export function toPatterns(data: WirePolicies): readonly Pattern[] {
  return data.branch_policies.map(({ name, type }) => ({ name: name ?? '', type: type === 'tag' ? 'tag' : 'branch' }));
}

export function toRuleNames(data: WireRules): readonly string[] {
  return (data.custom_deployment_protection_rules ?? []).filter(({ enabled }) => enabled).map(({ app }) => app.slug);
}

export function toPeople(data: WireAssignees): readonly Reviewer[] {
  return data.filter(({ type }) => type === 'User').map(({ id, login }) => ({ type: 'user', id, name: login }));
}

export function toTeams(data: WireTeams): readonly Reviewer[] {
  return data.map(({ id, slug }) => ({ type: 'team', id, name: slug }));
}

export function toSecrets({ secrets }: WireSecrets): readonly SecretName[] {
  return secrets.map(({ name, updated_at: at }) => ({ name, updatedAt: instant(at) }));
}

export function toVariables({ variables }: WireVariables): readonly Variable[] {
  return variables.map(({ name, value, updated_at: at }) => ({ name, value, updatedAt: instant(at) }));
}

/** The newest one that is open or was merged; the list comes newest first. */
export function toPull(data: readonly WirePulls[]): PullRequest | undefined {
  const pull = data.find((one) => one.state === 'open' || one.merged_at !== null);
  return pull && { number: pull.number, url: pull.html_url, isMerged: pull.merged_at !== null };
}

/** What a secret is sealed for. */
export function toPublicKey({ key_id: keyId, key }: WireKey): { readonly keyId: string; readonly key: string } {
  return { keyId, key };
}

/** What a ref or a tag points at: a commit, or an annotated tag's own object. */
export interface RefTarget {
  readonly type: string;
  readonly sha: string;
}

export function toTarget({ object }: WireRef): RefTarget {
  return { type: object.type, sha: object.sha };
}

/** The name of a commit's root folder. */
export function toRoot({ tree }: WireGitCommit): string {
  return tree.sha;
}

/** One line of a folder; `mode` as git writes it. */
export interface Entry {
  readonly name: string;
  readonly mode: string;
  readonly sha: string;
}

export function toEntries({ tree }: WireTree): readonly Entry[] {
  return tree.map(({ path, mode, sha }) => ({ name: path, mode, sha }));
}

/** What the head of a comparison has beyond its base; not whole when there are more commits than were listed. */
export function toAhead(data: WireComparison): { readonly status: string; readonly messages: readonly string[]; readonly isWhole: boolean } {
  return { status: data.status, messages: data.commits.map(({ commit }) => commit.message), isWhole: data.total_commits <= data.commits.length };
}
