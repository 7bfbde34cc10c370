import assert from 'node:assert/strict';
import { DeployStore } from '../../../src/app/deployStore.ts';
import { Notifier } from '../../../src/app/notifier.ts';
import type { DeployError } from '../../../src/core/deployError.ts';
import type { DeployRequest } from '../../../src/core/deployRequest.ts';
import { gitHubDotCom } from '../../../src/core/gitHubHost.ts';
import type { Settings } from '../../../src/core/settings.ts';
import type { Slack } from '../../../src/core/slack.ts';
import type { Storage } from '../../../src/core/storage.ts';
import type { RunSignal, TrackedRun } from '../../../src/core/trackedRun.ts';
import { transition } from '../../../src/core/transition.ts';
import type { Job, RunObservation } from '../../../src/core/workflowRun.ts';
import { aRun, aTarget } from '../../support/build.ts';
import { aFacts, anEnvironment, aState } from '../../support/screen.ts';
import { badGatewayAfterEffect, connectionRefused, refusal, silenceAfterEffect, slackRig, WEBHOOK_URL, wordsOf, type SlackRig } from '../../support/slackRig.ts';
import { settle } from '../../support/virtualClock.ts';

const repository = { host: gitHubDotCom, owner: 'lumen', name: 'crm' };
const url = 'https://github.com/lumen/crm/actions/runs/42';

/** A window of the editor with its store, on a Slack that outlives it. */
class Window {
  readonly rig: SlackRig;
  readonly storage: Storage;
  readonly store = new DeployStore(repository);
  readonly problems: DeployError[] = [];
  readonly notifier: Notifier;
  slack: Slack | undefined;
  settings: Settings;

  constructor({ rig = slackRig(), storage = jsonStorage(), webhook = false, restored = [], slack = {} }: { rig?: SlackRig; storage?: Storage; webhook?: boolean; restored?: readonly TrackedRun[]; slack?: Partial<Settings['slack']> } = {}) {
    this.rig = rig;
    this.storage = storage;
    this.slack = rig.connect(webhook ? { kind: 'webhook', url: WEBHOOK_URL } : undefined);
    this.settings = {
      environments: {},
      stagingEnvironment: undefined,
      productionEnvironment: undefined,
      notifications: {},
      backgroundRefresh: true,
      slack: { whenWorkflowPosts: 'auto', channels: { '*': 'deploys' }, events: {}, ...slack },
    };
    this.store.update((state) => ({ ...state, tracked: restored }));
    this.notifier = new Notifier({
      store: this.store,
      slack: async () => this.slack,
      settings: () => this.settings,
      storage,
      clock: rig.clock,
      log: rig.log,
      onProblem: (error) => void this.problems.push(error),
    });
  }

  get run(): TrackedRun {
    return this.store.state.tracked[0] ?? assert.fail('no run');
  }

  /** Sends a deploy and finds its run. */
  async dispatch(change: Partial<DeployRequest> = {}): Promise<void> {
    this.track({ key: 'c-1', request: { ...request, requestedAt: this.rig.clock.now(), ...change }, phase: 'dispatching' });
    this.signal({ type: 'answered', answer: { kind: 'started', runId: 42, url, at: this.rig.clock.now() } });
    await this.rest();
  }

  /** Time passes in small steps, so that what waits for storage and network before it waits for time gets its turn. */
  async rest(ms = 5000): Promise<void> {
    for (let left = ms; left > 0; left -= 1000) await this.rig.clock.advance(Math.min(left, 1000));
    await this.rig.clock.advance(0);
  }

  track(run: TrackedRun): void {
    this.store.update((state) => ({ ...state, tracked: [...state.tracked.filter(({ key }) => key !== run.key), run] }));
  }

  signal(signal: RunSignal): void {
    this.track(transition(this.run, signal));
  }

