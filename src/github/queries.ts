const commit = `
fragment CommitParts on Commit {
  oid
  messageHeadline
  committedDate
  author { name user { login } }
  parents(first: 3) { nodes { oid } }
  associatedPullRequests(first: 1) { nodes { number title } }
}`;

/** What is read of a branch: its head and the commits that may be waiting. */
const history = `
fragment History on Ref {
  name
  target {
    oid
    ... on Commit {
      history(first: $commits) {
        nodes { ...CommitParts }
      }
    }
  }
}
${commit}`;

/** The run's address is asked for at both ends only, for it is long and the same on all statuses that a run set. */
const deployment = `
fragment DeploymentParts on Deployment {
  databaseId
  environment
  task
  payload
  description
  commitOid
  createdAt
  ref { name }
  creator { login }
  statuses(first: 10) { nodes { state createdAt } }
  edge: statuses(last: 1) { nodes { logUrl } }
  latestStatus { state createdAt description logUrl environmentUrl }
}`;

const environment = `
fragment EnvironmentParts on Environment {
  databaseId
  name
  protectionRules(first: 6) {
    nodes {
      type
      timeout
      preventSelfReview
      reviewers(first: 6) { nodes { ...ReviewerParts } }
    }
  }
}`;

const reviewer = `
fragment ReviewerParts on DeploymentReviewer {
  ... on User { login }
  ... on Team { name }
}`;

const release = `
fragment ReleaseParts on Release {
  databaseId
  tagName
  name
  isDraft
  isPrerelease
  createdAt
  publishedAt
  url
  author { login }
  tagCommit { oid }
}`;

/** Branches of github/branch-deploy's kind, each with its lock. */
const locks = `
fragment Locks on Repository {
  locks: refs(refPrefix: "refs/heads/", query: "branch-deploy-lock", first: 20) {
    nodes {
      name
      target {
        ... on Commit {
          file(path: "lock.json") {
            object {
              ... on Blob { text }
            }
          }
        }
      }
    }
  }
}`;

/**
 * Everything the views need but the runs, in one round trip. Three branches besides the default one can be asked for; a slot that is
 * not needed is left out by its flag. `latestCompletedDeployment` reaches environments whose last deploy is older than the newest hundred.
 */
export const overviewQuery = `#graphql
query Overview(
  $owner: String!, $name: String!, $commits: Int!,
  $branch1: String!, $with1: Boolean!, $branch2: String!, $with2: Boolean!, $branch3: String!, $with3: Boolean!
) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    viewerPermission
    isArchived
    isEmpty
    parent { nameWithOwner }
    defaultBranchRef { ...History }
    branch1: ref(qualifiedName: $branch1) @include(if: $with1) { ...History }
    branch2: ref(qualifiedName: $branch2) @include(if: $with2) { ...History }
    branch3: ref(qualifiedName: $branch3) @include(if: $with3) { ...History }
    environments(first: 100, orderBy: { field: NAME, direction: ASC }) {
      nodes {
        ...EnvironmentParts
        latestCompletedDeployment { ...DeploymentParts }
      }
      pageInfo { hasNextPage endCursor }
    }
    deployments(first: 100, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { ...DeploymentParts }
      pageInfo { hasNextPage }
    }
    releases(first: 50, orderBy: { field: CREATED_AT, direction: DESC }) {
      totalCount
      nodes { ...ReleaseParts }
      pageInfo { hasNextPage endCursor }
    }
    ...Locks
    workflows: object(expression: "HEAD:.github/workflows") {
      ... on Tree {
        entries {
          name
          object {
            ... on Blob { text }
          }
        }
      }
    }
  }
}
${history}${environment}${reviewer}${deployment}${release}${locks}`;

/** The branches that hold deploys alone. */
export const locksQuery = `#graphql
query Locks($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) { ...Locks }
}
${locks}`;

/** Heads and commits of three more branches. */
export const branchesQuery = `#graphql
query Branches(
  $owner: String!, $name: String!, $commits: Int!,
  $branch1: String!, $with1: Boolean!, $branch2: String!, $with2: Boolean!, $branch3: String!, $with3: Boolean!
) {
  repository(owner: $owner, name: $name) {
    branch1: ref(qualifiedName: $branch1) @include(if: $with1) { ...History }
    branch2: ref(qualifiedName: $branch2) @include(if: $with2) { ...History }
    branch3: ref(qualifiedName: $branch3) @include(if: $with3) { ...History }
  }
}
${history}`;

/** Environments beyond the first hundred. */
export const environmentsQuery = `#graphql
query Environments($owner: String!, $name: String!, $after: String!) {
  repository(owner: $owner, name: $name) {
    environments(first: 100, after: $after, orderBy: { field: NAME, direction: ASC }) {
      nodes {
        ...EnvironmentParts
        latestCompletedDeployment { ...DeploymentParts }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}
${environment}${reviewer}${deployment}`;

/** Releases beyond the overview's page, in the same order. */
export const releasesQuery = `#graphql
query Releases($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    releases(first: 50, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { ...ReleaseParts }
      pageInfo { hasNextPage endCursor }
    }
  }
}
${release}`;

/** Older deployments of one environment. */
export const deploymentsQuery = `#graphql
query Deployments($owner: String!, $name: String!, $environment: String!, $first: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    deployments(first: $first, after: $after, environments: [$environment], orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { ...DeploymentParts }
      pageInfo { hasNextPage endCursor }
    }
  }
}
${deployment}`;

/** The commit that a branch, tag or SHA names; a tag may be an object of its own. */
export const resolveQuery = `#graphql
query Resolve($owner: String!, $name: String!, $expression: String!) {
  repository(owner: $owner, name: $name) {
    object(expression: $expression) {
      ... on Commit { ...CommitParts }
      ... on Tag { target { ... on Commit { ...CommitParts } } }
    }
  }
}
${commit}`;

/** Live runs with their jobs, steps and waiting reviews. GraphQL's run has no status or attempt of its own: its check suite has the former. */
export const observeQuery = `#graphql
query Observe($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on WorkflowRun {
      databaseId
      updatedAt
      checkSuite {
        status
        conclusion
        checkRuns(first: 50, filterBy: { checkType: LATEST }) {
          totalCount
          nodes {
            databaseId
            name
            status
            conclusion
            startedAt
            completedAt
            detailsUrl
            steps(first: 60) {
              nodes { number name status conclusion startedAt completedAt }
            }
          }
        }
      }
      pendingDeploymentRequests(first: 10) {
        nodes {
          currentUserCanApprove
          environment { databaseId name }
          reviewers(first: 6) { nodes { ...ReviewerParts } }
        }
      }
    }
  }
}
${reviewer}`;
