import { pullRequestUpdated, push, registerWorkflows } from '../world/triggers.ts';
import type { Repository } from '../world/model.ts';
import type { World } from '../world/world.ts';
import { addCommit, addEnvironment, addRelease, addRepository, addTag } from './builders.ts';
import { nextWork } from './crmWork.ts';
import { CI_YML, CRM_STEP_SECONDS } from './crmFiles.ts';
import { bringPeople, DEVELOPERS, TEAM_ROLES } from './people.ts';
import { dispatch, findWorkflow } from '../world/triggers.ts';
import type { Scenario } from './scenario.ts';

const DAY = 24 * 3_600_000;
const MINUTE = 60_000;
const ENVIRONMENTS = 40;
const RELEASES = 200;
const RUNS = 5000;

const REGIONS = ['eu-west', 'eu-north', 'us-east', 'us-west', 'sa-east', 'ap-south', 'ap-east', 'af-south'];
const STAGES = ['production', 'staging', 'canary', 'load-test', 'demo'];

/** `production/eu-west`, `staging/us-east` … */
function environmentNames(): string[] {
  return Array.from({ length: ENVIRONMENTS }, (_, index) =>
    `${STAGES[Math.floor(index / REGIONS.length)] as string}/${REGIONS[index % REGIONS.length] as string}`);
}

function deployYml(names: readonly string[]): string {
  return `name: Deploy
run-name: Deploy \${{ inputs.version || github.ref_name }} to \${{ inputs.environment }}\${{ inputs.correlation_id && format(' [{0}]', inputs.correlation_id) || '' }}
on:
  workflow_dispatch:
    inputs:
      environment:
        type: choice
        options: [${names.map((name) => JSON.stringify(name)).join(', ')}]
        required: true
      version:
        type: string
      reason:
        type: string
      correlation_id:
        type: string
jobs:
  ship:
    name: Ship
    runs-on: ubuntu-latest
    environment: \${{ inputs.environment }}
    concurrency: deploy-\${{ inputs.environment }}
    steps:
      - name: Upload the release
        run: ./ci/upload
      - name: Switch traffic
        run: ./ci/switch
`;
}

/** A platform with forty environments, two hundred releases and five thousand runs in ninety days. */
export const large: Scenario = {
  summary: 'Forty environments, two hundred releases and five thousand runs.',
  pastMs: 90 * DAY,
  build: (world, now) => {
    bringPeople(world);
    world.stepSeconds = CRM_STEP_SECONDS;
    const names = environmentNames();
    const repository = addRepository(world, {
      owner: 'atelier-nord', name: 'platform', description: 'Everything, everywhere', collaborators: TEAM_ROLES,
    });
    const files = new Map([['.github/workflows/ci.yml', CI_YML], ['.github/workflows/deploy.yml', deployYml(names)]]);
    const first = addCommit(world, repository, { message: 'feat: begin', author: 'ana', parents: [], files });
    repository.branches.set('main', first.sha);
    registerWorkflows(world, repository);
    for (const name of names) addEnvironment(world, repository, name);
    planReleases(world, repository, now);
    planRuns(world, repository, names, now);
  },
};

function planReleases(world: World, repository: Repository, now: number): void {
  const spacing = (now - DAY - world.now) / RELEASES;
  for (let index = 0; index < RELEASES; index++) {
    world.at(world.now + index * spacing, () => {
      for (let count = 0; count < 4; count++) merge(world, repository, index * 4 + count);
      const version = `v${3 + Math.floor(index / 50)}.${index % 50}.0`;
      const commit = repository.branches.get('main') ?? '';
      addTag(world, repository, version, commit);
      addRelease(world, repository, { tagName: version, author: 'ana', target: 'main', body: `Release ${version}` });
    });
  }
}

/** Half of the runs check pull requests, half deploy. */
function planRuns(world: World, repository: Repository, names: readonly string[], now: number): void {
  const start = world.now + DAY;
  const spacing = (now - 10 * MINUTE - start) / RUNS;
  for (let index = 0; index < RUNS; index++) {
    world.at(start + index * spacing, () => {
      const actor = DEVELOPERS[index % DEVELOPERS.length] as string;
      if (index % 2 === 0) {
        const head = repository.commits.get(repository.branches.get('main') ?? '');
        if (head) pullRequestUpdated(world, repository, `topic/${index}`, head, actor);
        return;
      }
      const workflow = findWorkflow(repository, 'deploy.yml');
      const environment = names[(index * 13) % names.length] as string;
      const version = [...repository.tags.keys()].at(-1 - (index % 3)) ?? '';
      if (workflow) dispatch(world, repository, workflow, { ref: 'main', actor, inputs: { environment, version } });
    });
  }
}

function merge(world: World, repository: Repository, index: number): void {
  const piece = nextWork(world.chance, DEVELOPERS, index);
  const number = ++repository.pullRequests;
  const commit = addCommit(world, repository, {
    message: `${piece.title} (#${number})`,
    author: piece.author,
    parents: [repository.branches.get('main') ?? ''],
    pullRequest: { number, title: piece.title },
    changes: [piece],
  });
  push(world, repository, 'main', commit, piece.author);
}
