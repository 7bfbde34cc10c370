import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, validate } from 'graphql';
import type { GitHub } from '../../src/core/gitHub.ts';
import type { RepositoryId } from '../../src/core/repositoryId.ts';
import * as queries from '../../src/github/queries.ts';
import { simulatedRoutes } from '../../src/simulator/rest/routes.ts';
import type { ScenarioName } from '../../src/simulator/simulator.ts';
import { gitHubRig, type GitHubRig } from '../support/gitHubRig.ts';
import { projectRoot } from '../support/projectRoot.ts';
import { checkExchange } from './checkExchange.ts';
import { graphqlSchema } from './graphqlSchema.ts';
import type { Description } from './openApi.ts';

const folder = join(projectRoot, 'src/github');

/** Every route that the product's adapter names, in OpenAPI's spelling. */
function productRoutes(): readonly string[] {
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const routes = sources.flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/['"`]((?:GET|POST|PUT|PATCH|DELETE) \/[^'"`\s]*)['"`]/g)]);
  return [...new Set(routes.map(([, route]) => route ?? ''))].sort();
}

/** Watches the adapter's every exchange and keeps what GitHub's descriptions say against it. */
function watched(scenario: ScenarioName, description: Description): { rig: GitHubRig; problems: string[]; seen: Set<string> } {
  const rig = gitHubRig({ scenario });
  const problems: string[] = [];
  const seen = new Set<string>();
  rig.between = async (request, pass) => {
    const body = request.method === 'GET' ? '' : await request.clone().text();
    const response = await pass();
    const url = new URL(request.url);
    seen.add(`${request.method} ${url.pathname}`);
    problems.push(...checkExchange(
      { method: request.method, path: url.pathname, query: url.searchParams, body },
      { status: response.status, headers: Object.fromEntries(response.headers), body: await response.clone().text() },
      description,
    ));
    return response;
  };
  return { rig, problems, seen };
}

async function readEverything(github: GitHub, repository: RepositoryId): Promise<void> {
  await github.overview(repository, ['develop']);
  await github.workflows(repository);
  for (const probe of ['runs', 'deployments', 'releases', 'environments', 'repository'] as const) await github.hasChanged(repository, probe);
  const { runs } = await github.runs(repository, { page: 1, perPage: 10, event: 'push', branch: 'develop', workflow: 'deploy.yml', created: '>=2026-01-01T00:00:00Z' });
  const [live, done] = [runs[0], runs.find(({ status }) => status === 'completed')];
  assert.ok(live && done);
  await github.run(repository, live.id);
  await github.observe(repository, [live, done]);
  await github.jobs(repository, done.id, 1);
  const jobs = await github.jobs(repository, done.id);
  await github.jobLog(repository, jobs[0]?.id ?? 0);
  await github.pendingDeployments(repository, live.id);
  await github.releases(repository, undefined);
  await github.deployments(repository, 'production', 20);
  await github.branches(repository);
  await github.tags(repository);
  await github.resolve(repository, 'v1.20.0');
  await github.compare(repository, 'v1.20.0', 'v1.21.0');
  await github.file(repository, '.github/workflows/deploy.yml', 'main');
  await github.fileAtRefs(repository, '.github/workflows/deploy.yml', ['refs/heads/main', 'refs/tags/v1.20.0', 'refs/tags/none']);
}

describe('what the product asks of GitHub', function () {
  this.timeout(60_000);

  it('is simulated, every route of it', () => {
    const routes = productRoutes();
    assert.ok(routes.length > 10, `only found ${routes.join(', ')}`);
    assert.deepEqual(routes.filter((route) => !simulatedRoutes.includes(route)), []);
  });

  it('is valid GraphQL by GitHub’s schema, every operation of it', () => {
    const operations: readonly string[] = Object.values(queries);
    assert.ok(operations.length > 3);
    assert.deepEqual(operations.flatMap((operation) => validate(graphqlSchema(), parse(operation)).map(({ message }) => message)), []);
  });

  for (const [scenario, description] of [['team', 'api.github.com'], ['old-enterprise', 'ghes-3.19']] as const) {
    it(`is what ${description} describes, when reading "${scenario}"`, async () => {
      const { rig, problems, seen } = watched(scenario, description);
      await readEverything(rig.github, rig.repository);
      assert.ok(seen.size > 12, [...seen].join('\n'));
      assert.deepEqual(problems, []);
    });

    it(`is what ${description} describes, when deploying, reviewing and repeating in "${scenario}"`, async () => {
      const { rig, problems } = watched(scenario, description);
      const { github, repository, simulator, clock } = rig;
      // Writes are a second apart.
      const write = async <T>(call: Promise<T>): Promise<T> => (await Promise.all([call, clock.advance(60_000)]))[0];
      const answer = await write(github.dispatch(repository, { workflow: 'deploy.yml', ref: 'main', inputs: { environment: 'staging', reason: 'Contract' } }));
      assert.equal(answer.kind, scenario === 'team' ? 'started' : 'accepted');
      const runId = simulator.world.home.runs.at(-1)?.id ?? 0;
      await write(github.cancel(repository, runId));
      await write(github.rerun(repository, runId, true));
      await write(github.cancel(repository, runId));
      await write(github.rerun(repository, runId, false));
      assert.equal(simulator.world.home.runById.get(runId)?.attempts.length, 3);
      assert.deepEqual(problems, []);
    });
  }

  it('is what api.github.com describes, when approving', async () => {
    const { rig, problems } = watched('approval-needed', 'api.github.com');
    const { github, repository, simulator } = rig;
    const runId = simulator.world.home.runs.findLast(({ event }) => event === 'workflow_dispatch')?.id ?? 0;
    const [pending] = await github.pendingDeployments(repository, runId);
    assert.ok(pending);
    await github.review(repository, runId, [pending.environmentId], 'approved', '');
    assert.equal(simulator.world.home.runById.get(runId)?.reviews[0]?.user, 'camille');
    assert.deepEqual(problems, []);
  });
});
