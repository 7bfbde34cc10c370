import type { Permission } from './gitHub.ts';
import type { Instant } from './instant.ts';
import type { RepositoryId } from './repositoryId.ts';
import type { Text } from './text.ts';

/** Who asks, and what their sign-in allows. */
export interface SetupViewer {
  readonly login: string;
  /** Scopes of a classic or OAuth token; `undefined` for a fine-grained or app token, whose permissions nobody can list. */
  readonly scopes: readonly string[] | undefined;
}

/** What of a repository decides which steps are possible. */
export interface RepositoryFacts {
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  readonly isFork: boolean;
  /** Of an organization rather than of a person. */
  readonly isOrganization: boolean;
  readonly defaultBranch: string;
  /** Environments, secrets and variables are written by `admin` only. */
  readonly permission: Permission;
}

/** Which branches or tags may deploy: any; only protected ones (with none protected: any!); or those that match a pattern. */
export type BranchPolicy =
  | { readonly kind: 'any' }
  | { readonly kind: 'protected' }
  | { readonly kind: 'custom'; readonly patterns: readonly { readonly name: string; readonly type: 'branch' | 'tag' }[] };

export interface Reviewer {
  readonly type: 'user' | 'team';
  readonly id: number;
  /** A login, or a team's slug. */
  readonly name: string;
}

/** An environment with its rules in full. */
export interface EnvironmentSettings {
  readonly id: number;
  /** In GitHub's spelling, which may differ in case from the name asked for. */
  readonly name: string;
  readonly createdAt: Instant;
  readonly reviewers: readonly Reviewer[];
  readonly preventSelfReview: boolean;
  readonly waitMinutes: number;
  readonly branchPolicy: BranchPolicy;
  /** Rules of apps, by the app's name. */
  readonly customRules: readonly string[];
}

/** What an environment is to be. What is left out stays as it is; nothing that exists is weakened or removed. */
export interface EnvironmentWish {
  /** Patterns of branches that may deploy, besides those that already may. */
  readonly branches: readonly string[];
  /** Six at most, one of whom must agree; those who already review are kept. */
  readonly reviewers?: readonly Reviewer[];
  readonly preventSelfReview?: boolean;
}

/** What became of it: the environment as it is now, read back, and the parts of the wish that GitHub did not grant, with why. */
export interface EnvironmentOutcome {
  readonly settings: EnvironmentSettings;
  readonly wasCreated: boolean;
  readonly refused: readonly RefusedWish[];
}

export interface RefusedWish {
  readonly what: 'reviewers' | 'branches';
  readonly why: Text;
}

/** A secret's name and when it was last written, the same value included; nobody can read its value. */
export interface SecretName {
  readonly name: string;
  readonly updatedAt: Instant;
}

export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly updatedAt: Instant;
}

/** Where secrets and variables stand; at run time the environment's win over the repository's, and these over the organization's. */
export type SettingPlace = { readonly environment: string } | 'repository' | 'organization';

/** A file as it stands in a commit. */
export interface TreeFile {
  readonly text: string;
  readonly executable: boolean;
}

/** A branch's head, and those of the asked files that exist there. */
export interface TreeFiles {
  readonly sha: string;
  readonly files: ReadonlyMap<string, TreeFile>;
}

export interface NewFile extends TreeFile {
  readonly path: string;
}

/** One commit that brings the base branch's files plus `files` onto `branch`. */
export interface CommitCall {
  readonly branch: string;
  /** A branch name. */
  readonly base: string;
  /** The head of `base` that the person has seen; when it stands elsewhere by now, nothing is written (`refMoved`). */
  readonly expectedBase: string;
  /** A trailer that marks the commit as ours is added. */
  readonly message: string;
  readonly files: readonly NewFile[];
}

/** `unchanged`: the branch already holds exactly this. */
export interface CommitOutcome {
  readonly kind: 'created' | 'updated' | 'unchanged';
  readonly sha: string;
}

export interface PullRequestCall {
  readonly branch: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
}

export interface PullRequest {
  readonly number: number;
  readonly url: string;
  readonly isMerged: boolean;
}

/**
 * GitHub, as Set Up and the doctor need it: settings of a repository, and the one commit that installs the pipeline.
 *
 * Every failure is a `DeployError`; `forbidden` names in `values.needed` the permission that GitHub says is missing, if it says so.
 * Names that cannot be read are never reported as missing: the read throws. Writes are sent once; a write without an answer throws
 * `unknownOutcome`, and asking again shows what came of it. An aborted call throws an `AbortError`.
 */
export interface GitHubSetup {
  viewer(signal?: AbortSignal): Promise<SetupViewer>;
  repositoryFacts(repository: RepositoryId, signal?: AbortSignal): Promise<RepositoryFacts>;

  environments(repository: RepositoryId, signal?: AbortSignal): Promise<readonly EnvironmentSettings[]>;
  /** `undefined` when there is no such environment. */
  environmentSettings(repository: RepositoryId, name: string, signal?: AbortSignal): Promise<EnvironmentSettings | undefined>;
  /** People and, where the account may see them, teams who can be asked to review. */
  reviewerCandidates(repository: RepositoryId, signal?: AbortSignal): Promise<readonly Reviewer[]>;
  /** Creates the environment, or adds to it what is missing. Reviewers that the plan does not allow are in `refused`, not thrown. */
  createEnvironment(repository: RepositoryId, name: string, wish: EnvironmentWish): Promise<EnvironmentOutcome>;
  /** Whether a branch has protection of its own; GitHub lets "protected branches only" pass every branch while none has. */
  hasProtectedBranches(repository: RepositoryId, signal?: AbortSignal): Promise<boolean>;

  secrets(repository: RepositoryId, place: SettingPlace, signal?: AbortSignal): Promise<readonly SecretName[]>;
  variables(repository: RepositoryId, place: SettingPlace, signal?: AbortSignal): Promise<readonly Variable[]>;
  /** Stores a secret of an environment. The value leaves this machine only sealed for GitHub, and is neither kept nor logged. */
  putSecret(repository: RepositoryId, environment: string, name: string, value: string): Promise<void>;
  /** Creates or changes a variable of an environment. */
  putVariable(repository: RepositoryId, environment: string, name: string, value: string): Promise<void>;

  /** The commit (40 hex digits) that a tag of an action's repository (`actions/checkout`, `v5.0.0`) stands on; `undefined` without such a tag. */
  resolveAction(action: string, tag: string, signal?: AbortSignal): Promise<string | undefined>;

  /** The texts of the asked files at a branch's head; `undefined` when there is no such branch. */
  treeFiles(repository: RepositoryId, branch: string, paths: readonly string[], signal?: AbortSignal): Promise<TreeFiles | undefined>;
  /**
   * Commits files to a branch of our own, which is created or moved forward, never forced: a branch with commits of others is refused
   * (`branchTaken`). Workflow files need the scope `workflow` or the permission "Workflows" (`workflowScopeMissing`).
   */
  commitFiles(repository: RepositoryId, call: CommitCall): Promise<CommitOutcome>;
  /** The newest pull request, open or merged, from a branch of this repository into `base`; closed ones do not count. */
  pullRequest(repository: RepositoryId, branch: string, base: string, signal?: AbortSignal): Promise<PullRequest | undefined>;
  openPullRequest(repository: RepositoryId, call: PullRequestCall): Promise<PullRequest>;
  /** The page on which a person opens the pull request themselves. */
  compareUrl(repository: RepositoryId, base: string, branch: string): string;
}
