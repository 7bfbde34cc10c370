import { reviewRun, waitingJobs } from './world/control.ts';
import { environmentNamed } from './world/deployments.ts';
import { mayReview } from './world/gates.ts';
import { headOf } from './world/history.ts';
import type { Repository, Run } from './world/model.ts';
import { dispatch, findWorkflow, push } from './world/triggers.ts';
import type { Pace, World } from './world/world.ts';
import { addCommit } from './scenarios/builders.ts';
import { nextWork } from './scenarios/crmWork.ts';

/** Time for people who watch: a deploy takes about 40 s, a teammate approves after 20 s, somebody deploys now and then. */
export const kindPace: Pace = { stretch: 1 / 6, approveAfterMs: 20_000, teammateEveryMs: 240_000 };

const TEAMMATES = ['ana', 'jonas', 'mei'] as const;

/** What a teammate can be made to do. */
export type TeammateAct =
  | { readonly act: 'deploy'; readonly as?: string; readonly environment?: string; readonly version?: string }
  | { readonly act: 'approve' | 'reject'; readonly as?: string; readonly run?: number; readonly comment?: string }
  | { readonly act: 'push'; readonly as?: string; readonly branch?: string; readonly commits?: number };

/** Makes a teammate do something now, and tells what they did. Throws when it cannot be done. */
export function perform(world: World, act: TeammateAct): string {
  const repository = world.home;
  switch (act.act) {
    case 'deploy': {
      const run = deploy(world, repository, act.as ?? 'ana', act.environment ?? 'staging', act.version ?? '');
      return `${run.actor} started run ${run.id}: ${run.title}`;
    }
    case 'push': {
      const count = act.commits ?? 1;
      pushWork(world, repository, act.branch ?? 'develop', act.as ?? 'jonas', count);
      return `${act.as ?? 'jonas'} pushed ${count} commits to ${act.branch ?? 'develop'}`;
    }
    case 'approve':
    case 'reject': {
      const run = act.run === undefined
        ? repository.runs.findLast((one) => waitingJobs(one).length > 0)
        : repository.runById.get(act.run);
      const user = run && review(world, run, act.act === 'approve' ? 'approved' : 'rejected', act.as, act.comment ?? '');
      if (!user) throw new Error('Nothing waits for a teammate who may review it');
      return `${user} said ${act.act} to run ${run.id}`;
    }
  }
}

/** From now on teammates approve what waits and deploy now and then, as the world's pace has it; some paces have neither. */
export function beginHabits(world: World): void {
  const { approveAfterMs, teammateEveryMs } = world.pace;
  if (approveAfterMs !== undefined) {
    world.onWaiting.push(({ run }) => {
      world.after(approveAfterMs, () => void review(world, run, 'approved', undefined, ''));
    });
  }
  // The first push comes early, for somebody who has just sat down to watch.
  if (teammateEveryMs !== undefined && findWorkflow(world.home, 'deploy.yml')) pushNowAndThen(world, teammateEveryMs / 4);
}

function pushNowAndThen(world: World, nextMs: number): void {
  world.after(world.chance.around(nextMs, 0.4), () => {
    pushWork(world, world.home, 'develop', world.chance.pick(TEAMMATES), world.chance.int(1, 3));
    pushNowAndThen(world, world.pace.teammateEveryMs ?? nextMs);
  });
}

function deploy(world: World, repository: Repository, actor: string, environment: string, version: string): Run {
  const workflow = findWorkflow(repository, 'deploy.yml');
  if (!workflow) throw new Error('The repository has no deploy.yml');
  return dispatch(world, repository, workflow, { ref: repository.defaultBranch, actor, inputs: { environment, version } });
}

function pushWork(world: World, repository: Repository, branchName: string, actor: string, count: number): void {
  const branch = repository.branches.has(branchName) ? branchName : repository.defaultBranch;
  let head = headOf(repository, branch);
  for (let index = 0; index < count && head; index++) {
    const piece = nextWork(world.chance, [actor], repository.pullRequests);
    const number = ++repository.pullRequests;
    head = addCommit(world, repository, {
      message: `${piece.title} (#${number})`, author: piece.author, parents: [head.sha], changes: [piece],
      pullRequest: { number, title: piece.title },
    });
  }
  if (head) push(world, repository, branch, head, actor);
}

function review(world: World, run: Run, state: 'approved' | 'rejected', as: string | undefined, comment: string): string | undefined {
  for (const job of waitingJobs(run)) {
    const environment = environmentNamed(world, run.repository, job.environment ?? '');
    const user = (as === undefined ? TEAMMATES : [as]).find((login) => mayReview(world, environment, run, login));
    if (user !== undefined && reviewRun(world, run, [environment], { state, user, comment })) return user;
  }
  return undefined;
}
