import { ancestry } from '../history.ts';
import type { ServerRelease } from '../model.ts';
import { goLive, isCalled, liveOn, revert, serverOf } from '../servers.ts';
import { refusedByHold } from './holds.ts';
import { isProduction } from './pipelineConfig.ts';
import { openRecord, sayOfRecord, takeUpRecord } from './records.ts';
import { answer, type ScriptAnswer, type ScriptCall } from './scriptCall.ts';

/** `.deploy/ship check`, `upload`, `publish` and `outside`: how a release gets onto the server. */
export function ship(call: ScriptCall): ScriptAnswer {
  const phase = phases[call.words[0] ?? ''];
  return phase ? phase(call) : answer('usage', 'ship is called with check, upload, publish or outside.');
}

const phases: Readonly<Record<string, (call: ScriptCall) => ScriptAnswer>> = { check, upload, publish, outside };

/** A stop of the ship job after its record was made: the record says so, and what was switched goes back. */
export function shipFailed(call: ScriptCall, description: string): void {
  const { world, job, repository } = call;
  const environment = call.env('ENVIRONMENT');
  const isSwitched = liveOn(serverOf(repository, environment))?.id === call.env('RELEASE_ID') && call.words[0] === 'outside' && call.env('TASK') === 'deploy';
  if (isSwitched) revert(world, repository, environment);
  sayOfRecord(call, job, 'failure', description);
}

/** What is live must be what was expected: the refusal where it is not. */
export function refusedByExpectation(call: ScriptCall, live: ServerRelease | undefined): ScriptAnswer | undefined {
  const expected = call.env('EXPECTED_CURRENT');
  if (expected === '' || expected === 'any' || (live ? isCalled(live, expected) : expected === 'none')) return undefined;
  if (live && call.repository.tags.get(expected)?.commit === live.sha) return undefined;
  return answer('stale_expectation', `${call.env('ENVIRONMENT')} runs ${live?.id ?? 'nothing'}, not ${expected}. Look at what happened, then ask again.`);
}

function check(call: ScriptCall): ScriptAnswer {
  const { repository, job } = call;
  const environment = call.env('ENVIRONMENT');
  const server = serverOf(repository, environment);
  const live = liveOn(server);
  const [version, sha] = [call.env('VERSION'), call.env('SHA')];
  const release = { id: `${version}-${sha.slice(0, 7)}-${job.run.id}.${job.attempt.number}`, version, sha };
  const facts = { release_id: release.id, sha, version, live: live?.id ?? 'none', live_version: live?.version ?? '' };
  if (live?.sha === sha && live.id.includes(`-${job.run.id}.`)) {
    const open = call.env('DRY_RUN') === 'true' ? undefined : takeUpRecord(call, live.id);
    return answer('already_current', `${live.id} is live already; this run shipped it before.`, { ...facts, release_id: live.id, ...(open === undefined ? {} : { deployment_id: open, look: 'true' }) });
  }
  const held = refusedByHold(call, environment);
  if (held) return held;
  if (server.frozen) return answer('frozen', `The server is frozen by ${server.frozen.by}: ${server.frozen.reason}`);
  if (live?.by === 'rollback' && live.at > Date.parse(call.env('PLANNED_AT'))) {
    return answer('rolled_back_since', `${environment} was rolled back to ${live.version} after this deploy was planned.`);
  }
  const wantsNewest = job.run.event === 'push' || (isProduction(job.run, environment) && call.env('ASKED_VERSION') === '');
  if (wantsNewest && live && live.sha !== sha && isBefore(call, sha, live.sha)) {
    return answer('superseded', `${live.id} is live, which contains ${sha.slice(0, 7)} already.`);
  }
  const stale = refusedByExpectation(call, live);
  if (stale) return stale;
  if (call.env('DRY_RUN') === 'true') return answer('dry_run', `${version} could go to ${environment} now. Nothing was changed.`, { ...facts, proceed: 'false' });
  const deployment = openRecord(call, 'deploy', release, live);
  return answer('checked', `${version} goes to ${environment}, in the place of ${live?.version ?? 'nothing'}.`, { ...facts, deployment_id: deployment, proceed: 'true' });
}

function isBefore({ repository }: ScriptCall, earlier: string, later: string): boolean {
  const [first, last] = [repository.commits.get(earlier), repository.commits.get(later)];
  return first !== undefined && last !== undefined && ancestry(repository, last).includes(first);
}

function upload(call: ScriptCall): ScriptAnswer {
  const id = call.env('RELEASE_ID');
  return answer('uploaded', `${id} is on the server.`, { manifest: id });
}

function publish(call: ScriptCall): ScriptAnswer {
  const { world, repository } = call;
  const [id, version, sha] = [call.env('RELEASE_ID'), call.env('VERSION'), call.env('SHA')];
  goLive(world, repository, call.env('ENVIRONMENT'), { id, version, sha }, 'publish');
  return answer('published', `${id} is live.`, { current: id, switch_us: String(world.chance.int(900, 2_400)) });
}

function outside(call: ScriptCall): ScriptAnswer {
  const id = call.env('RELEASE_ID');
  sayOfRecord(call, call.job, 'success', `${call.env('VERSION')} is live`);
  return answer('healthy_outside', `${id} answers from outside.`, { current: id, live_at: new Date(call.world.now).toISOString() });
}
