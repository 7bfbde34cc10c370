import { environmentNamed } from './deployments.ts';
import type { Environment, Job, Run } from './model.ts';
import type { World } from './world.ts';

/** Why a run may not deploy to an environment by its branch or tag rules, or `undefined` when it may. */
export function mayDeploy(run: Run, environment: string): string | undefined {
  const found = run.repository.environments.find((one) => one.name.toLowerCase() === environment.toLowerCase());
  if (!found || found.protection.policy === 'any') return undefined;
  const { policy } = found.protection;
  const isTag = !run.repository.branches.has(run.branch) && run.repository.tags.has(run.branch);
  const allowed = policy === 'protected'
    ? !isTag && run.repository.requiredChecks.has(run.branch)
    : (isTag ? policy.tags : policy.branches).some((pattern) => matches(pattern, run.branch));
  if (allowed) return undefined;
  const kind = isTag ? 'Tag' : 'Branch';
  return `${kind} "${run.branch}" is not allowed to deploy to ${found.name} due to environment protection rules.`;
}

/** The gate a job has to pass before it may run, or `undefined` when the environment asks for nothing. */
export function gateFor(world: World, job: Job, environment: string, onTimer: () => void): NonNullable<Job['gate']> | undefined {
  const { reviewers, waitMinutes } = environmentNamed(world, job.run.repository, environment).protection;
  if (reviewers.length === 0 && waitMinutes === 0) return undefined;
  const gate = { since: world.now, waitMinutes, approved: reviewers.length === 0, timerDone: waitMinutes === 0 };
  if (waitMinutes > 0) {
    world.after(waitMinutes * 60_000, () => {
      gate.timerDone = true;
      onTimer();
    });
  }
  return gate;
}

/** Whether somebody is among an environment's reviewers, by name or by team, and not barred as the one who asked. */
export function mayReview(world: World, environment: Environment, run: Run, login: string): boolean {
  const { reviewers, preventSelfReview } = environment.protection;
  const listed = reviewers.some(({ type, name }) =>
    type === 'User' ? name === login : world.teams.some((team) => team.slug === name && team.members.includes(login)));
  return listed && !(preventSelfReview && run.attempts.at(-1)?.triggeringActor === login);
}

/** Ruby's fnmatch as GitHub uses it for branch and tag patterns: `*` does not cross a slash, `**` does. */
function matches(pattern: string, name: string): boolean {
  const source = pattern.split('**').map((part) =>
    part.split('*').map((text) => text.replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`)).join('[^/]*')).join('.*');
  return new RegExp(`^${source}$`).test(name);
}
