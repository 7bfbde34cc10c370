import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { text, type SimRequest, type SimResponse } from '../../../../src/simulator/http.ts';
import { addEnvironment } from '../../../../src/simulator/scenarios/builders.ts';
import { DEMO_SLACK_TOKEN, type SlackMessage } from '../../../../src/simulator/slack/workspace.ts';
import { createSimulator, type Simulator } from '../../../../src/simulator/simulator.ts';
import type { Deployment, Repository } from '../../../../src/simulator/world/model.ts';
import { eventually } from '../../eventually.ts';
import { temporaryFolder } from '../../temporaryFolder.ts';
import { type DeployServer, startDeployServer } from '../deployServer.ts';
import type { ReleaseFiles } from '../release.ts';
import type { Sshd } from '../sshd.ts';
import { readWorkflow, type Workflow } from '../workflow/workflow.ts';
import type { Run, Watch } from '../workflow/run.ts';
import { WorkflowRunner, type Configuration } from '../workflow/runner.ts';
import { answerRuns } from './actionsApi.ts';
import { BOT_TOKEN, startGitHubFront } from './gitHubFront.ts';
import { jobToken } from './jobToken.ts';
import { Origin, type OriginCommit, type RepositoryFiles } from './repository.ts';
import { renderedPipeline } from './renderedPipeline.ts';

/** The environments of the world. */
export type EnvironmentName = 'production' | 'staging';

type Inputs = Readonly<Record<string, string>>;

/** A team's repository, its servers and its Slack, with the pipeline installed as it is shipped. */
export interface PipelineWorld {
  readonly sshd: Sshd;
  readonly origin: Origin;
  /** Where everything happens that happens on runners. */
  readonly folder: string;
  readonly simulator: Simulator;
  readonly repository: Repository;
  readonly runner: WorkflowRunner;
  readonly servers: Readonly<Record<EnvironmentName, DeployServer>>;
  /** Secrets and variables, for tests to change. */
  readonly environments: Readonly<Record<EnvironmentName | 'notifications', Configuration>>;
  /** The runner's machine, for tests to change. */
  readonly machine: Record<string, string>;
  readonly url: string;
  /** What jobs have asked GitHub for without the permission; whatever is still in it at the end fails the test. */
  readonly refused: string[];
  /** Answers for a site in place of what its server really serves. */
  site: Partial<Record<EnvironmentName, (served: string) => SimResponse>>;
  /** Answers a request in place of GitHub or Slack. */
  intercept: (request: SimRequest) => SimResponse | undefined;
  /** Every commit, oldest first. */
  readonly commits: readonly OriginCommit[];
  /** Commits on a branch, in origin and on the simulated GitHub. No workflow hears of it. */
  commit(branch: string, message: string, files?: RepositoryFiles, from?: string | null): Promise<OriginCommit>;
  /** Points a tag or a branch somewhere, in both places; undefined removes it. */
  point(ref: string, sha: string | undefined): Promise<void>;
  /** Makes a commit live as an earlier run would have: on the server, and in production with its tag. Answers the release id. */
  ship(environment: EnvironmentName, version: string, sha: string, more?: ReleaseFiles): Promise<string>;
  /** What a push of the branch as it stands starts. */
  push(branch: 'main' | 'develop', watch?: Watch): Promise<Run>;
  dispatch(file: 'deploy' | 'rollback' | 'hold', inputs: Inputs, watch?: Watch, ref?: string): Promise<Run>;
  /** Changes a workflow's text before it is read, where only GitHub's side could be different. */
  editWorkflow: (file: string, text: string) => string;
  /** Resolves when the second in which it is asked is over: times in records and journals are whole seconds. */
  nextSecond(): Promise<void>;
  /** Moves the runner's clock. */
  skip(ms: number): void;
  /** What is live on a server; undefined before anything was. */
  live(environment: EnvironmentName): string | undefined;
  deployments(): readonly Deployment[];
  messages(): readonly SlackMessage[];
  /** Tags and the commits they name. */
  tags(): Promise<Readonly<Record<string, string>>>;
  dispose(): Promise<void>;
}

const START = Date.UTC(2026, 10, 19, 12, 0, 0);
const MINUTE = 60_000;

/** The team's own part: a commit with the file `broken` does not pass its tests. */
const buildScript = '#!/bin/bash\nset -eu\n[[ ! -e broken ]]\nmkdir -p "$1"\ncp index.html "$1"\n[[ ! -e MIGRATIONS ]] || cp MIGRATIONS "$1"\n';

