import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { DeployEvent } from '../../../src/core/deployEvent.ts';
import { DeployError } from '../../../src/core/deployError.ts';
import type { NotificationLevel } from '../../../src/core/settings.ts';
import type { TrackedRun } from '../../../src/core/trackedRun.ts';
import { recentlyEnded } from '../../../src/views/ended.ts';
import { toastFor } from '../../../src/views/toastFor.ts';
import { aRequest, aRun, aTarget, minutes, sha } from '../../support/build.ts';
import { aLive, anEnvironment, aReader, aState } from '../../support/screen.ts';
import { plainSettings } from '../../support/shownSession.ts';

const version = { label: 'v1.5.0', kind: 'release', ref: 'v1.5.0', sha: sha('150') } as const;
const pending = [{ environmentId: 1, environment: 'production', canApprove: true, reviewers: ['ana'] }];
const seen = { runId: 700, attempt: 1, url: 'https://github.com/lumen/crm/actions/runs/700', run: aRun({ id: 700, startedAt: minutes(118) }), jobs: [], pending: [] };
const mine = { key: 'k', request: aRequest({ version }) };
const theirs = { key: 't', request: undefined };
const ended = { phase: 'completed', seen, completedAt: minutes(120) } as const;

function toast(type: DeployEvent['type'], run: TrackedRun, notifications: Record<string, NotificationLevel> = {}) {
  const state = aState({ environments: [anEnvironment({ target: aTarget(), history: [aLive('v1.4.2', '142')] })], tracked: [run] });
  return toastFor({ type, run }, state, { ...plainSettings, notifications }, aReader());
}

function line(type: DeployEvent['type'], run: TrackedRun): string {
  const said = toast(type, run);
  return said ? `${said.severity}: ${said.message} [${said.actions.map(({ title }) => title).join(' | ')}]` : 'nothing';
}

const ending = (own: boolean, conclusion: 'success' | 'failure'): TrackedRun => ({ ...(own ? mine : theirs), ...ended, conclusion });

const waiting = (canApprove: boolean): TrackedRun => ({ ...theirs, phase: 'waiting', seen: { ...seen, pending: pending.map((one) => ({ ...one, canApprove })) } });

const heard = (notifications: Record<string, NotificationLevel>) =>
  [ending(true, 'success'), ending(true, 'failure'), ending(false, 'success'), ending(false, 'failure')].map(
    (one) => toast(one.phase === 'completed' && one.conclusion === 'success' ? 'succeeded' : 'failed', one, notifications) !== undefined,
  );

const retry = (conclusion: 'failure' | 'startupFailure') => toast('failed', { ...mine, ...ended, conclusion })?.actions.find(({ title }) => title === 'Retry')?.command;

const mending = (error: DeployError, kind: 'deploy' | 'rollback' = 'deploy') =>
  toast('rejected', { key: 'k', request: aRequest({ version, kind }), phase: 'rejected', error })?.actions.map(({ title, command }) => `${title} ${command}`);