  /** GitHub shows the run so; time passes until Slack has it. */
  async sees(change: Partial<RunObservation>, forMs = 5000): Promise<void> {
    this.signal({ type: 'looked', observation: { runId: 42, attempt: 1, status: 'inProgress', conclusion: undefined, updatedAt: this.rig.clock.now(), jobs: [], pending: [], ...change } });
    await this.rest(forMs);
  }

  async ends(conclusion: 'success' | 'failure' | 'cancelled', jobs: readonly Job[] = [], forMs = 5000): Promise<void> {
    await this.sees({ status: 'completed', conclusion, jobs }, forMs);
  }

  /** The window closes; another one opens in which the run is picked up again. */
  reopen(restored: readonly TrackedRun[] = [this.run], more: { webhook?: boolean } = {}): Window {
    this.notifier.dispose();
    return new Window({ rig: this.rig, storage: this.storage, restored, ...more });
  }

  get headlines(): readonly string[] {
    return this.rig.messages().map((message) => wordsOf(message).split('\n')[0] ?? '');
  }
}

const request: DeployRequest = {
  correlationId: 'c-1',
  kind: 'deploy',
  repository,
  environment: 'production',
  isProduction: true,
  version: { label: 'v1.4.3', kind: 'release', ref: 'v1.4.3', sha: 'b'.repeat(40) },
  replaces: { label: 'v1.4.2', sha: 'a'.repeat(40) },
  workflow: '.github/workflows/deploy.yml',
  ref: 'main',
  inputs: {},
  reason: 'Invoices <!channel> were sent twice',
  actor: 'ana',
  requestedAt: 0,
  workflowPosts: false,
  expectedMs: undefined,
};

function aJob(step: string, conclusion?: 'success' | 'failure', at = Date.UTC(2026, 8, 14, 9)): Job {
  const status = conclusion ? 'completed' : 'inProgress';
  const common = { status, conclusion, startedAt: at, completedAt: conclusion ? at + 60_000 : undefined } as const;
  return { id: 1, runId: 42, name: 'deploy', url: undefined, ...common, steps: [{ number: 1, name: step, ...common }] };
}

