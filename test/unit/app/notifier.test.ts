import assert from 'node:assert/strict';
import type { DeployRequest } from '../../../src/core/deployRequest.ts';
import type { TrackedRun } from '../../../src/core/trackedRun.ts';
import { aRun, aTarget } from '../../support/build.ts';
import { aFacts, anEnvironment, aState } from '../../support/screen.ts';
import { wordsOf } from '../../support/slackRig.ts';
import { SlackWindow, request, aJob, url } from '../../support/slackWindow.ts';

describe('Telling Slack with a bot token', () => {
  it('edits one message from start to success', async () => {
    const window = new SlackWindow();
    await window.dispatch();
    assert.deepEqual(window.headlines, ['🚀 Deploying v1.4.3 to production']);
    await window.sees({ jobs: [aJob('Build')] });
    assert.match(wordsOf(window.rig.messages()[0]), /In progress · `Build`/);
    await window.sees({ jobs: [aJob('Restart')] });
    assert.match(wordsOf(window.rig.messages()[0]), /In progress · `Restart`/);
    await window.ends('success', [aJob('Restart', 'success')]);
    assert.deepEqual(window.headlines, ['✅ Deployed v1.4.3 to production']);
    assert.match(wordsOf(window.rig.messages()[0]), /\*Users see now\*\n`v1\.4\.3`/);
    assert.deepEqual(window.problems, []);
  });

  it('prints a mention in the reason as text', async () => {
    const window = new SlackWindow();
    await window.dispatch();
    assert.match(wordsOf(window.rig.messages()[0]), /Why: Invoices &lt;!channel&gt; were sent twice/);
  });

  it('says nothing before GitHub has shown the run', async () => {
    const window = new SlackWindow();
    window.track({ key: 'c-1', request, phase: 'dispatching' });
    window.signal({ type: 'answered', answer: { kind: 'unconfirmed', sentAt: 0, reason: '502' } });
    await window.rest();
    window.signal({ type: 'searchExhausted', at: 60_000 });
    await window.rest();
    assert.deepEqual(window.headlines, []);
  });

  it('asks for approval in the thread, once', async () => {
    const window = new SlackWindow();
    await window.dispatch();
    const pending = [{ environmentId: 1, environment: 'production', canApprove: false, reviewers: ['ben'] }];
    await window.sees({ status: 'waiting', pending });
    await window.sees({ status: 'inProgress' });
    await window.sees({ status: 'waiting', pending });
    assert.equal(window.rig.messages().length, 2);
    const [message, reply] = window.rig.messages();
    assert.match(wordsOf(message), /^✋ Deploy of v1\.4\.3 to production waits for approval\n[^]*Waiting for approval: ben/);
    assert.equal(reply?.threadTs, message?.ts);
    assert.match(wordsOf(reply), /Approval needed.*ben/);
  });

  it('answers a failure in the thread with the step and what users still see', async () => {
    const window = new SlackWindow();
    await window.dispatch();
    await window.ends('failure', [aJob('Smoke test', 'failure')]);
    const [message, reply] = window.rig.messages();
    assert.match(wordsOf(message), /^❌ Deploy of v1\.4\.3 to production failed\n[^]*Failed at `Smoke test`[^]*\*Users see now\*\n`v1\.4\.2`/);
    assert.match(wordsOf(reply), /\*Failed\* at `Smoke test`: `v1\.4\.3` to `production`\. Users see `v1\.4\.2` now\./);
    assert.deepEqual([reply?.threadTs, window.rig.messages().length], [message?.ts, 2]);
  });

  it('names who cancelled', async () => {
    const window = new SlackWindow();
    await window.dispatch();
    window.store.update((state) => ({
      ...state,
      facts: aFacts({ viewer: 'ben' }),
    }));
    window.signal({ type: 'cancelRequested' });
    await window.rest();
    await window.ends('cancelled');
    assert.match(wordsOf(window.rig.messages()[0]), /^🚫 Deploy of v1\.4\.3 to production was cancelled\n[^]*Cancelled by ben/);
  });

  it('names nobody when GitHub refused to cancel and it was cancelled elsewhere later', async () => {
    const window = new SlackWindow();
    await window.dispatch();
    window.signal({ type: 'cancelRequested' });
    await window.rest();
    window.signal({ type: 'cancelRefused' });
    await window.rest();
    await window.ends('cancelled');
    assert.doesNotMatch(wordsOf(window.rig.messages()[0]), /Cancelled by/);
  });

  it('keeps in mind over a restart who cancelled', async () => {
    const window = new SlackWindow();
    await window.dispatch();
    window.signal({ type: 'cancelRequested' });
    await window.rest();
    const after = window.reopen([{ key: 'c-1', request: { ...request, actor: 'cleo' }, phase: 'cancelling', seen: { runId: 42, attempt: 1, url, run: undefined, jobs: [], pending: [] } }]);
    await after.ends('cancelled');
    assert.match(wordsOf(after.rig.messages()[0]), /Cancelled by ana/);
  });

  it('tells of a teammate’s deploy that is cancelled here, and of nothing else of it', async () => {
    const window = new SlackWindow();
    window.store.update(() => aState({ facts: aFacts({ viewer: 'ana' }), environments: [anEnvironment({ target: aTarget({ environment: 'production' }), history: [] })] }));
    const run = aRun({ id: 42, title: 'Deploy v1.4.4 to production', actor: 'ben', status: 'inProgress' });
    const theirs: TrackedRun = { key: 'run:42', request: undefined, phase: 'inProgress', seen: { runId: 42, attempt: run.attempt, url, run, jobs: [], pending: [] } };
    window.track(theirs);
    await window.rest();
    window.signal({ type: 'cancelRequested' });
    await window.rest();
    assert.deepEqual(window.headlines, []);
    await window.ends('cancelled');
    assert.match(wordsOf(window.rig.messages()[0]), /^🚫 Deploy of .* to production was cancelled\n[^]*\*Who\*\nben\n[^]*Cancelled by ana\n[^]*from ana’s editor/);
    assert.equal(window.rig.messages().length, 1);
  });

  it('does not claim to know who cancelled elsewhere', async () => {
    const window = new SlackWindow();
    await window.dispatch();
    await window.ends('cancelled');
    assert.doesNotMatch(wordsOf(window.rig.messages()[0]), /Cancelled by/);
  });

  it('follows a re-run of the same run in the same message', async () => {
    const window = new SlackWindow();
    await window.dispatch();
    await window.ends('failure');
    await window.sees({ attempt: 2, status: 'inProgress' });
    assert.match(window.headlines[0] ?? '', /🚀/);
    await window.sees({ attempt: 2, status: 'completed', conclusion: 'success' });
    assert.match(window.headlines[0] ?? '', /✅/);
    assert.equal(window.rig.messages().length, 2);
  });

  it('tells of a re-run that was asked for here as a deploy of its own', async () => {
    const window = new SlackWindow();
    await window.dispatch();
    await window.ends('failure');
    const again: DeployRequest = { ...request, correlationId: 'c-2', kind: 'rerun', actor: 'ben', requestedAt: window.rig.clock.now() };
    window.track({ key: 'c-1', request: again, phase: 'queued', seen: { runId: 42, attempt: 2, url, run: undefined, jobs: [], pending: [] } });
    await window.rest();
    await window.sees({ attempt: 2, status: 'completed', conclusion: 'success' });
    assert.deepEqual(window.headlines.filter((_, index) => index !== 1), ['❌ Deploy of v1.4.3 to production failed', '✅ Deployed v1.4.3 to production']);
    assert.match(wordsOf(window.rig.messages()[2]), /\*Who\*\nben/);
  });

  it('keeps what was said of the end when more becomes known later', async () => {
    const window = new SlackWindow();
    await window.dispatch();
    await window.ends('success', [], 600_000);
    const said = wordsOf(window.rig.messages()[0]);
    window.track({ ...window.run });
    await window.rest();
    assert.equal(wordsOf(window.rig.messages()[0]), said);
    assert.doesNotMatch(said, /told late/);
  });

  it('leaves out states that passed while Slack was busy', async () => {
    const window = new SlackWindow();
    window.track({ key: 'c-1', request, phase: 'dispatching' });
    window.signal({ type: 'answered', answer: { kind: 'started', runId: 42, url, at: 0 } });
    for (const step of ['Build', 'Test', 'Upload']) await window.sees({ jobs: [aJob(step)] }, 0);
    await window.ends('success');
    assert.ok(window.rig.requests.filter((each) => each.endsWith('chat.update')).length <= 2);
    assert.deepEqual(window.headlines, ['✅ Deployed v1.4.3 to production']);
  });

  it('says that it lost sight of a run', async () => {
    const window = new SlackWindow();
    await window.dispatch();
    window.signal({ type: 'lostSight', reason: 'gone' });
    await window.rest();
    assert.deepEqual(window.headlines, ['❔ Deploy of v1.4.3 to production: outcome unknown']);
  });

  it('leaves runs that others started alone', async () => {
    const window = new SlackWindow();
    window.track({ key: 'r-42', request: undefined, phase: 'inProgress', seen: { runId: 42, attempt: 1, url, run: undefined, jobs: [], pending: [] } });
    await window.rest();
    assert.deepEqual(window.rig.requests, []);
  });

  it('is silent until Slack is connected', async () => {
    const window = new SlackWindow();
    window.slack = undefined;
    await window.dispatch();
    await window.ends('success');
    assert.deepEqual([window.rig.requests, window.storage.get('slackJournal')], [[], undefined]);
  });
});
