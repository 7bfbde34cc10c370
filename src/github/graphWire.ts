/** What the queries of this room answer, by GraphQL's own names. The readers name these shapes, the mapper alone looks inside. */

/** A GraphQL list; the schema lets any of its nodes be null. */
export interface Nodes<T> {
  readonly nodes: readonly (T | null)[] | null;
  readonly pageInfo?: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
}

export interface WireReviewer { readonly login?: string; readonly name?: string | null }

export interface WireEnvironment {
  readonly databaseId: number | null;
  readonly name: string;
  readonly protectionRules: Nodes<{
    readonly type: string;
    readonly timeout: number;
    readonly preventSelfReview: boolean | null;
    readonly reviewers: Nodes<WireReviewer> | null;
  }>;
  readonly latestCompletedDeployment: WireDeployment | null;
}

export interface WireDeployment {
  readonly databaseId: number | null;
  readonly environment: string | null;
  readonly task: string | null;
  readonly payload: string | null;
  readonly description: string | null;
  readonly commitOid: string;
  readonly createdAt: string;
  readonly ref: { readonly name: string } | null;
  readonly creator: { readonly login: string } | null;
  readonly statuses: Nodes<{ readonly state: string; readonly createdAt: string }> | null;
  /** The oldest status, or the newest where GitHub lists them the other way round. */
  readonly edge: Nodes<{ readonly logUrl: string | null }> | null;
  readonly latestStatus: {
    readonly state: string;
    readonly createdAt: string;
    readonly description: string | null;
    readonly logUrl: string | null;
    readonly environmentUrl: string | null;
  } | null;
}

export interface WireRelease {
  readonly databaseId: number | null;
  readonly tagName: string;
  readonly name: string | null;
  readonly isDraft: boolean;
  readonly isPrerelease: boolean;
  readonly createdAt: string;
  readonly publishedAt: string | null;
  readonly url: string;
  readonly author: { readonly login: string } | null;
  readonly tagCommit: { readonly oid: string } | null;
}

export interface WireCommit {
  readonly oid: string;
  readonly messageHeadline: string;
  readonly committedDate: string;
  readonly author: { readonly name: string | null; readonly user: { readonly login: string } | null } | null;
  readonly parents: Nodes<{ readonly oid: string }>;
  readonly associatedPullRequests: Nodes<{ readonly number: number; readonly title: string }> | null;
}

export interface WireBranch {
  readonly name: string;
  readonly target: { readonly oid: string; readonly history?: Nodes<WireCommit> } | null;
}

/** A branch with its `lock.json`; `target` is a commit, and the file is not there where nothing was written. */
export interface WireLock {
  readonly name: string;
  readonly target: { readonly file?: { readonly object: { readonly text?: string | null } | null } | null } | null;
}

export interface WireObservedRun {
  readonly databaseId: number | null;
  readonly updatedAt: string;
  readonly checkSuite: {
    readonly status: string;
    readonly conclusion: string | null;
    readonly checkRuns: (Nodes<WireCheckRun> & { readonly totalCount: number }) | null;
  } | null;
  readonly pendingDeploymentRequests: Nodes<{
    readonly currentUserCanApprove: boolean;
    readonly environment: { readonly databaseId: number | null; readonly name: string };
    readonly reviewers: Nodes<WireReviewer>;
  }> | null;
}

export interface WireStep {
  readonly number: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
}

export interface WireCheckRun extends Omit<WireStep, 'number'> {
  readonly databaseId: number | null;
  readonly detailsUrl: string | null;
  readonly steps: Nodes<WireStep> | null;
}
