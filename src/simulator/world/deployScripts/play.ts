import type { Job } from '../model.ts';
import { serverOf } from '../servers.ts';
import type { StepDefinition } from '../workflowDefinition.ts';
import type { World } from '../world.ts';
import { createHold, deleteHold } from './holds.ts';
import { plan } from './plan.ts';
import { report } from './report.ts';
import { rollBack } from './rollBack.ts';
import { answer, ScriptCall, type ScriptAnswer } from './scriptCall.ts';
import { ship, shipFailed } from './ship.ts';
import { reserveVersion } from './versions.ts';

/** A step's call of a script of `.deploy/`; `undefined` for any other step. */
export function scriptCall(world: World, job: Job, step: StepDefinition): ScriptCall | undefined {
  return step.run?.startsWith('.deploy/') === true ? new ScriptCall(world, job, step) : undefined;
}

/** Does to the world what the script would do, and answers as it would. */
export function playScript(call: ScriptCall): ScriptAnswer {
  const given = played(call);
  if (given.code !== 0) scriptFailed(call, given.message);
  return given;
}

/** What a script still does when something stops it halfway. */
export function scriptFailed(call: ScriptCall, message: string): void {
  if (call.script === 'ship' || call.script === 'rollback') shipFailed(call, message);
}

function played(call: ScriptCall): ScriptAnswer {
  switch (call.script) {
    case 'plan': return plan(call);
    case 'verify': return answer('verified', 'The tests passed and the release is built.', { digest: call.job.run.sha, files: '412', size_kb: '18340' });
    case 'version': return reserveVersion(call);
    case 'ship': return ship(call);
    case 'rollback': return rollBack(call);
    case 'hold': return call.words[0] === 'delete' ? deleteHold(call) : createHold(call);
    case 'freeze': return freeze(call);
    case 'report': return report(call);
    // The sample team's pipeline has no secret for Slack: Boussole tells it.
    case 'notify': return answer('not_configured', 'Neither SLACK_BOT_TOKEN nor SLACK_WEBHOOK_URL is set: nobody is told.');
    default: return answer('usage', `There is no script ${call.script}.`);
  }
}

function freeze(call: ScriptCall): ScriptAnswer {
  const environment = call.env('ENVIRONMENT');
  const server = serverOf(call.repository, environment);
  if (call.env('ACTION') === 'freeze') {
    server.frozen = { reason: call.env('REASON'), by: call.job.run.actor };
    return answer('frozen_now', `Nothing is published to ${environment} from now on. Rollbacks pass.`);
  }
  const wasFrozen = server.frozen !== undefined;
  delete server.frozen;
  return wasFrozen ? answer('unfrozen', `Deploys are published to ${environment} again.`) : answer('not_frozen', `${environment} is not frozen.`);
}
