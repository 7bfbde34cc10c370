import assert from 'node:assert/strict';
import { badGatewayAfterEffect, connectionRefused, refusal, silenceAfterEffect, wordsOf } from '../../support/slackRig.ts';
import { settle } from '../../support/virtualClock.ts';
import { SlackWindow, request, aJob, jsonStorage, url } from '../../support/slackWindow.ts';

describe('At most once', () => {
  it('a post of unknown fate is shown as such and never repeated', async () => {
    const window = new SlackWindow();
    window.rig.mischief.push({ path: 'chat.postMessage', act: badGatewayAfterEffect });
    await window.dispatch();
    await window.sees({ jobs: [aJob('Build')] });
    await window.ends('failure', [], 900_000);
    const after = window.reopen();
    await after.rest(900_000);
    assert.deepEqual(window.problems.map(({ kind }) => kind), ['slackUnconfirmed']);
    assert.equal(window.rig.requests.filter((each) => each.endsWith('chat.postMessage')).length, 1);
    assert.equal(window.rig.messages().length, 1);
  });

  it('after a restart in mid-deploy the same message is finished, with the true end', async () => {
    const window = new SlackWindow();
    await window.dispatch();
    await window.sees({ jobs: [aJob('Build')] });
    const endedAt = window.rig.clock.now() + 60_000;
    window.notifier.dispose();
    await window.rest(3_600_000);
    const after = window.reopen([{ key: 'c-1', request, phase: 'queued', seen: { runId: 42, attempt: 1, url, run: undefined, jobs: [], pending: [] } }]);
    await after.rest();
    // Not looked at yet: what the message says stays.
    assert.match(wordsOf(after.rig.messages()[0]), /In progress · `Build`/);
    after.signal({ type: 'looked', observation: { runId: 42, attempt: 1, status: 'completed', conclusion: 'success', updatedAt: endedAt, jobs: [], pending: [] } });
    await after.rest();
    assert.equal(after.rig.messages().length, 1);
    assert.match(wordsOf(after.rig.messages()[0]), new RegExp(`✅ Deployed[^]*Succeeded at <!date\\^${endedAt / 1000}\\^[^]*told late`));
  });

  it('a message whose end was known but not told is finished at the next start, even if nobody follows the run any more', async () => {
    const window = new SlackWindow();
    await window.dispatch();
    for (let times = 0; times < 5; times++) window.rig.mischief.push({ path: 'chat.update', act: connectionRefused });
    await window.ends('success', [], 0);
    const after = window.reopen([]);
    await after.rest(120_000);
    assert.deepEqual(after.headlines, ['✅ Deployed v1.4.3 to production']);
  });

  it('a window that closed in mid-post never sends it again; the doubt is shown', async () => {
    const window = new SlackWindow();
    window.rig.mischief.push({ path: 'chat.postMessage', act: silenceAfterEffect });
    window.track({ key: 'c-1', request, phase: 'dispatching' });
    window.signal({ type: 'answered', answer: { kind: 'started', runId: 42, url, at: 0 } });
    await settle();
    const run = window.run;
    // The window is gone for good: nothing of it may run on, as after a crash.
    const crashed = JSON.parse(JSON.stringify(window.storage.get('slackJournal'))) as unknown;
    const storage = jsonStorage();
    await storage.set('slackJournal', crashed);
    const after = new SlackWindow({ rig: window.rig, storage, restored: [run] });
    await after.ends('success', [], 300_000);
    assert.deepEqual(after.problems.map(({ kind }) => kind), ['slackUnconfirmed']);
    assert.equal(window.rig.messages().length, 1);
    assert.equal(window.rig.requests.filter((each) => each.endsWith('chat.postMessage')).length, 1);
  });

  it('two windows that follow the same deploy post once', async () => {
    const first = new SlackWindow();
    await first.dispatch();
    const second = new SlackWindow({ rig: first.rig, storage: first.storage, restored: [first.run] });
    await second.ends('failure');
    first.track(second.run);
    await first.rest();
    assert.deepEqual(first.rig.messages().map(({ threadTs }) => threadTs === undefined), [true, false]);
  });

  it('a window that picks up a deploy that Slack was never told of says nothing', async () => {
    const seen = { runId: 42, attempt: 1, url, run: undefined, jobs: [], pending: [] };
    const window = new SlackWindow({ restored: [{ key: 'c-1', request, phase: 'inProgress', seen }] });
    await window.ends('success');
    assert.deepEqual(window.rig.requests, []);
  });
});

describe('Slack’s troubles', () => {
  it('are shown once per deploy, and mended as soon as they are mended', async () => {
    const window = new SlackWindow({ slack: { channels: { '*': 'general' } } });
    await window.dispatch();
    await window.sees({ jobs: [aJob('Build')] });
    assert.deepEqual(window.problems.map(({ kind, values }) => [kind, values['bot']]), [['slackNotInChannel', 'boussole']]);
    const general = window.rig.world.workspace.channel('general') ?? assert.fail();
    general.isMember = true;
    await window.ends('success');
    assert.equal(window.rig.messages('general').length, 1);
  });

  it('of the network are tried again later', async () => {
    const window = new SlackWindow();
    await window.dispatch();
    for (let times = 0; times < 7; times++) window.rig.mischief.push({ path: 'chat.update', act: connectionRefused });
    await window.ends('success', [], 400_000);
    assert.deepEqual(window.headlines, ['✅ Deployed v1.4.3 to production']);
    assert.deepEqual(window.problems.map(({ kind }) => kind), ['slackUnreachable']);
  });

  it('never go back to an older state when they are tried again', async () => {
    const window = new SlackWindow();
    await window.dispatch();
    for (let times = 0; times < 5; times++) window.rig.mischief.push({ path: 'chat.update', act: connectionRefused });
    await window.sees({ jobs: [aJob('Build')] }, 53_000);
    await window.ends('success', [], 600_000);
    assert.deepEqual(window.headlines, ['✅ Deployed v1.4.3 to production']);
  });

  it('end the edits of a message that somebody deleted', async () => {
    const window = new SlackWindow();
    await window.dispatch();
    window.rig.mischief.push({ path: 'chat.update', act: refusal('message_not_found') });
    await window.sees({ jobs: [aJob('Build')] });
    await window.ends('failure', [], 600_000);
    assert.equal(window.rig.requests.length, 2);
    assert.deepEqual(window.problems.map(({ kind }) => kind), ['slackRefused']);
  });

  it('leave nothing running after dispose', async () => {
    const window = new SlackWindow();
    await window.dispatch();
    for (let times = 0; times < 5; times++) window.rig.mischief.push({ path: 'chat.update', act: connectionRefused });
    await window.sees({ jobs: [aJob('Build')] }, 60_000);
    assert.equal(window.rig.clock.waiting, 1);
    window.notifier.dispose();
    window.notifier.dispose();
    assert.equal(window.rig.clock.waiting, 0);
  });

  it('keep token and reason out of the log', async () => {
    const window = new SlackWindow();
    window.rig.mischief.push({ path: 'chat.postMessage', act: badGatewayAfterEffect });
    await window.dispatch();
    assert.match(window.rig.logged.join('\n'), /slackUnconfirmed/);
    assert.doesNotMatch(window.rig.logged.join('\n'), /xoxb|Invoices/);
  });
});
