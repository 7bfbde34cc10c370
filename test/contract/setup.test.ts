import assert from 'node:assert/strict';
import { gitHubSetupRig, type GitHubSetupRig } from '../support/gitHubSetupRig.ts';
import { checkExchange } from './checkExchange.ts';
import type { Description } from './openApi.ts';

/** Keeps what GitHub's description says against the adapter's exchanges. */
function watch(rig: GitHubSetupRig, description: Description): readonly string[] {
  const problems: string[] = [];
  rig.between = async (request, pass) => {
    const body = request.method === 'GET' ? '' : await request.clone().text();
    const response = await pass();
    const url = new URL(request.url);
    problems.push(...checkExchange(
      { method: request.method, path: url.pathname, query: url.searchParams, body },
      { status: response.status, headers: Object.fromEntries(response.headers), body: await response.clone().text() },
      description,
    ));
    return response;
  };
  return problems;
}

describe('what Set Up asks of GitHub', function () {
  this.timeout(60_000);

  for (const [scenario, description] of [['quiet', 'api.github.com'], ['old-enterprise', 'ghes-3.19']] as const) {
    it(`is what ${description} describes, in "${scenario}"`, async () => {
      const rig = gitHubSetupRig({ scenario });
      const problems = watch(rig, description);
      const { setup, repository, write } = rig;
      await setup.viewer();
      const { defaultBranch } = await setup.repositoryFacts(repository);
      await setup.environments(repository);
      await setup.hasProtectedBranches(repository);
      const reviewers = await setup.reviewerCandidates(repository);
      await write(setup.createEnvironment(repository, 'pre view/1', { branches: ['main', 'release/*'], reviewers: reviewers.slice(0, 2), preventSelfReview: true }));
      for (const place of [{ environment: 'pre view/1' }, 'repository', 'organization'] as const) {
        await setup.secrets(repository, place);
        await setup.variables(repository, place);
      }
      await write(setup.putSecret(repository, 'pre view/1', 'DEPLOY_SSH_KEY', 'hush'));
      await write(setup.putVariable(repository, 'pre view/1', 'DEPLOY_HOST', 'one'));
      await write(setup.putVariable(repository, 'pre view/1', 'DEPLOY_HOST', 'two'));
      assert.match((await setup.resolveAction('actions/download-artifact', 'v5.0.0')) ?? '', /^[0-9a-f]{40}$/);
      const tree = await setup.treeFiles(repository, defaultBranch, ['README.md', '.github/workflows/deploy.yml']);
      assert.equal(tree?.files.size, 2);
      const call = { branch: 'set-up', base: defaultBranch, expectedBase: tree?.sha ?? '', message: 'Set up', files: [{ path: '.ship/plan', text: '#!/bin/sh\n', executable: true }] };
      await write(setup.commitFiles(repository, call));
      await write(setup.commitFiles(repository, { ...call, files: [{ path: '.ship/plan', text: '#!/bin/bash\n', executable: true }] }));
      await write(setup.openPullRequest(repository, { branch: 'set-up', base: defaultBranch, title: 'Set up', body: '' }));
      await setup.pullRequest(repository, 'set-up', defaultBranch);
      assert.deepEqual(problems, []);
      assert.equal((await setup.environmentSettings(repository, 'pre view/1'))?.reviewers.length, 2);
    });
  }
});
