import type { Job, Repository, Run } from '../world/model.ts';
import { reviewRun, rerun } from '../world/control.ts';
import { environmentNamed } from '../world/deployments.ts';
import { mayReview } from '../world/gates.ts';
import { latestAttempt } from '../world/runs.ts';
import { registerWorkflows } from '../world/triggers.ts';
import type { World } from '../world/world.ts';
import { addCommit, addEnvironment, addRepository, addTag } from './builders.ts';
import { CRM_STEP_SECONDS, DEPLOY_YML, firstFiles, PIPELINE } from './crmFiles.ts';
import { CrmTeam } from './crmHistory.ts';
import { bringPeople, DEVELOPERS, TEAM_ROLES } from './people.ts';

const HOUR = 3_600_000;

/** Founds the sample team's CRM: people, repository, environments and the first commit; its history begins now. */
export function foundCrm(world: World): CrmTeam {
  bringPeople(world);
  world.stepSeconds = CRM_STEP_SECONDS;
  const repository = addRepository(world, {
    owner: 'atelier-nord', name: 'crm', description: 'Customer relations of Atelier Nord', collaborators: TEAM_ROLES,
  });
  const first = addCommit(world, repository, { message: 'feat: first version', author: 'ana', parents: [], files: firstFiles() });
  repository.branches.set('main', first.sha);
  repository.branches.set('develop', first.sha);
  repository.requiredChecks.set('main', ['Lint', 'Test']);
  repository.secrets.push('CRM_DEPLOY_KEY', 'SENTRY_DSN');
  repository.organizationSecrets.push('NPM_TOKEN');
  Object.assign(repository.variables, { NODE_VERSION: '24', REGION: 'eu-west-3' });
  repository.pullRequests = 118;
  addTag(world, repository, 'import-2025', first.sha);
  registerWorkflows(world, repository);
  addEnvironments(world, repository);
  return new CrmTeam(world, repository, DEVELOPERS);
}

function addEnvironments(world: World, repository: Repository): void {
  addEnvironment(world, repository, 'staging', { secrets: ['DEPLOY_SSH_KEY'], variables: serverVariables('staging') });
  addEnvironment(world, repository, 'production', {
    pinned: true,
    secrets: ['DEPLOY_SSH_KEY'],
    variables: serverVariables('production'),
    protection: {
      reviewers: [{ type: 'User', name: 'ana' }, { type: 'Team', name: 'release-captains' }],
      preventSelfReview: true,
      policy: { branches: ['main'], tags: ['v*'] },
    },
  });
  // Without a secret the pipeline tells nobody: it is Boussole that tells the sample team's Slack.
  addEnvironment(world, repository, 'notifications');
}

function serverVariables(environment: string): Record<string, string> {
  const host = `${environment}.crm.example.com`;
  return {
    DEPLOY_HOST: host, DEPLOY_PORT: '22', DEPLOY_USER: 'deploy', DEPLOY_KNOWN_HOSTS: `${host} ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI`,
    APP_URL: `https://${host}`, VERSION_URL: `https://${host}/version`,
  };
}

/** Lets a teammate who may do so approve whatever waits, `delayMs` after it began to wait, while `until` is not reached. */
export function approveByHabit(world: World, delayMs: number, until = Number.POSITIVE_INFINITY): void {
  world.onWaiting.push((job) => {
    if (world.now + delayMs > until) return;
    world.after(delayMs, () => approve(world, job));
  });
}

function approve(world: World, job: Job): void {
  if (job.status !== 'waiting' || job.environment === undefined) return;
  const environment = environmentNamed(world, job.run.repository, job.environment);
  const user = ['ana', 'mei', 'jonas'].find((login) => mayReview(world, environment, job.run, login));
  if (user !== undefined) reviewRun(world, job.run, [environment], { state: 'approved', user, comment: '' });
}

/** How many cycles of work and release the past has. */
export const CYCLES = 40;

/**
 * Plans ninety days of a team at work: in each cycle pull requests with CI, merges deployed to staging, a release and its
 * production deploy, plus what goes wrong now and then. The last release is published, and waits.
 */
