import assert from 'node:assert/strict';
import { DeployStore } from '../../src/app/deployStore.ts';
import { Notifier } from '../../src/app/notifier.ts';
import type { DeployError } from '../../src/core/deployError.ts';
import type { DeployRequest } from '../../src/core/deployRequest.ts';
import { gitHubDotCom } from '../../src/core/gitHubHost.ts';
import type { Settings } from '../../src/core/settings.ts';
import type { Slack } from '../../src/core/slack.ts';
import type { Storage } from '../../src/core/storage.ts';
import type { RunSignal, TrackedRun } from '../../src/core/trackedRun.ts';
import { transition } from '../../src/core/transition.ts';
import type { Job, RunObservation } from '../../src/core/workflowRun.ts';
import { slackRig, WEBHOOK_URL, wordsOf, type SlackRig } from './slackRig.ts';

const repository = { host: gitHubDotCom, owner: 'lumen', name: 'crm' };
export const url = 'https://github.com/lumen/crm/actions/runs/42';

/** A window of the editor with its store, on a Slack that outlives it. */
export class SlackWindow {
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
  reopen(restored: readonly TrackedRun[] = [this.run], more: { webhook?: boolean } = {}): SlackWindow {
    this.notifier.dispose();
    return new SlackWindow({ rig: this.rig, storage: this.storage, restored, ...more });
  }

  get headlines(): readonly string[] {
    return this.rig.messages().map((message) => wordsOf(message).split('\n')[0] ?? '');
  }
}

/** What the window deploys. */
export const request: DeployRequest = {
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

/** A job at one step; it ended at `at` where it has a conclusion. */
export function aJob(step: string, conclusion?: 'success' | 'failure', at = Date.UTC(2026, 8, 14, 9)): Job {
  const status = conclusion ? 'completed' : 'inProgress';
  const common = { status, conclusion, startedAt: at, completedAt: conclusion ? at + 60_000 : undefined } as const;
  return { id: 1, runId: 42, name: 'deploy', url: undefined, ...common, steps: [{ number: 1, name: step, ...common }] };
}

/** What VS Code's state does: values are copied as JSON, and the write ends later. */
export function jsonStorage(): Storage {
  const values = new Map<string, string>();
  return {
    get: ((key: string) => (values.has(key) ? (JSON.parse(values.get(key) ?? '') as unknown) : undefined)) as Storage['get'],
    set: async (key, value) => {
      values.set(key, JSON.stringify(value));
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
