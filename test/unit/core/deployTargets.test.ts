import assert from 'node:assert/strict';
import type { Deployment } from '../../../src/core/deployment.ts';
import { deployTargets, type TargetSources } from '../../../src/core/deployTargets.ts';
import type { TargetWorkflow } from '../../../src/core/deployTarget.ts';
import type { EnvironmentSettings, Settings } from '../../../src/core/settings.ts';
import { PIPELINE } from '../../../src/simulator/scenarios/crmFiles.ts';
import { createWorkflowFiles } from '../../../src/workflows/workflowFiles.ts';

const settings = (environments: Readonly<Record<string, EnvironmentSettings>> = {}, more: Partial<Settings> = {}): Settings => ({
  environments, stagingEnvironment: undefined, productionEnvironment: undefined, notifications: {}, backgroundRefresh: true,
  slack: { whenWorkflowPosts: 'auto', channels: {}, events: {} }, ...more,
});

const file = (name: string, text: string) => createWorkflowFiles().parse(`.github/workflows/${name}`, text);
const environment = (name: string, index: number) => ({ id: index + 1, name, protectionRules: [] });
const deployment = (name: string): Deployment => ({
  id: 1, environment: name, sha: 'a'.repeat(40), ref: 'main', task: 'deploy', shipped: {}, description: '', creator: 'ana', createdAt: 0, statuses: [], runId: 1,
});

interface Story {
  readonly files?: Readonly<Record<string, string>>;
  readonly environments?: readonly string[];
  readonly deployed?: readonly string[];
  readonly settings?: Settings;
  readonly disabled?: readonly string[];
  readonly defaultBranch?: string | undefined;
}

function targets(story: Story) {
  const sources: TargetSources = {
    files: Object.entries(story.files ?? {}).map(([name, text]) => file(name, text)),
    environments: (story.environments ?? []).map(environment),
    deployments: (story.deployed ?? []).map(deployment),
    settings: story.settings ?? settings(),
    defaultBranch: 'defaultBranch' in story ? story.defaultBranch : 'main',
    workflowStates: (story.disabled ?? []).map((name, id) => ({ id, path: `.github/workflows/${name}`, name, state: 'disabled' })),
  };
  return deployTargets(sources);
}

function fileName(workflow: TargetWorkflow | undefined): string {
  return workflow?.file.path.slice('.github/workflows/'.length) ?? '–';
}

/** One line a target: name, production or not, branch, deploy and rollback workflow. */
function lines(story: Story): readonly string[] {
  return targets(story).map((target) =>
    [target.environment, target.isProduction ? 'production' : '', target.branch, fileName(target.deploy), fileName(target.rollback)].join(' | '));
}

function shipLive(on: string): string {
  return `on: ${on}\njobs: { ship: { environment: live } }`;
}

/** The branch of an environment that one workflow deploys to. */
function branch(environmentName: string, pushes: string, use: string): string | undefined {
  const files = { 'deploy.yml': `on: { push: ${pushes}, workflow_dispatch: }\njobs: { ship: { environment: "${use}" } }` };
  return targets({ files, environments: [environmentName] }).find((target) => target.environment === environmentName)?.branch;
}

/** The inputs known of a workflow that takes these. */
function inputs(text: string, own: EnvironmentSettings = {}) {
  return targets({ files: { 'deploy.yml': shipLive(`{ workflow_dispatch: { inputs: ${text} } }`) }, settings: settings({ live: own }) })[0]?.deploy?.inputs;
}

const deployYml = `
name: Deploy
on:
  push: { branches: [main, develop] }
  workflow_dispatch:
    inputs:
      environment: { type: choice, options: [staging, production], required: true }
      version: { type: string }
      expected_sha: { type: string }
      expected_current: { type: string }
      reason: { type: string }
      correlation_id: { type: string }
jobs:
  announce: { environment: { name: notifications, deployment: false } }
  ship: { environment: "\${{ inputs.environment || (github.ref_name == 'main' && 'production' || 'staging') }}" }
`;
const rollbackYml = `
name: Roll back
on:
  workflow_dispatch:
    inputs:
      environment: { type: choice, options: [staging, production], required: true }
      version: { type: string, required: true }
jobs:
  back: { environment: "\${{ inputs.environment }}" }
`;

