import { ancestry, headOf } from '../history.ts';
import type { Commit } from '../model.ts';
import { refusedByHold } from './holds.ts';
import { configuredEnvironments, type ConfiguredEnvironment } from './pipelineConfig.ts';
import { answer, type ScriptAnswer, type ScriptCall } from './scriptCall.ts';
import { finalTagOn, nextVersion } from './versions.ts';

/** `.deploy/plan deploy` and `.deploy/plan rollback`: what the run does, or why it may not. */
export function plan(call: ScriptCall): ScriptAnswer {
  const environments = configuredEnvironments(call.job.run);
  const target = environments.find(({ name }) => name === call.env('ENVIRONMENT'));
  if (!target) {
    return answer('unknown_environment', `There is no such environment in .deploy/config; it knows: ${environments.map(({ name }) => name).join(' ')}.`);
  }
  const { run } = call.job;
  const wanted = run.event === 'push' ? target.branch : call.repository.defaultBranch;
  if (run.branch !== wanted) return answer('wrong_ref', `This must run on the branch ${wanted}, not on refs/heads/${run.branch}.`);
  return call.words[0] === 'rollback' ? planRollback(call, target) : planDeploy(call, target);
}

function planDeploy(call: ScriptCall, target: ConfiguredEnvironment): ScriptAnswer {
  const { repository, job } = call;
  const { name: environment, branch } = target;
  const version = call.env('VERSION');
  const commit = commitCalled(call, target, version);
  if (!commit) return answer('unknown_version', `${version} is no tag, no commit and not the branch of ${environment}.`);
  const short = commit.sha.slice(0, 7);
  const expected = call.env('EXPECTED_SHA');
  if (expected !== '' && expected !== commit.sha) {
    return answer('moved', `${version === '' ? branch : version} is ${short} now, not ${expected.slice(0, 7)}. Look at what has come in, then ask again.`);
  }
  const head = headOf(repository, branch);
  if (target.isProduction && !(head && ancestry(repository, head).includes(commit))) {
    return answer('not_on_branch', `${short} is not on ${branch}, and ${environment} takes nothing else.`);
  }
  const held = refusedByHold(call, environment);
  if (held) return held;
  const known = finalTagOn(repository, commit.sha);
  const next = known ?? (target.isProduction ? nextVersion(repository, commit) : `${nextVersion(repository, commit)}-rc.${job.run.number}`);
  return planned(call, target, `${next} (${short}) goes to ${environment}.`, {
    branch, sha: commit.sha, version: next, release_id: `${next}-${short}-${job.run.id}.${job.attempt.number}`,
    reserve: String(known === undefined && target.isProduction), dry_run: String(call.env('DRY_RUN') === 'true'), title: commit.message.split('\n')[0] ?? '',
  });
}

function planRollback(call: ScriptCall, target: ConfiguredEnvironment): ScriptAnswer {
  if (call.env('REASON').trim() === '') return answer('usage', 'A rollback needs a reason.');
  const version = call.env('VERSION');
  return planned(call, target, `${target.name} goes back to ${version === '' ? 'the release before' : version}.`, { version });
}

function planned(call: ScriptCall, { name, isProduction }: ConfiguredEnvironment, message: string, facts: Readonly<Record<string, string>>): ScriptAnswer {
  return answer('planned', message, { environment: name, production: String(isProduction), ...facts, planned_at: new Date(call.world.now).toISOString() });
}

/** The commit of a tag, of at least seven of its digits, or of the environment's own branch; without a name what was pushed, or that branch's head. */
function commitCalled({ repository, job }: ScriptCall, { branch }: ConfiguredEnvironment, version: string): Commit | undefined {
  if (version === '' && job.run.event === 'push') return repository.commits.get(job.run.sha);
  if (version === '' || version === branch) return headOf(repository, branch);
  const tagged = repository.tags.get(version)?.commit;
  if (tagged !== undefined) return repository.commits.get(tagged);
  if (!/^[0-9a-f]{7,40}$/.test(version)) return undefined;
  const found = [...repository.commits.values()].filter(({ sha }) => sha.startsWith(version));
  return found.length === 1 ? found[0] : undefined;
}