/** Makes a repository with one commit on `main` and `develop`, and empty servers behind `sshd`. */
export async function createPipelineWorld(sshd: Sshd): Promise<PipelineWorld> {
  const folder = await temporaryFolder('pipeline');
  const bare = join(folder.path, 'origin.git');
  await mkdir(bare);
  const origin = await Origin.create(bare);
  const servers = { production: await startDeployServer('production'), staging: await startDeployServer('staging') };

  let skipped = 0;
  let spoken = 0;
  let shipped = 0;
  const simulator = createSimulator({ scenario: 'empty', clock: { now: () => Date.now() + skipped + spoken * 1100 } });
  const { home: repository } = simulator.world;
  repository.commits.clear();
  repository.branches.clear();
  repository.collaborators.set('github-actions[bot]', 'write');
  simulator.world.tokens.set(BOT_TOKEN, { login: 'github-actions[bot]', kind: 'oauth', scopes: ['repo', 'workflow'] });
  for (const name of ['production', 'staging', 'notifications']) addEnvironment(simulator.world, repository, name);
  const repositoryPath = `/repos/${repository.owner}/${repository.name}`;

  const live = (environment: EnvironmentName): string | undefined => {
    const path = join(servers[environment].base, 'current', 'RELEASE');
    return existsSync(path) ? (/^id=(.*)$/m.exec(readFileSync(path, 'utf8'))?.[1] ?? '') : undefined;
  };
  const front = await startGitHubFront({
    simulator,
    repositoryPath,
    before: (request) => {
      if (request.path.startsWith('/slack/') || request.path.startsWith('/services/')) spoken++;
      return world.intercept(request) ?? answerSite(request) ?? answerRuns(request, repositoryPath, world.runner.begun);
    },
    afterChange: mirror,
  });
  const answerSite = ({ path }: SimRequest): SimResponse | undefined => {
    const [, name] = /^\/app\/(production|staging)\/version$/.exec(path) ?? [];
    if (name === undefined) return undefined;
    const environment = name as EnvironmentName;
    const served = live(environment) ?? '';
    return world.site[environment]?.(served) ?? text(served === '' ? 'Nothing here.' : `release ${served}\n`, served === '' ? 404 : 200);
  };

  const environments = {
    production: configurationOf('production', await sshd.admit(servers.production.base)),
    staging: configurationOf('staging', await sshd.admit(servers.staging.base)),
    notifications: { secrets: { SLACK_BOT_TOKEN: DEMO_SLACK_TOKEN }, variables: { SLACK_CHANNEL: 'C0DEPLOYS1' } },
  };
  const machine: Record<string, string> = {
    PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', SLACK_API_URL: `${front.url}/slack/api`,
    RETRY_PAUSE_S: '0.1', OUTSIDE_DEADLINE_S: '0', OUTSIDE_PAUSE_S: '0', OUTSIDE_SUCCESSES: '1',
  };
  const world: PipelineWorld = {
    sshd, origin, simulator, repository, servers, folder: folder.path, environments, machine, live,
    url: front.url,
    refused: front.refused,
    site: {},
    intercept: () => undefined,
    runner: new WorkflowRunner({
      origin: bare,
      repository: { owner: repository.owner, name: repository.name, id: repository.id, defaultBranch: repository.defaultBranch },
      serverUrl: front.url,
      apiUrl: `${front.url}/api/v3`,
      configuration: { secrets: {}, variables: {} },
      environments,
      tokenFor: jobToken,
      now: () => Date.now() + skipped,
      machine: () => ({ ...machine, ...(skipped === 0 ? {} : { NOW: new Date(Date.now() + skipped).toISOString().replace(/\.\d+/, '') }) }),
      folder: folder.path,
    }),
    get commits() {
      return [...origin.commits.values()];
    },
    commit: async (branch, message, files, from) => {
      const made = await origin.commit(branch, message, START + origin.commits.size * MINUTE, files, from);
      importCommit(repository, made, origin.filesOf(made.sha));
      repository.branches.set(branch, made.sha);
      return made;
    },
    point: async (ref, sha) => {
      await origin.set(ref, sha);
      const [, kind, name = ''] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? [];
      if (sha === undefined) (kind === 'heads' ? repository.branches : repository.tags).delete(name);
      else if (kind === 'heads') repository.branches.set(name, sha);
      else repository.tags.set(name, { name, commit: sha });
    },
    ship: async (environment, version, sha, more = {}) => {
      const id = `${version}-${sha.slice(0, 7)}-${6_000_000_000 + ++shipped}.1`;
      const answer = await servers[environment].publish(id, live(environment) ?? 'none', { RELEASE: `id=${id}\nversion=${version}\nsha=${sha}\n`, ...more });
      assert.equal(answer.outcome, 'published', answer.message);
      if (environment === 'production') await world.point(`refs/tags/${version}`, sha);
      return id;
    },
    push: async (branch, watch) => {
      const sha = repository.branches.get(branch) ?? '';
      const { message, parents } = repository.commits.get(sha) ?? assert.fail(`There is no branch ${branch}.`);
      const workflow = await workflowAt(sha, 'deploy.yml');
      assert.ok(workflow.branches.includes(branch), `A push to ${branch} starts nothing.`);
      return world.runner.start({ event: 'push', workflow, branch, sha, before: parents[0] ?? '0'.repeat(40), message, inputs: {}, actor: 'camille' }, watch);
    },
    dispatch: async (file, inputs, watch, ref = 'main') => {
      const sha = repository.branches.get(ref) ?? assert.fail(`There is no branch ${ref}.`);
      const workflow = await workflowAt(sha, `${file}.yml`);
      return world.runner.start({ event: 'workflow_dispatch', workflow, branch: ref, sha, message: repository.commits.get(sha)?.message ?? '', inputs, actor: 'camille' }, watch);
    },
    editWorkflow: (_, content) => content,
    nextSecond: () => {
      const second = Math.floor(Date.now() / 1000);
      return eventually(() => assert.notEqual(Math.floor(Date.now() / 1000), second));
    },
    skip: (ms) => void (skipped += ms),
    deployments: () => repository.deployments,
    messages: () => simulator.slack.workspace.channel('deploys')?.messages ?? [],
    tags: async () => Object.fromEntries([...(await origin.refs())].filter(([ref]) => ref.startsWith('refs/tags/')).map(([ref, sha]) => [ref.slice('refs/tags/'.length), sha])),
    dispose: async () => {
      await front.close();
      servers.production.dispose();
      servers.staging.dispose();
      folder.dispose();
      assert.deepEqual([front.refused, front.broken], [[], []], 'What a job asked for without permission, and what broke');
    },
  };

  const pipeline = Object.fromEntries(renderedPipeline().map(({ path, text: content, executable }) => [path, { text: content, executable }]));
  await world.commit('main', 'chore: begin', { ...pipeline, '.deploy/build': { text: buildScript, executable: true }, 'index.html': { text: '<h1>One</h1>\n' } });
  await world.point('refs/heads/develop', world.commits[0]?.sha);
  return world;

  function configurationOf(environment: EnvironmentName, key: string): Configuration {
    return {
      secrets: { DEPLOY_SSH_KEY: key },
      variables: {
        DEPLOY_HOST: '127.0.0.1', DEPLOY_PORT: String(sshd.port), DEPLOY_USER: sshd.destination.split('@')[0] ?? '', DEPLOY_KNOWN_HOSTS: sshd.knownHosts.trim(),
        APP_URL: `${front.url}/app/${environment}`, VERSION_URL: `${front.url}/app/${environment}/version`,
      },
    };
  }

  async function workflowAt(sha: string, file: string): Promise<Workflow> {
    const content = origin.filesOf(sha)[`.github/workflows/${file}`] ?? assert.fail(`${file} is not in ${sha}.`);
    return readWorkflow(file, world.editWorkflow(file, content.text));
  }

  /** What the API has made of refs and commits is made in the bare repository too, under the same names. */
  async function mirror(): Promise<void> {
    const wanted = new Map<string, string>([
      ...[...repository.branches].map(([name, sha]) => [`refs/heads/${name}`, sha] as const),
      ...[...repository.tags].map(([name, { commit }]) => [`refs/tags/${name}`, commit] as const),
    ]);
    const there = await origin.refs();
    for (const [ref, sha] of wanted) {
      if (there.get(ref) === sha) continue;
      if (!origin.commits.has(sha)) await exportCommit(sha);
      await origin.set(ref, sha);
    }
    for (const ref of there.keys()) if (!wanted.has(ref)) await origin.set(ref, undefined);
  }

  async function exportCommit(sha: string): Promise<void> {
    const commit = repository.commits.get(sha) ?? assert.fail(`No commit ${sha}.`);
    const author = simulator.world.account(commit.author);
    const files = Object.fromEntries([...commit.files].map(([path, content]) => [path, { text: content }]));
    const made = await origin.commit('exported', commit.message, commit.at, files, commit.parents[0] ?? null, `${author.name} <${author.login}@users.noreply.github.com>`);
    await origin.set('refs/heads/exported', undefined);
    assert.equal(made.sha, sha, 'git and the simulated GitHub name the same commit alike');
  }
}

function importCommit(repository: Repository, { sha, message, at, parents, files }: OriginCommit, tree: RepositoryFiles): void {
  repository.commits.set(sha, {
    sha, message, at, parents, files, author: 'camille', order: repository.commits.size, changes: [],
    executables: new Set(Object.entries(tree).filter(([, file]) => file.executable).map(([path]) => path)),
  });
}