describe('notifications', () => {
  it('say what happened to one’s own deploy and what can be done next', () => {
    const lost = new DeployError('forbidden', '{who} may not.', { values: { who: 'camille' } });
    assert.deepEqual(
      [
        line('dispatched', { ...mine, phase: 'dispatching' }),
        line('waiting', { ...mine, phase: 'waiting', seen: { ...seen, pending } }),
        line('succeeded', { ...mine, ...ended, conclusion: 'success' }),
        line('failed', { ...mine, ...ended, conclusion: 'failure' }),
        line('cancelled', { ...mine, ...ended, conclusion: 'cancelled' }),
        line('rejected', { ...mine, phase: 'rejected', error: lost }),
        line('unconfirmed', { ...mine, phase: 'unconfirmed', since: 0, reason: '' }),
        line('notSeen', { ...mine, phase: 'notSeen', since: 0 }),
        line('failed', { ...mine, request: aRequest({ version, kind: 'rollback' }), ...ended, conclusion: 'failure' }),
      ],
      [
        'nothing',
        'information: v1.5.0 waits for the approval of ana before it goes to production. [Approve or Reject… | Open Run]',
        'information: v1.5.0 is live in production. It took 2m. [Open Run | Roll Back…]',
        'error: The deploy of v1.5.0 to production failed. v1.4.2 is the last one that succeeded. [Open Log | Roll Back… | Retry]',
        'warning: The deploy of v1.5.0 to production was cancelled. v1.4.2 is the last one that succeeded. [Open Log | Re-Run]',
        'error: v1.5.0 was not deployed to production: camille may not. [Deploy Again… | Show Log]',
        'warning: GitHub did not confirm the deploy of v1.5.0 to production. Its run is being looked for; nothing is sent twice. [Show Runs]',
        'warning: No run appeared for the deploy of v1.5.0 to production. Look on GitHub before you try again. [Show Runs]',
        'error: The rollback of production to v1.5.0 failed. v1.4.2 is the last one that succeeded. [Open Log | Roll Back… | Retry]',
      ],
    );
  });

  it('carry what their commands need', () => {
    const said = toast('failed', { ...mine, ...ended, conclusion: 'failure' });
    assert.deepEqual(said?.actions[1], {
      title: 'Roll Back…',
      command: 'boussole.rollBack',
      argument: { repositoryKey: 'github.com/lumen/crm', trackedKey: 'k', environment: 'production', runId: 700, url: seen.url },
    });
  });

  it('retry the whole run where not even a job was started', () => {
    assert.deepEqual([retry('failure'), retry('startupFailure')], ['boussole.rerunFailed', 'boussole.rerun']);
  });

  it('offer what mends a refusal', () => {
    assert.deepEqual(mending(new DeployError('samlRequired', 'No.', { actions: ['authorizeSaml', 'useToken'] })), [
      'Authorize boussole.signIn', 'Deploy Again… boussole.deploy', 'Show Log boussole.showLog',
    ]);
    assert.deepEqual(mending(new DeployError('workflowDisabled', 'No.', { actions: ['openOnGitHub'] }), 'rollback'), [
      'Open on GitHub boussole.openOnGitHub', 'Roll Back… boussole.rollBack', 'Show Log boussole.showLog',
    ]);
  });

  it('are limited to one’s own, to failures, or to none, for each environment and ignoring case', () => {
    assert.deepEqual(heard({}), [true, true, false, false]);
    assert.deepEqual(heard({ '*': 'all' }), [true, true, true, true]);
    assert.deepEqual(heard({ '*': 'all', Production: 'failures' }), [false, true, false, true]);
    assert.deepEqual(heard({ production: 'none' }), [false, false, false, false]);
  });

  it('name the teammate, and ask for an approval only from who can give it', () => {
    assert.equal(toast('waiting', waiting(true), { '*': 'all' })?.message, 'ana asks for approval to deploy aaa0000 to production.');
    assert.equal(toast('waiting', waiting(false), { '*': 'all' }), undefined);
  });

  it('never call a dry run a deploy', () => {
    const dry = { key: 'k', request: aRequest({ version, inputs: { dry_run: 'true' } }), ...ended };
    assert.deepEqual(
      [line('succeeded', { ...dry, conclusion: 'success' }), line('failed', { ...dry, conclusion: 'failure' }), line('cancelled', { ...dry, conclusion: 'cancelled' })],
      [
        'information: The dry run of production succeeded: the server is ready for deploys. [Open Run]',
        'error: The dry run of production failed. Nothing was changed. [Open Log | Open Run]',
        'warning: The dry run of production was cancelled. Nothing was changed. [Open Run]',
      ],
    );
    const refused = { key: 'k', request: dry.request, phase: 'rejected', error: new DeployError('inputRejected', 'No.') } as const;
    assert.equal(toast('rejected', refused), undefined, 'the command says it');
    assert.ok(toast('rejected', { ...refused, request: aRequest({ version }) }));
    const asked = toast('waiting', { ...waiting(true), request: aRequest({ version, inputs: { dry_run: 'true' } }) });
    assert.deepEqual([asked?.message, asked?.actions.map(({ title }) => title)], ['The dry run of production waits for the approval of ana. It changes nothing.', ['Approve or Reject…', 'Open Run']]);
    assert.deepEqual(recentlyEnded(aState({ tracked: [{ ...dry, conclusion: 'success' }] }), minutes(120)), []);
    assert.equal(recentlyEnded(aState({ tracked: [{ ...dry, request: aRequest({ version }), conclusion: 'success' }] }), minutes(120)).length, 1);
  });
});