export function planCrmPast(team: CrmTeam, start: number, end: number): void {
  const { world } = team;
  const cycle = (end - start) / CYCLES;
  let [minor, patch] = [4, 0];
  for (let index = 0; index < CYCLES; index++) {
    const begins = start + index * cycle;
    const isHotfix = index % 6 === 5;
    if (isHotfix) patch++;
    else [minor, patch] = [minor + 1, 0];
    const version = `v1.${minor}.${patch}`;
    const author = DEVELOPERS[index % DEVELOPERS.length] as string;
    planWork(team, begins, cycle, isHotfix ? 3 : 4 + (index % 2), index);
    world.at(begins + 0.72 * cycle, () => {
      if (isHotfix) team.hotfix(version, `fix: repair what ${version} is named after (#${++team.repository.pullRequests})`, author);
      else team.release(version, author);
    });
    if (!isHotfix && index < CYCLES - 1) world.at(begins + 0.78 * cycle, () => shipRelease(team, version, author, index));
    planTrouble(team, index, begins, cycle, version);
  }
}

function planWork(team: CrmTeam, begins: number, cycle: number, pieces: number, index: number): void {
  const { world } = team;
  for (let piece = 0; piece < pieces; piece++) {
    const at = begins + ((piece + 0.4 * world.chance.next()) / pieces) * 0.66 * cycle;
    world.at(at, () => team.work(world.chance.int(30, 170) * 60_000 * Math.min(1, cycle / (40 * HOUR))));
    if ((index * 5 + piece) % 13 === 4) {
      world.at(at - 1, () => void world.mishaps.push({ workflow: '.github/workflows/ci.yml', step: 'Test', times: 1 }));
    }
    if ((index * 5 + piece) % 17 === 9) {
      world.at(at + 1, () => void world.mishaps.push({ environment: 'staging', step: index < 3 ? 'Smoke test' : 'Check from outside', times: 1 }));
    }
  }
}

function shipRelease(team: CrmTeam, version: string, actor: string, index: number): void {
  const deploys = team.repository.commits.get(team.repository.branches.get('main') ?? '')?.files.get('.github/workflows/deploy.yml');
  if (deploys === DEPLOY_YML) team.dispatch('deploy.yml', actor, { environment: 'production', version, reason: index % 3 === 0 ? `Release ${version}` : '' });
}

function planTrouble(team: CrmTeam, index: number, begins: number, cycle: number, version: string): void {
  const { world } = team;
  if (index === 2) {
    world.at(begins + 0.1 * cycle, () => team.change('ci(deploy): deploy by hand, with a version', 'ana', PIPELINE));
  }
  if (index === 12) {
    world.at(begins + 0.77 * cycle, () => void world.mishaps.push({
      environment: 'production', step: 'Publish', times: 1,
      log: ['  | psql: error: canceling statement due to lock timeout', '##[error]The database was not migrated: nothing was switched.', '##[error]Process completed with exit code 71.'],
    }));
    world.at(begins + 0.85 * cycle, () => {
      const failed = lastProductionRun(team);
      if (failed) rerun(world, failed, failed.actor, 'failed');
    });
  }
  if (index === 19 || index === 31) {
    world.at(begins + 0.9 * cycle, () => {
      const previous = [...team.repository.tags.values()].map(({ name }) => name).filter((name) => name.startsWith('v') && name !== version).at(-1);
      team.dispatch('rollback.yml', 'ana', {
        environment: 'production', version: previous ?? version, expected_current: version,
        reason: index === 19 ? 'The import is slow' : 'Mails are sent twice',
      });
    });
    world.at(begins + 1.2 * cycle, () => team.dispatch('hold.yml', 'mei', { environment: 'production', action: 'release', reason: 'It is repaired' }));
  }
  if (index === 36) {
    world.at(begins + 0.77 * cycle, () => void world.mishaps.push({
      environment: 'production', step: 'Check from outside', times: 1,
      log: ['  | GET /version 503', '##[error]It does not answer from outside; the release before is live again.', '##[error]Process completed with exit code 54.'],
    }));
  }
}

function lastProductionRun(team: CrmTeam): Run | undefined {
  return team.repository.runs.findLast((run) =>
    latestAttempt(run).conclusion === 'failure' && latestAttempt(run).jobs.some((job) => job.environment === 'production'));
}