/** What VS Code's state does: values are copied as JSON, and the write ends later. */
function jsonStorage(): Storage {
  const values = new Map<string, string>();
  return {
    get: ((key: string) => (values.has(key) ? (JSON.parse(values.get(key) ?? '') as unknown) : undefined)) as Storage['get'],
    set: async (key, value) => {
      values.set(key, JSON.stringify(value));
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe('Telling Slack with a bot token', () => {
  it('edits one message from start to success', async () => {
    const window = new Window();
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
    const window = new Window();
    await window.dispatch();
    assert.match(wordsOf(window.rig.messages()[0]), /Why: Invoices &lt;!channel&gt; were sent twice/);
  });

  it('says nothing before GitHub has shown the run', async () => {
    const window = new Window();
    window.track({ key: 'c-1', request, phase: 'dispatching' });
    window.signal({ type: 'answered', answer: { kind: 'unconfirmed', sentAt: 0, reason: '502' } });
    await window.rest();
    window.signal({ type: 'searchExhausted', at: 60_000 });
    await window.rest();
    assert.deepEqual(window.headlines, []);
  });

  it('asks for approval in the thread, once', async () => {
    const window = new Window();
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
    const window = new Window();
    await window.dispatch();
    await window.ends('failure', [aJob('Smoke test', 'failure')]);
    const [message, reply] = window.rig.messages();
    assert.match(wordsOf(message), /^❌ Deploy of v1\.4\.3 to production failed\n[^]*Failed at `Smoke test`[^]*\*Users see now\*\n`v1\.4\.2`/);
    assert.match(wordsOf(reply), /\*Failed\* at `Smoke test`: `v1\.4\.3` to `production`\. Users see `v1\.4\.2` now\./);
    assert.deepEqual([reply?.threadTs, window.rig.messages().length], [message?.ts, 2]);
  });

  it('names who cancelled', async () => {
    const window = new Window();
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
    const window = new Window();
    await window.dispatch();
    window.signal({ type: 'cancelRequested' });
    await window.rest();
    window.signal({ type: 'cancelRefused' });
    await window.rest();
    await window.ends('cancelled');
    assert.doesNotMatch(wordsOf(window.rig.messages()[0]), /Cancelled by/);
  });

  it('keeps in mind over a restart who cancelled', async () => {
    const window = new Window();
    await window.dispatch();
    window.signal({ type: 'cancelRequested' });
    await window.rest();
    const after = window.reopen([{ key: 'c-1', request: { ...request, actor: 'cleo' }, phase: 'cancelling', seen: { runId: 42, attempt: 1, url, run: undefined, jobs: [], pending: [] } }]);
    await after.ends('cancelled');
    assert.match(wordsOf(after.rig.messages()[0]), /Cancelled by ana/);
  });

  it('tells of a teammate’s deploy that is cancelled here, and of nothing else of it', async () => {
    const window = new Window();
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
    const window = new Window();
    await window.dispatch();
    await window.ends('cancelled');
    assert.doesNotMatch(wordsOf(window.rig.messages()[0]), /Cancelled by/);
  });

  it('follows a re-run of the same run in the same message', async () => {
    const window = new Window();
    await window.dispatch();
    await window.ends('failure');
    await window.sees({ attempt: 2, status: 'inProgress' });
    assert.match(window.headlines[0] ?? '', /🚀/);
    await window.sees({ attempt: 2, status: 'completed', conclusion: 'success' });
    assert.match(window.headlines[0] ?? '', /✅/);
    assert.equal(window.rig.messages().length, 2);
  });

  it('tells of a re-run that was asked for here as a deploy of its own', async () => {
    const window = new Window();
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
    const window = new Window();
    await window.dispatch();
    await window.ends('success', [], 600_000);
    const said = wordsOf(window.rig.messages()[0]);
    window.track({ ...window.run });
    await window.rest();
    assert.equal(wordsOf(window.rig.messages()[0]), said);
    assert.doesNotMatch(said, /told late/);
  });

  it('leaves out states that passed while Slack was busy', async () => {
    const window = new Window();
    window.track({ key: 'c-1', request, phase: 'dispatching' });
    window.signal({ type: 'answered', answer: { kind: 'started', runId: 42, url, at: 0 } });
    for (const step of ['Build', 'Test', 'Upload']) await window.sees({ jobs: [aJob(step)] }, 0);
    await window.ends('success');
    assert.ok(window.rig.requests.filter((each) => each.endsWith('chat.update')).length <= 2);
    assert.deepEqual(window.headlines, ['✅ Deployed v1.4.3 to production']);
  });

  it('says that it lost sight of a run', async () => {
    const window = new Window();
    await window.dispatch();
    window.signal({ type: 'lostSight', reason: 'gone' });
    await window.rest();
    assert.deepEqual(window.headlines, ['❔ Deploy of v1.4.3 to production: outcome unknown']);
  });

  it('leaves runs that others started alone', async () => {
    const window = new Window();
    window.track({ key: 'r-42', request: undefined, phase: 'inProgress', seen: { runId: 42, attempt: 1, url, run: undefined, jobs: [], pending: [] } });
    await window.rest();
    assert.deepEqual(window.rig.requests, []);
  });

  it('is silent until Slack is connected', async () => {
    const window = new Window();
    window.slack = undefined;
    await window.dispatch();
    await window.ends('success');
    assert.deepEqual([window.rig.requests, window.storage.get('slackJournal')], [[], undefined]);
  });
});

describe('What an environment’s Slack settings decide', () => {
  it('the channel', async () => {
    const window = new Window({ slack: { channels: { '*': 'deploys', Production: '#crm-staging' } } });
    await window.dispatch();
    assert.deepEqual([window.rig.messages().length, window.rig.messages('crm-staging').length], [0, 1]);
  });

  it('no channel, no message', async () => {
    const window = new Window({ slack: { channels: { staging: 'deploys' } } });
    await window.dispatch();
    assert.deepEqual([window.rig.requests, window.problems], [[], []]);
  });

  it('which events may start a message; one that stands is brought to its end', async () => {
    const failuresOnly = new Window({ slack: { events: { '*': ['failure'] } } });
    await failuresOnly.dispatch();
    assert.deepEqual(failuresOnly.headlines, []);
    await failuresOnly.ends('failure');
    assert.deepEqual(failuresOnly.headlines, ['❌ Deploy of v1.4.3 to production failed']);

    const startOnly = new Window({ slack: { events: { production: ['start'] } } });
    await startOnly.dispatch();
    await startOnly.sees({ jobs: [aJob('Build')] });
    assert.doesNotMatch(wordsOf(startOnly.rig.messages()[0]), /Build/);
    await startOnly.ends('failure');
    assert.deepEqual(startOnly.headlines, ['❌ Deploy of v1.4.3 to production failed']);
  });

  it('whether the workflow speaks for itself', async () => {
    const quiet = new Window();
    await quiet.dispatch({ workflowPosts: true });
    await quiet.sees({ jobs: [aJob('Build')] });
    await quiet.ends('failure');
    assert.equal(quiet.rig.messages().length, 1);
    assert.match(wordsOf(quiet.rig.messages()[0]), /Deploying `v1\.4\.3`[^]*\*Who\* ana[^]*Why: Invoices[^]*The workflow tells the rest itself/);
    assert.equal(quiet.rig.requests.length, 1);

    const loud = new Window({ slack: { whenWorkflowPosts: 'never' } });
    await loud.dispatch({ workflowPosts: true });
    await loud.ends('success');
    assert.deepEqual(loud.headlines, ['✅ Deployed v1.4.3 to production']);

    const asked = new Window({ slack: { whenWorkflowPosts: 'always' } });
    await asked.dispatch({ workflowPosts: false });
    assert.match(wordsOf(asked.rig.messages()[0]), /The workflow tells the rest itself/);
  });

  it('in quiet mode who cancelled is still said, in the same message', async () => {
    const window = new Window();
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
    const window = new Window({ webhook: true });
    await window.dispatch();
    await window.sees({ jobs: [aJob('Build')] });
    await window.sees({ status: 'waiting' });
    await window.ends('success');
    assert.deepEqual(window.headlines, ['🚀 Deploying v1.4.3 to production', '✅ Deployed v1.4.3 to production']);
  });

  it('tells an end that came while no window was open, once', async () => {
    const window = new Window({ webhook: true });
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

describe('At most once', () => {
  it('a post of unknown fate is shown as such and never repeated', async () => {
    const window = new Window();
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
    const window = new Window();
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
    const window = new Window();
    await window.dispatch();
    for (let times = 0; times < 5; times++) window.rig.mischief.push({ path: 'chat.update', act: connectionRefused });
    await window.ends('success', [], 0);
    const after = window.reopen([]);
    await after.rest(120_000);
    assert.deepEqual(after.headlines, ['✅ Deployed v1.4.3 to production']);
  });

  it('a window that closed in mid-post never sends it again; the doubt is shown', async () => {
    const window = new Window();
    window.rig.mischief.push({ path: 'chat.postMessage', act: silenceAfterEffect });
    window.track({ key: 'c-1', request, phase: 'dispatching' });
    window.signal({ type: 'answered', answer: { kind: 'started', runId: 42, url, at: 0 } });
    await settle();
    const run = window.run;
    // The window is gone for good: nothing of it may run on, as after a crash.
    const crashed = JSON.parse(JSON.stringify(window.storage.get('slackJournal'))) as unknown;
    const storage = jsonStorage();
    await storage.set('slackJournal', crashed);
    const after = new Window({ rig: window.rig, storage, restored: [run] });
    await after.ends('success', [], 300_000);
    assert.deepEqual(after.problems.map(({ kind }) => kind), ['slackUnconfirmed']);
    assert.equal(window.rig.messages().length, 1);
    assert.equal(window.rig.requests.filter((each) => each.endsWith('chat.postMessage')).length, 1);
  });

  it('two windows that follow the same deploy post once', async () => {
    const first = new Window();
    await first.dispatch();
    const second = new Window({ rig: first.rig, storage: first.storage, restored: [first.run] });
    await second.ends('failure');
    first.track(second.run);
    await first.rest();
    assert.deepEqual(first.rig.messages().map(({ threadTs }) => threadTs === undefined), [true, false]);
  });

  it('a window that picks up a deploy that Slack was never told of says nothing', async () => {
    const seen = { runId: 42, attempt: 1, url, run: undefined, jobs: [], pending: [] };
    const window = new Window({ restored: [{ key: 'c-1', request, phase: 'inProgress', seen }] });
    await window.ends('success');
    assert.deepEqual(window.rig.requests, []);
  });
});

describe('Slack’s troubles', () => {
  it('are shown once per deploy, and mended as soon as they are mended', async () => {
    const window = new Window({ slack: { channels: { '*': 'general' } } });
    await window.dispatch();
    await window.sees({ jobs: [aJob('Build')] });
    assert.deepEqual(window.problems.map(({ kind, values }) => [kind, values['bot']]), [['slackNotInChannel', 'boussole']]);
    const general = window.rig.world.workspace.channel('general') ?? assert.fail();
    general.isMember = true;
    await window.ends('success');
    assert.equal(window.rig.messages('general').length, 1);
  });

  it('of the network are tried again later', async () => {
    const window = new Window();
    await window.dispatch();
    for (let times = 0; times < 7; times++) window.rig.mischief.push({ path: 'chat.update', act: connectionRefused });
    await window.ends('success', [], 400_000);
    assert.deepEqual(window.headlines, ['✅ Deployed v1.4.3 to production']);
    assert.deepEqual(window.problems.map(({ kind }) => kind), ['slackUnreachable']);
  });

  it('never go back to an older state when they are tried again', async () => {
    const window = new Window();
    await window.dispatch();
    for (let times = 0; times < 5; times++) window.rig.mischief.push({ path: 'chat.update', act: connectionRefused });
    await window.sees({ jobs: [aJob('Build')] }, 53_000);
    await window.ends('success', [], 600_000);
    assert.deepEqual(window.headlines, ['✅ Deployed v1.4.3 to production']);
  });

  it('end the edits of a message that somebody deleted', async () => {
    const window = new Window();
    await window.dispatch();
    window.rig.mischief.push({ path: 'chat.update', act: refusal('message_not_found') });
    await window.sees({ jobs: [aJob('Build')] });
    await window.ends('failure', [], 600_000);
    assert.equal(window.rig.requests.length, 2);
    assert.deepEqual(window.problems.map(({ kind }) => kind), ['slackRefused']);
  });

  it('leave nothing running after dispose', async () => {
    const window = new Window();
    await window.dispatch();
    for (let times = 0; times < 5; times++) window.rig.mischief.push({ path: 'chat.update', act: connectionRefused });
    await window.sees({ jobs: [aJob('Build')] }, 60_000);
    assert.equal(window.rig.clock.waiting, 1);
    window.notifier.dispose();
    window.notifier.dispose();
    assert.equal(window.rig.clock.waiting, 0);
  });

  it('keep token and reason out of the log', async () => {
    const window = new Window();
    window.rig.mischief.push({ path: 'chat.postMessage', act: badGatewayAfterEffect });
    await window.dispatch();
    assert.match(window.rig.logged.join('\n'), /slackUnconfirmed/);
    assert.doesNotMatch(window.rig.logged.join('\n'), /xoxb|Invoices/);
  });
});
