import assert from 'node:assert/strict';
import { ContractRig } from './contractRig.ts';

const OVERVIEW = `
query($owner: String!, $name: String!) {
  viewer { login ... on User { name } }
  rateLimit { cost limit remaining used resetAt nodeCount }
  repository(owner: $owner, name: $name) {
    id databaseId nameWithOwner url viewerPermission isArchived isFork isEmpty isPrivate
    parent { nameWithOwner }
    defaultBranchRef { name target { oid } }
    develop: ref(qualifiedName: "refs/heads/develop") {
      ...head
      compare(headRef: "main") { aheadBy behindBy status commits(first: 2) { nodes { oid } totalCount } }
    }
    main: ref(qualifiedName: "main") { ...head refUpdateRule { requiredStatusCheckContexts } }
    refs(refPrefix: "refs/tags/", first: 5, orderBy: { field: TAG_COMMIT_DATE, direction: DESC }) {
      nodes { name prefix target { __typename oid ... on Tag { name message target { oid } tagger { name date } } } }
      totalCount pageInfo { hasNextPage endCursor }
    }
    folder: object(expression: "develop:.github/workflows") {
      __typename
      ... on Tree { entries { name path type mode object { __typename ... on Blob { text isTruncated byteSize isBinary } } } }
    }
    file: object(expression: "HEAD:README.md") { __typename ... on Blob { text } }
    lightweight: object(expression: "import-2025") { __typename ... on Commit { oid messageHeadline committedDate } }
    annotated: object(expression: "v1.20.0") { __typename ... on Tag { target { __typename oid } } }
    environments(first: 50, orderBy: { field: NAME, direction: ASC }) {
      nodes {
        id databaseId name isPinned
        protectionRules(first: 5) {
          nodes { type timeout preventSelfReview reviewers(first: 5) { nodes { __typename ... on User { login name } ... on Team { teamName: name slug } } } }
        }
        latestCompletedDeployment { databaseId commitOid state createdAt latestStatus { state environmentUrl logUrl createdAt } }
      }
    }
    deployments(first: 30, environments: ["production", "staging"], orderBy: { field: CREATED_AT, direction: DESC }) {
      totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      edges { cursor }
      nodes {
        id databaseId environment state task payload description commitOid createdAt updatedAt
        ref { name } creator { __typename login } commit { oid }
        statuses(first: 10) { nodes { state createdAt description logUrl environmentUrl creator { __typename login } } }
        latestStatus { state }
      }
    }
    releases(first: 40, orderBy: { field: CREATED_AT, direction: DESC }) {
      totalCount pageInfo { hasNextPage endCursor }
      nodes {
        databaseId name tagName isDraft isPrerelease isLatest createdAt publishedAt url author { login } tagCommit { oid }
        tag { name target { __typename oid } }
      }
    }
    latestRelease { tagName }
  }
}
fragment head on Ref {
  name
  target {
    __typename
    oid
    ... on Commit {
      readme: file(path: "README.md") { name path type mode oid object { __typename ... on Blob { text } } }
      workflows: file(path: ".github/workflows") { type object { __typename } }
      lock: file(path: "lock.json") { name }
      history(first: 30) {
        totalCount pageInfo { hasNextPage endCursor }
        nodes {
          oid abbreviatedOid messageHeadline message committedDate author { name user { login } }
          parents(first: 3) { nodes { oid } }
          associatedPullRequests(first: 1) { nodes { number title } }
        }
      }
      statusCheckRollup { state contexts(first: 5) { nodes { __typename ... on CheckRun { name conclusion } } totalCount } }
    }
  }
}`;

const RUNS = `
query($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    id
    ... on WorkflowRun {
      databaseId runNumber createdAt updatedAt url event
      workflow { name databaseId state }
      checkSuite {
        status conclusion branch { name } commit { oid }
        checkRuns(first: 20, filterBy: { checkType: LATEST }) {
          nodes {
            databaseId name status conclusion startedAt completedAt detailsUrl
            steps(first: 30) { nodes { name number status conclusion startedAt completedAt } }
            deployment { databaseId environment state }
            pendingDeploymentRequest {
              currentUserCanApprove waitTimer waitTimerStartedAt
              environment { name databaseId }
              reviewers(first: 5) { nodes { __typename ... on User { login } ... on Team { slug } } }
            }
          }
        }
      }
      pendingDeploymentRequests(first: 5) { nodes { currentUserCanApprove environment { id name } } }
      deploymentReviews(first: 5) { nodes { state comment user { login } environments(first: 3) { nodes { name } } } }
    }
  }
}`;

const APPROVE = `mutation($run: ID!, $environments: [ID!]!) {
  approveDeployments(input: { workflowRunId: $run, environmentIds: $environments, comment: "Go" }) {
    deployments { databaseId environment state }
  }
}`;