describe('The deploy targets of a repository', () => {
  it('come from the pipeline that Set Up installs before its first deploy, on their own branches, started on the default one', () => {
    const files = Object.fromEntries(PIPELINE.filter(({ path }) => path.startsWith('.github/')).map(({ path, text }) => [path.slice('.github/workflows/'.length), text]));
    const story = { files, environments: ['notifications', 'production', 'staging'] };
    assert.deepEqual(lines(story), ['staging |  | develop | deploy.yml | rollback.yml', 'production | production | main | deploy.yml | rollback.yml']);
    assert.deepEqual(targets(story).map(({ deploy, rollback }) => [deploy?.branch, rollback?.branch]), [['main', 'main'], ['main', 'main']]);
  });

  it('are started on their own branches where the workflow does not check by itself what it ships', () => {
    const files = { 'deploy.yml': deployYml.replace(/ +expected_\w+:.*\n/g, ''), 'rollback.yml': rollbackYml };
    const found = targets({ files, environments: ['production', 'staging'] });
    assert.deepEqual(found.map(({ deploy, rollback }) => [deploy?.branch, rollback?.branch]), [['develop', 'develop'], ['main', 'main']]);
  });

  it('come from its workflows, with branch, rollback and production, and without environments that only hold secrets', () => {
    assert.deepEqual(
      lines({
        files: { 'ci.yml': 'on: push\njobs: { test: {} }', 'deploy.yml': deployYml, 'rollback.yml': rollbackYml },
        environments: ['notifications', 'production', 'staging'],
        deployed: ['production', 'staging'],
      }),
      ['staging |  | develop | deploy.yml | rollback.yml', 'production | production | main | deploy.yml | rollback.yml'],
    );
  });

  it('know the inputs by their names', () => {
    const [staging] = targets({ files: { 'deploy.yml': deployYml, 'rollback.yml': rollbackYml } });
    assert.deepEqual(staging?.deploy?.inputs, {
      environment: 'environment', version: 'version', expectedSha: 'expected_sha', expectedCurrent: 'expected_current', reason: 'reason', correlationId: 'correlation_id',
    });
    assert.deepEqual(staging?.rollback?.inputs, { environment: 'environment', version: 'version' });
  });

  it('are there before GitHub has the environments, spelt as GitHub spells them once it has', () => {
    assert.deepEqual(targets({ files: { 'deploy.yml': deployYml } }).map((target) => target.environment), ['staging', 'production']);
    assert.deepEqual(targets({ files: { 'deploy.yml': deployYml }, environments: ['Production'] }).map((target) => target.environment), ['staging', 'Production']);
  });

  it('are ordered as versions travel', () => {
    const environments = ['production-eu', 'demo', 'QA', 'Live', 'dev', 'customer 10', 'customer 2', 'pre-production', 'stage', 'prod/us'];
    assert.deepEqual(
      targets({ environments, deployed: environments }).map((target) => target.environment),
      ['dev', 'QA', 'pre-production', 'stage', 'customer 2', 'customer 10', 'demo', 'Live', 'prod/us', 'production-eu'],
    );
  });

  it('tell production by its name, unless the settings say otherwise', () => {
    const environments = ['production', 'Production-EU', 'prod', 'PRD', 'live', 'nonprod', 'pre-production', 'reproduction', 'shop', 'alive'];
    const production = (own: Settings) => targets({ environments, deployed: environments, settings: own }).filter((target) => target.isProduction).map((target) => target.environment);
    assert.deepEqual(production(settings()), ['live', 'PRD', 'prod', 'production', 'Production-EU']);
    assert.deepEqual(production(settings({ SHOP: { production: true }, live: { production: false } })), ['PRD', 'prod', 'production', 'Production-EU', 'shop']);
    assert.deepEqual(production(settings({}, { productionEnvironment: 'shop' })), ['live', 'PRD', 'prod', 'production', 'Production-EU', 'shop']);
  });

  it('keep names with slashes and spaces', () => {
    const files = { 'deploy.yml': 'on: workflow_dispatch\njobs: { ship: { environment: "prod/eu west" } }' };
    assert.deepEqual(lines({ files, environments: ['prod/eu west'] }), ['prod/eu west | production | main | deploy.yml | –']);
  });

  it('are none for a repository without workflows or deployments', () => {
    assert.deepEqual(lines({}), []);
    assert.deepEqual(lines({ environments: ['secrets'] }), []);
  });

  describe('by an input that takes any environment', () => {
    const files = {
      'deploy.yml': `
on: { workflow_dispatch: { inputs: { where: { type: environment, required: true } } } }
jobs:
  tell: { environment: { name: notifications, deployment: false } }
  ship: { environment: "\${{ inputs.where }}" }`,
    };
    it('are all environments but those that only hold secrets', () => {
      assert.deepEqual(lines({ files, environments: ['notifications', 'staging'] }), ['staging |  | main | deploy.yml | –']);
      assert.equal(targets({ files, environments: ['staging'] })[0]?.deploy?.inputs.environment, 'where');
    });

    it('are deployed to once, whatever the file says', () => {
      assert.deepEqual(lines({ files, environments: ['notifications'], deployed: ['notifications'] }), ['notifications |  | main | deploy.yml | –']);
    });
  });

  it('are found through the output of another job that the environment input feeds', () => {
    const files = {
      'deploy.yml': `
on: { workflow_dispatch: { inputs: { target: { type: choice, options: [staging, production] }, platform: { type: choice, options: [ios, android] } } } }
jobs: { ship: { environment: "\${{ needs.plan.outputs.env }}" } }`,
    };
    assert.deepEqual(lines({ files }), ['staging |  | main | deploy.yml | –', 'production | production | main | deploy.yml | –']);
  });

  describe('wait for', () => {
    for (const [name, pushes, use, expected] of [
      ['production', '{ branches: [trunk, next] }', "${{ github.ref_name == 'trunk' && 'production' || 'staging' }}", 'trunk'],
      ['staging', '{ branches: [trunk, next] }', "${{ github.ref_name == 'trunk' && 'production' || 'staging' }}", 'next'],
      ['staging', '{ branches: [trunk, next, more] }', "${{ github.ref_name == 'trunk' && 'production' || 'staging' }}", 'main'],
      ['production', '{ branches: [release] }', 'production', 'release'],
      ['production', "{ branches: ['release/**'] }", 'production', 'main'],
      ['staging', '{ branches: [main, develop] }', 'staging', 'develop'],
      ['production', '{ branches: [main, develop] }', 'production', 'main'],
      ['staging', '{ tags: [v*] }', 'staging', 'main'],
    ] as const) {
      it(`${expected}: ${name} as “${use}” by pushes to ${pushes}`, () => assert.equal(branch(name, pushes, use), expected));
    }

    it('the branch in the settings first of all', () => {
      assert.equal(targets({ files: { 'deploy.yml': deployYml }, settings: settings({ staging: { branch: 'next' } }) })[0]?.branch, 'next');
    });
  });

  describe('without a way to deploy say why', () => {
    for (const [because, story, expected] of [
      ['nothing deploys', { environments: ['live'], deployed: ['live'] }, 'No workflow of this repository deploys to {environment}.'],
      ['only pushes deploy', { files: { 'deploy.yml': shipLive('push') } }, 'The workflow that deploys to {environment} cannot be started by hand: it has no workflow_dispatch trigger.'],
      ['it is disabled', { files: { 'deploy.yml': shipLive('workflow_dispatch') }, disabled: ['deploy.yml'] }, 'The workflow that deploys to {environment} is disabled. Enable it on GitHub.'],
      ['the one set does not exist', { settings: settings({ live: { workflow: 'gone.yml' } }) }, 'The workflow set for {environment} in boussole.environments does not exist on the default branch.'],
      ['the one set is broken', { files: { 'x.yml': '[' }, settings: settings({ live: { workflow: 'x.yml' } }) }, 'The workflow that deploys to {environment} cannot be read. Mend its YAML.'],
    ] as const) {
      it(`because ${because}`, () => assert.deepEqual(targets(story).map((target) => [target.deploy, target.whyNot]), [[undefined, expected]]));
    }

    it('not while an active workflow can do it', () => {
      const files = { 'deploy.yml': shipLive('workflow_dispatch'), 'deploy-too.yml': shipLive('workflow_dispatch') };
      assert.deepEqual(lines({ files, disabled: ['deploy.yml'] }), ['live | production | main | deploy-too.yml | –']);
    });
  });

  describe('choose among workflows', () => {
    it('the one that is called a deploy', () => {
      const files = { 'a-migrate.yml': shipLive('workflow_dispatch'), 'b-deploy.yml': shipLive('workflow_dispatch'), 'c.yml': shipLive('workflow_dispatch') };
      assert.equal(lines({ files })[0], 'live | production | main | b-deploy.yml | –');
    });

    it('never one that destroys, restores or rolls back', () => {
      const files = { 'destroy-deployment.yml': shipLive('workflow_dispatch'), 'restore.yml': shipLive('workflow_dispatch'), 'roll-back-deploy.yml': shipLive('workflow_dispatch') };
      assert.deepEqual(lines({ files }), ['live | production | main | – | roll-back-deploy.yml']);
    });

    it('what the settings name, by file name or path', () => {
      const files = { 'deploy.yml': shipLive('workflow_dispatch'), 'other.yml': shipLive('workflow_dispatch'), 'undo.yml': shipLive('workflow_dispatch') };
      const own = settings({ Live: { workflow: '.github/workflows/other.yml', rollbackWorkflow: 'undo.yml', versionUrl: 'https://example.org/version' } });
      assert.deepEqual(lines({ files, settings: own }), ['live | production | main | other.yml | undo.yml']);
      assert.equal(targets({ files, settings: own })[0]?.versionUrl, 'https://example.org/version');
    });
  });

  describe('know inputs', () => {
    it('whatever their case, hyphens and underscores', () => {
      assert.deepEqual(inputs('{ Target-Env: {}, ENV: {}, Git_Ref: {}, message: {}, Request-ID: {} }'), { environment: 'ENV', version: 'Git_Ref', reason: 'message', correlationId: 'Request-ID' });
    });

    it('only where they can take the value', () => {
      assert.deepEqual(inputs('{ release: { type: boolean }, version: { type: choice, options: [major, minor] }, target: { type: choice, options: [ios, android] } }'), {});
    });

    it('for one purpose each', () => {
      assert.deepEqual(inputs('{ deploy: { type: environment }, description: {} }'), { environment: 'deploy', reason: 'description' });
      assert.deepEqual(inputs('{ version: {} }', { inputs: { reason: 'version' } }), { reason: 'version' });
    });

    it('as the settings name them', () => {
      assert.deepEqual(inputs('{ build: {}, version: {} }', { inputs: { version: 'build' } }), { version: 'build' });
    });
  });
});
