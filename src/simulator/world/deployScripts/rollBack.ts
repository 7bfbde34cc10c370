import { goLive, liveOn, releaseCalled, serverOf } from '../servers.ts';
import { openRecord } from './records.ts';
import { answer, type ScriptAnswer, type ScriptCall } from './scriptCall.ts';
import { refusedByExpectation } from './ship.ts';

/** `.deploy/rollback check` and `.deploy/rollback`: back to a release that was live. Holds do not stop it. */
export function rollBack(call: ScriptCall): ScriptAnswer {
  return call.words[0] === 'check' ? check(call) : switchBack(call);
}

function check(call: ScriptCall): ScriptAnswer {
  const environment = call.env('ENVIRONMENT');
  const server = serverOf(call.repository, environment);
  const live = liveOn(server);
  const stale = refusedByExpectation(call, live);
  if (stale) return stale;
  const wanted = call.env('VERSION');
  // "The one before" is another one after a rollback: the same run again must not go a second step.
  if (wanted === '' && call.job.attempt.number > 1 && live?.by === 'rollback') {
    return answer('stale_expectation', `${live.id} was made live by a rollback, perhaps by this very run. To go further back start a new run.`);
  }
  const release = releaseCalled(server, wanted);
  if (!release) return answer('no_such_release', `${wanted === '' ? 'A release before the live one' : wanted} was never live in ${environment}.`);
  const { id, version, sha } = release;
  const facts = { release_id: id, sha, version, live: live?.id ?? 'none', live_version: live?.version ?? '' };
  if (live?.id === id) return answer('already_live', `${version} is live in ${environment} already.`, { ...facts, proceed: 'false' });
  const deployment = openRecord(call, 'rollback', release, live);
  return answer('checked', `${environment} goes back from ${live?.version ?? 'nothing'} to ${version}.`, { ...facts, deployment_id: deployment, proceed: 'true' });
}

function switchBack(call: ScriptCall): ScriptAnswer {
  const { world, repository } = call;
  const environment = call.env('ENVIRONMENT');
  const id = call.env('RELEASE_ID');
  const release = releaseCalled(serverOf(repository, environment), id);
  if (!release) return answer('no_such_release', `${id} was never live in ${environment}.`);
  goLive(world, repository, environment, release, 'rollback');
  return answer('rolled_back', `${id} is live again.`, { current: id, rolled_back: 'true', switch_us: String(world.chance.int(900, 2_400)) });
}
