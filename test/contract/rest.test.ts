import assert from 'node:assert/strict';
import { simulatedRoutes } from '../../src/simulator/rest/routes.ts';
import type { Ask, Reply } from '../support/simulatorRig.ts';
import { ContractRig, exercisedRoutes } from './contractRig.ts';
import { openApi } from './openApi.ts';

/** Asks, and insists that GitHub's description finds nothing wrong and that the status is the expected one. */
async function expect(rig: ContractRig, status: number, method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, ask: Ask = {}): Promise<Reply> {
  const answer = await rig.rest(method, path, ask);
  assert.deepEqual({ status: answer.status, problems: rig.problems }, { status, problems: [] }, `${method} ${path}: ${answer.text.slice(0, 300)}`);
  return answer;
}

for (const [scenario, description] of [['team', 'api.github.com'], ['old-enterprise', 'ghes-3.19']] as const) {
  describe(`the simulated REST API of "${scenario}" against GitHub's description ${description}`, function () {
    this.timeout(60_000);
    const rig = new ContractRig(scenario, description);
    const get = (path: string, query: Readonly<Record<string, string>> = {}): Promise<Reply> => expect(rig, 200, 'GET', path, { query });

    it('answers who I am and what I may do', async () => {
      await get('/user');
      await get('/meta');
      if (scenario === 'team') {
        await get('/rate_limit');
        await get('/versions');
      }
      await get('R');
      await get('R/collaborators/ana/permission');
      await expect(rig, 404, 'GET', '/repos/atelier-nord/unheard-of');
    });

    it('lists workflows and their runs', async () => {
      const { data } = await get('R/actions/workflows');
      await get(`R/actions/workflows/${data.workflows[0].id}`);
      await get('R/actions/workflows/deploy.yml');
      await get('R/actions/workflows/deploy.yml/runs', { per_page: '5', event: 'push', branch: 'develop', status: 'success' });
      await get('R/actions/runs', { per_page: '20', created: '>=2026-10-01', actor: 'ana', exclude_pull_requests: 'true' });
      const runs = await get('R/actions/runs', { per_page: '100' });
      assert.equal(runs.data.workflow_runs.length, 100);
    });

    it('shows a run, its attempts, jobs and log', async () => {
      const { data } = await get('R/actions/runs', { status: 'completed', per_page: '1' });
      const { id } = data.workflow_runs[0];
      await get(`R/actions/runs/${id}`);
      await get(`R/actions/runs/${id}/attempts/1`);
      await get(`R/actions/runs/${id}/attempts/1/jobs`);
      await get(`R/actions/runs/${id}/artifacts`);
      const jobs = await get(`R/actions/runs/${id}/jobs`, { filter: 'all' });
      await get(`R/actions/jobs/${jobs.data.jobs[0].id}`);
      await expect(rig, 302, 'GET', `R/actions/jobs/${jobs.data.jobs[0].id}/logs`);
    });

    it('lists environments, their rules and the names of secrets and variables', async () => {
      await get('R/environments');
      await get('R/environments/production');
      await get('R/environments/production/deployment-branch-policies');
      await get('R/environments/production/deployment_protection_rules');
      await get('R/environments/production/secrets');
      await get('R/environments/production/variables');
      for (const what of ['secrets', 'organization-secrets', 'variables', 'organization-variables']) await get(`R/actions/${what}`);
    });

    it('lists deployments and their statuses, and takes new ones', async () => {
      const { data } = await get('R/deployments', { environment: 'production', per_page: '3' });
      await get(`R/deployments/${data[0].id}`);
      await get(`R/deployments/${data[0].id}/statuses`);
      const created = await expect(rig, 201, 'POST', 'R/deployments', { body: { ref: 'main', environment: 'staging', auto_merge: false, required_contexts: [] } });
      await expect(rig, 201, 'POST', `R/deployments/${created.data.id}/statuses`, { body: { state: 'success', environment: 'staging' } });
      await expect(rig, 409, 'POST', 'R/deployments', { body: { ref: 'main' } });
    });

    it('lists releases, makes them and writes their notes', async () => {
      const { data } = await get('R/releases', { per_page: '50' });
      await get(`R/releases/${data[0].id}`);
      const latest = await get('R/releases/latest');
      await get(`R/releases/tags/${latest.data.tag_name}`);
      await expect(rig, 200, 'POST', 'R/releases/generate-notes', { body: { tag_name: 'v9.0.0', previous_tag_name: latest.data.tag_name } });
      await expect(rig, 201, 'POST', 'R/releases', { body: { tag_name: 'v9.0.0', target_commitish: 'main', generate_release_notes: false } });
      await expect(rig, 422, 'POST', 'R/releases', { body: { tag_name: 'v9.0.0' } });
    });

    it('tells the history: commits, comparisons, branches, tags, refs, rules', async () => {
      const { data } = await get('R/commits', { sha: 'develop', per_page: '3' });
      await get(`R/commits/${data[0].sha}`);
      await get(`R/commits/${data[0].sha}/check-runs`);
      await get(`R/commits/${data[0].sha}/status`);
      await get('R/compare/main...develop');
      await get('R/branches');
      await get('R/branches/main');
      await get('R/tags');
      const ref = await get('R/git/ref/tags/v1.20.0');
      await get(`R/git/tags/${ref.data.object.sha}`);
      await get('R/git/matching-refs/tags/v1.2');
      await get('R/rules/branches/main');
      await expect(rig, 404, 'GET', 'R/compare/main...unheard-of');
    });

    it('shows a check run with the deployment it made', async () => {
      const { data } = await get('R/actions/workflows/deploy.yml/runs', { status: 'success', per_page: '1' });
      const jobs = await get(`R/actions/runs/${data.workflow_runs[0].id}/jobs`);
      const ship = jobs.data.jobs.find(({ name }: { name: string }) => name === 'Ship');
      assert.equal((await get(`R/check-runs/${ship.id}`)).data.deployment, undefined, 'a pipeline that writes its own records has none by GitHub');
      const recorded = rig.simulator.world.home.deployments.find(({ job }) => job?.deployment !== undefined)?.job;
      const check = await get(`R/check-runs/${recorded?.id}`);
      assert.equal(check.data.deployment.environment, 'staging');
    });

    it('shows files and folders, as objects and raw', async () => {
      await get('R/contents/.github/workflows/deploy.yml');
      await get('R/contents/.github/workflows', { ref: 'develop' });
      await expect(rig, 200, 'GET', 'R/contents/.github/workflows', { headers: { accept: 'application/vnd.github.object+json' } });
      const raw = await expect(rig, 200, 'GET', 'R/contents/README.md', { headers: { accept: 'application/vnd.github.raw+json' } });
      assert.match(raw.text, /^# CRM/);
    });

    it('dispatches, reviews, cancels and runs again', async () => {
      const body = { ref: 'main', inputs: { environment: 'production', version: 'v1.37.0' } };
      await expect(rig, 204, 'POST', 'R/actions/workflows/deploy.yml/dispatches', { body });
      rig.pass(5 * 60_000);
      const { data } = await get('R/actions/runs', { event: 'workflow_dispatch', per_page: '1' });
      const [run] = data.workflow_runs;
      assert.equal(run.status, 'waiting');
      const pending = await expect(rig, 200, 'GET', `R/actions/runs/${run.id}/pending_deployments`, { token: 'sim-token-ana' });
      await expect(rig, 200, 'POST', `R/actions/runs/${run.id}/pending_deployments`, {
        token: 'sim-token-ana', body: { environment_ids: [pending.data[0].environment.id], state: 'approved', comment: 'Go' },
      });
      await get(`R/actions/runs/${run.id}/approvals`);
      await expect(rig, 202, 'POST', `R/actions/runs/${run.id}/cancel`);
      await expect(rig, 202, 'POST', `R/actions/runs/${run.id}/force-cancel`);
      rig.pass(60_000);
      const done = await get(`R/actions/runs/${run.id}`);
      assert.equal(done.data.conclusion, 'cancelled');
      await expect(rig, 409, 'POST', `R/actions/runs/${run.id}/cancel`);
      await expect(rig, 201, 'POST', `R/actions/runs/${run.id}/rerun-failed-jobs`);
      await expect(rig, 202, 'POST', `R/actions/runs/${run.id}/cancel`);
      rig.pass(60_000);
      await expect(rig, 201, 'POST', `R/actions/runs/${run.id}/rerun`, { body: { enable_debug_logging: false } });
      await expect(rig, 202, 'POST', `R/actions/runs/${run.id}/cancel`);
      rig.pass(60_000);
      const jobs = await get(`R/actions/runs/${run.id}/jobs`);
      await expect(rig, 201, 'POST', `R/actions/jobs/${jobs.data.jobs[0].id}/rerun`);
    });

    it('writes git’s own objects and refs', async () => {
      const { data: ref } = await get('R/git/ref/heads/main');
      const { data: head } = await get(`R/git/commits/${ref.object.sha}`);
      const { data: root } = await get(`R/git/trees/${head.tree.sha}`);
      const { data: all } = await get(`R/git/trees/${head.tree.sha}`, { recursive: '1' });
      assert.ok(all.tree.length > root.tree.length);
      const readme = root.tree.find(({ path }: { path: string }) => path === 'README.md');
      const { data: old } = await get(`R/git/blobs/${readme.sha}`);
      assert.match(Buffer.from(old.content, 'base64').toString(), /^# CRM/);
      const { data: blob } = await expect(rig, 201, 'POST', 'R/git/blobs', { body: { content: 'Bonjour', encoding: 'utf-8' } });
      const { data: tree } = await expect(rig, 201, 'POST', 'R/git/trees', { body: { base_tree: head.tree.sha, tree: [
        { path: '.deploy/plan', mode: '100755', type: 'blob', content: '#!/bin/sh\n' }, { path: 'hello', mode: '100644', type: 'blob', sha: blob.sha },
        { path: 'README.md', mode: '100644', type: 'blob', sha: null },
      ] } });
      assert.ok(!tree.tree.some(({ path }: { path: string }) => path === 'README.md'));
      const { data: commit } = await expect(rig, 201, 'POST', 'R/git/commits', { body: { message: 'Say hello', tree: tree.sha, parents: [ref.object.sha] } });
      await expect(rig, 201, 'POST', 'R/git/refs', { body: { ref: 'refs/heads/hello', sha: ref.object.sha } });
      await expect(rig, 422, 'POST', 'R/git/refs', { body: { ref: 'refs/heads/hello', sha: commit.sha } });
      await expect(rig, 200, 'PATCH', 'R/git/refs/heads/hello', { body: { sha: commit.sha, force: false } });
      await expect(rig, 422, 'PATCH', 'R/git/refs/heads/hello', { body: { sha: ref.object.sha, force: false } });
      const { data: pull } = await expect(rig, 201, 'POST', 'R/pulls', { body: { title: 'Hello', head: 'hello', base: 'main', body: '' } });
      await expect(rig, 422, 'POST', 'R/pulls', { body: { title: 'Hello', head: 'hello', base: 'main' } });
      await get('R/pulls', { head: 'atelier-nord:hello', base: 'main', state: 'all', per_page: '10' });
      await get(`R/pulls/${pull.number}`);
      await expect(rig, 200, 'PUT', `R/pulls/${pull.number}/merge`);
      await expect(rig, 204, 'DELETE', 'R/git/refs/heads/hello');
      await expect(rig, 422, 'DELETE', 'R/git/refs/heads/hello');
      await get('R/branches', { protected: 'true', per_page: '1' });
    });

    it('makes environments, guards them, and keeps their secrets and variables', async () => {
      const token = 'sim-token-ana';
      const as = (status: number, method: 'GET' | 'PUT' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<Reply> =>
        expect(rig, status, method, path, { token, ...(body === undefined ? {} : { body }) });
      const { data: people } = await get('R/assignees', { per_page: '100' });
      await get('R/teams');
      const reviewers = [{ type: 'User', id: people[0].id }];
      await as(200, 'PUT', 'R/environments/preview', { reviewers, prevent_self_review: true, wait_timer: 0, deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } });
      await as(422, 'PUT', 'R/environments/preview', { prevent_self_review: true });
      await expect(rig, 403, 'PUT', 'R/environments/preview', { body: {} });
      await as(200, 'POST', 'R/environments/preview/deployment-branch-policies', { name: 'develop', type: 'branch' });
      const { data: key } = await as(200, 'GET', 'R/environments/preview/secrets/public-key');
      const body = { encrypted_value: Buffer.alloc(60).toString('base64'), key_id: key.key_id };
      await as(201, 'PUT', 'R/environments/preview/secrets/DEPLOY_SSH_KEY', body);
      await as(204, 'PUT', 'R/environments/preview/secrets/deploy_ssh_key', body);
      await as(422, 'PUT', 'R/environments/preview/secrets/DEPLOY_SSH_KEY', { ...body, key_id: '1' });
      await as(201, 'POST', 'R/environments/preview/variables', { name: 'DEPLOY_HOST', value: 'crm.example.com' });
      // GitHub answers so, though its description does not say it.
      assert.equal((await rig.rest('POST', 'R/environments/preview/variables', { token, body: { name: 'DEPLOY_HOST', value: 'x' } })).status, 409);
      await as(204, 'PATCH', 'R/environments/preview/variables/DEPLOY_HOST', { value: 'crm2.example.com' });
      const { data } = await as(200, 'GET', 'R/environments/preview/variables');
      assert.deepEqual(data.variables.map(({ name, value }: { name: string; value: string }) => [name, value]), [['DEPLOY_HOST', 'crm2.example.com']]);
    });

    it('answers the dispatch with the run only where the server knows how', async () => {
      const body = { ref: 'main', inputs: { environment: 'staging' }, return_run_details: true };
      const answer = await rig.rest('POST', 'R/actions/workflows/deploy.yml/dispatches', { body });
      if (scenario === 'team') {
        assert.deepEqual([answer.status, rig.problems], [200, []]);
        assert.equal(typeof answer.data.workflow_run_id, 'number');
      } else {
        assert.equal(answer.status, 422);
        assert.match(answer.data.message, /"return_run_details" is not a permitted key/);
      }
    });
  });
}

describe('the routes of the simulated REST API', () => {
  it('are all described by GitHub', () => {
    assert.deepEqual(simulatedRoutes.filter((route) => !openApi().describes(route)), []);
  });

  it('were all exercised by these tests', () => {
    assert.deepEqual(simulatedRoutes.filter((route) => !exercisedRoutes.has(route)), []);
  });
});