describe('the simulated GraphQL API against GitHub’s schema', function () {
  this.timeout(60_000);

  for (const scenario of ['team', 'quiet', 'failing-production', 'approval-needed', 'empty', 'large'] as const) {
    it(`answers the overview of "${scenario}" as the schema says`, async () => {
      const rig = new ContractRig(scenario);
      const answer = await rig.graphql(OVERVIEW);
      assert.deepEqual([answer.status, rig.problems], [200, []]);
      assert.equal(answer.data.data.repository.main.name, 'main');
      const lacksDevelop = scenario === 'empty' || scenario === 'large';
      assert.equal(answer.data.data.repository.develop === null, lacksDevelop);
      assert.equal(answer.data.errors, undefined);
    });
  }

  it('follows runs, and takes a reviewer’s word', async () => {
    const rig = new ContractRig('approval-needed');
    const { data } = await rig.rest('GET', 'R/actions/runs', { query: { status: 'waiting', per_page: '1' } });
    const id = data.workflow_runs[0].node_id;
    const before = await rig.graphql(RUNS, { ids: [id] });
    assert.deepEqual(rig.problems, []);
    const [pending] = before.data.data.nodes[0].pendingDeploymentRequests.nodes;
    assert.deepEqual([pending.currentUserCanApprove, pending.environment.name], [true, 'production']);
    const approved = await rig.graphql(APPROVE, { run: id, environments: [pending.environment.id] });
    assert.deepEqual(rig.problems, []);
    assert.deepEqual(approved.data.data.approveDeployments.deployments, [], 'the pipeline makes its record once it ships');
    rig.pass(20_000);
    const after = await rig.graphql(RUNS, { ids: [id] });
    assert.deepEqual(rig.problems, []);
    assert.equal(after.data.data.nodes[0].checkSuite.status, 'IN_PROGRESS');
    assert.deepEqual(after.data.data.nodes[0].deploymentReviews.nodes.map((one: { state: string }) => one.state), ['APPROVED']);
  });

  it('shares its node ids with REST', async () => {
    const rig = new ContractRig();
    const [run, environment, release, repository] = await Promise.all([
      rig.rest('GET', 'R/actions/runs', { query: { per_page: '1' } }), rig.rest('GET', 'R/environments/production'),
      rig.rest('GET', 'R/releases', { query: { per_page: '1' } }), rig.rest('GET', 'R'),
    ]);
    const ids = [run.data.workflow_runs[0].node_id, environment.data.node_id, release.data[0].node_id, repository.data.node_id];
    const answer = await rig.graphql('query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', { ids });
    assert.deepEqual(answer.data.data.nodes, ['WorkflowRun', 'Environment', 'Release', 'Repository'].map((__typename, index) => ({ __typename, id: ids[index] })));
  });

  it('answers null for the one id that it does not know, and the others', async () => {
    const rig = new ContractRig();
    const { data } = await rig.rest('GET', 'R');
    const answer = await rig.graphql('query($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: ['nobody', data.node_id] });
    assert.deepEqual(answer.data.data.nodes, [null, { id: data.node_id }]);
    assert.deepEqual(answer.data.errors.map(({ type, path }: { type: string; path: unknown }) => [type, path]), [['NOT_FOUND', ['nodes', 0]]]);
  });

  it('hides checks from fine-grained tokens, saying so', async () => {
    const rig = new ContractRig();
    const { data } = await rig.rest('GET', 'R/actions/runs', { query: { per_page: '1' } });
    const answer = await rig.graphql(RUNS, { ids: [data.workflow_runs[0].node_id] }, 'sim-token-fine-grained');
    assert.equal(answer.data.errors[0].type, 'FORBIDDEN');
    const overview = await rig.graphql(OVERVIEW, {}, 'sim-token-fine-grained');
    assert.equal(overview.data.data.repository.main.target.statusCheckRollup, null);
    assert.deepEqual(overview.data.errors.map(({ path }: { path: string[] }) => path.join('.')), [
      'repository.develop.target.statusCheckRollup', 'repository.main.target.statusCheckRollup',
    ]);
  });

  it('refuses what the schema does not know, and what has no page size', async () => {
    const rig = new ContractRig();
    const unknown = await rig.graphql('query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { workflowRuns } }');
    assert.equal(unknown.data.data, undefined);
    assert.match(unknown.data.errors[0].message, /Field 'workflowRuns' doesn't exist on type 'Repository'/);
    assert.match(rig.problems[0] ?? '', /workflowRuns/);
    const unbounded = await rig.graphql('query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { environments { nodes { name } } } }');
    assert.equal(unbounded.data.errors[0].type, 'MISSING_PAGINATION_BOUNDARIES');
  });

  it('tells a repository that may not be seen like one that does not exist', async () => {
    const rig = new ContractRig();
    const ask = 'query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { id } }';
    for (const token of ['sim-token-oscar', 'sim-token-no-scope']) {
      const answer = await rig.graphql(ask, {}, token);
      assert.deepEqual([rig.problems, answer.data.data.repository, answer.data.errors[0].type], [[], null, 'NOT_FOUND']);
    }
  });
});
