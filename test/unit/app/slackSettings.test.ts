import assert from 'node:assert/strict';
import { wordsOf } from '../../support/slackRig.ts';
import { SlackWindow, aJob } from '../../support/slackWindow.ts';

describe('What an environment’s Slack settings decide', () => {
  it('the channel', async () => {
    const window = new SlackWindow({ slack: { channels: { '*': 'deploys', Production: '#crm-staging' } } });
    await window.dispatch();
    assert.deepEqual([window.rig.messages().length, window.rig.messages('crm-staging').length], [0, 1]);
  });

  it('no channel, no message', async () => {
    const window = new SlackWindow({ slack: { channels: { staging: 'deploys' } } });
    await window.dispatch();
    assert.deepEqual([window.rig.requests, window.problems], [[], []]);
  });

  it('which events may start a message; one that stands is brought to its end', async () => {
    const failuresOnly = new SlackWindow({ slack: { events: { '*': ['failure'] } } });
    await failuresOnly.dispatch();
    assert.deepEqual(failuresOnly.headlines, []);
    await failuresOnly.ends('failure');
    assert.deepEqual(failuresOnly.headlines, ['❌ Deploy of v1.4.3 to production failed']);

    const startOnly = new SlackWindow({ slack: { events: { production: ['start'] } } });
    await startOnly.dispatch();
    await startOnly.sees({ jobs: [aJob('Build')] });
    assert.doesNotMatch(wordsOf(startOnly.rig.messages()[0]), /Build/);
    await startOnly.ends('failure');
    assert.deepEqual(startOnly.headlines, ['❌ Deploy of v1.4.3 to production failed']);
  });

  it('whether the workflow speaks for itself', async () => {
    const quiet = new SlackWindow();
    await quiet.dispatch({ workflowPosts: true });
    await quiet.sees({ jobs: [aJob('Build')] });
    await quiet.ends('failure');
    assert.equal(quiet.rig.messages().length, 1);
    assert.match(wordsOf(quiet.rig.messages()[0]), /Deploying `v1\.4\.3`[^]*\*Who\* ana[^]*Why: Invoices[^]*The workflow tells the rest itself/);
    assert.equal(quiet.rig.requests.length, 1);

    const loud = new SlackWindow({ slack: { whenWorkflowPosts: 'never' } });
    await loud.dispatch({ workflowPosts: true });
    await loud.ends('success');
    assert.deepEqual(loud.headlines, ['✅ Deployed v1.4.3 to production']);

    const asked = new SlackWindow({ slack: { whenWorkflowPosts: 'always' } });
    await asked.dispatch({ workflowPosts: false });
    assert.match(wordsOf(asked.rig.messages()[0]), /The workflow tells the rest itself/);
  });

  it('in quiet mode who cancelled is still said, in the same message', async () => {
    const window = new SlackWindow();
    await window.dispatch({ workflowPosts: true });
    window.signal({ type: 'cancelRequested' });
    await window.rest();
    await window.ends('cancelled');
    assert.equal(window.rig.messages().length, 1);
    assert.match(wordsOf(window.rig.messages()[0]), /Cancelled by ana/);
  });
});

describe('Telling Slack by webhook', () => {
  it('says start and end, nothing between', async () => {
    const window = new SlackWindow({ webhook: true });
    await window.dispatch();
    await window.sees({ jobs: [aJob('Build')] });
    await window.sees({ status: 'waiting' });
    await window.ends('success');
    assert.deepEqual(window.headlines, ['🚀 Deploying v1.4.3 to production', '✅ Deployed v1.4.3 to production']);
  });

  it('tells an end that came while no window was open, once', async () => {
    const window = new SlackWindow({ webhook: true });
    await window.dispatch();
    const second = window.reopen(undefined, { webhook: true });
    await second.rest(600_000);
    second.signal({ type: 'looked', observation: { runId: 42, attempt: 1, status: 'completed', conclusion: 'success', updatedAt: second.rig.clock.now() - 500_000, jobs: [], pending: [] } });
    await second.rest();
    const third = second.reopen(undefined, { webhook: true });
    await third.rest();
    assert.deepEqual(third.headlines, ['🚀 Deploying v1.4.3 to production', '✅ Deployed v1.4.3 to production']);
    assert.match(wordsOf(third.rig.messages()[1]), /told late/);
  });
});
