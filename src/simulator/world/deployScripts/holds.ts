import { lockBranch, lockSuffix } from '../../../core/hold.ts';
import { sha } from '../chance.ts';
import { headOf } from '../history.ts';
import type { Commit } from '../model.ts';
import { answer, type ScriptAnswer, type ScriptCall } from './scriptCall.ts';

/** Who holds deploys to an environment, or to all, and why; `undefined` when they pass. */
export function holdOn({ repository }: ScriptCall, environment: string): { readonly by: string; readonly since: string; readonly reason: string } | undefined {
  const head = headOf(repository, lockBranch(environment)) ?? headOf(repository, `global-${lockSuffix}`);
  if (!head) return undefined;
  const lock = parsed(head.files.get('lock.json') ?? '');
  return { by: lock['created_by'] ?? 'somebody', since: lock['created_at'] ?? 'an unknown time', reason: lock['reason'] ?? 'no reason can be read' };
}

/** The refusal of a deploy to a held environment; `undefined` when it passes. */
export function refusedByHold(call: ScriptCall, environment: string): ScriptAnswer | undefined {
  const hold = holdOn(call, environment);
  return hold && answer('held', `Deploys to ${environment} are held by ${hold.by} since ${hold.since}: ${hold.reason}`, { held_by: hold.by, held_since: hold.since });
}

/** `.deploy/hold create`: makes the branch that holds deploys; one that exists stays. */
export function createHold(call: ScriptCall): ScriptAnswer {
  const { world, job, repository } = call;
  const environment = call.env('ENVIRONMENT');
  const branch = lockBranch(environment);
  const held = holdOn(call, environment);
  if (held) return answer('already_held', `Deploys to ${environment} are held already, by ${held.by}: ${held.reason}`, { environment });
  const { run } = job;
  const lock = {
    reason: call.env('REASON'), branch: run.branch, created_at: new Date(world.now).toISOString(), created_by: run.actor, sticky: true, environment,
    global: false, unlock_command: 'Run the workflow Hold with the action release',
    link: `https://github.com/${repository.owner}/${repository.name}/actions/runs/${run.id}`,
  };
  const commit: Commit = {
    sha: sha(`hold ${repository.id} ${environment} ${run.id} ${job.attempt.number}`),
    message: `Hold deploys to ${environment}`, author: 'github-actions[bot]', at: world.now, order: repository.commits.size, parents: [],
    changes: [{ path: 'lock.json', additions: 1, deletions: 0 }], files: new Map([['lock.json', `${JSON.stringify(lock, undefined, 2)}\n`]]),
  };
  repository.commits.set(commit.sha, commit);
  repository.branches.set(branch, commit.sha);
  return answer('held_now', `Deploys to ${environment} are held: ${lock.reason}`, { environment });
}

/** `.deploy/hold delete`: lifts it. */
export function deleteHold(call: ScriptCall): ScriptAnswer {
  const environment = call.env('ENVIRONMENT');
  return call.repository.branches.delete(lockBranch(environment))
    ? answer('released', `Deploys to ${environment} pass again.`, { environment })
    : answer('not_held', `Deploys to ${environment} are not held.`, { environment });
}

function parsed(text: string): Readonly<Record<string, string | undefined>> {
  try {
    const lock: unknown = JSON.parse(text);
    return typeof lock === 'object' && lock !== null ? (lock as Record<string, string>) : {};
  } catch {
    return {};
  }
}
