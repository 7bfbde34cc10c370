import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { deployEvents } from '../../../src/app/deployEvents.ts';
import { DeployStore } from '../../../src/app/deployStore.ts';
import type { RunSignal, TrackedRun } from '../../../src/core/trackedRun.ts';
import { transition } from '../../../src/core/transition.ts';
import { aLook, aRequest, aRun, minutes, monday, repository } from '../../support/build.ts';

const request = aRequest();
const dispatching = { key: 'k', request, phase: 'dispatching' } satisfies TrackedRun;

describe('the store', () => {
  it('tells a change once with before and after, and nothing when nothing changed', () => {
    const store = new DeployStore(repository);
    const told: string[] = [];
    store.onDidChange(({ before, after, events }) => told.push(`${before.tracked.length}→${after.tracked.length} ${events.map(({ type }) => type).join()}`));
    store.update((state) => state);
    store.update((state) => ({ ...state, tracked: [dispatching] }));
    assert.deepEqual(told, ['0→1 dispatched']);
  });

  it('tells changes in the order they were made, those made by a listener too', () => {
    const store = new DeployStore(repository);
    const told: string[] = [];
    store.onDidChange(({ after }) => {
      if (after.tracked.length === 1) store.update((state) => ({ ...state, tracked: [] }));
    });
    store.onDidChange(({ before, after }) => told.push(`${before.tracked.length}→${after.tracked.length}`));
    store.update((state) => ({ ...state, tracked: [dispatching] }));
    assert.deepEqual(told, ['0→1', '1→0']);
  });

  it('tells nobody after it was disposed', () => {
    const store = new DeployStore(repository);
    let count = 0;
    store.onDidChange(() => count++);
    store.dispose();
    store.update((state) => ({ ...state, tracked: [dispatching] }));
    assert.equal(count, 0);
  });
});

describe('events', () => {
  it('tell each moment of a run’s life once', () => {
    const signals: readonly RunSignal[] = [
      { type: 'answered', answer: { kind: 'started', runId: 100, url: '', at: monday } },
      { type: 'looked', observation: aLook({ status: 'inProgress', updatedAt: minutes(1) }) },
      { type: 'looked', observation: aLook({ status: 'waiting', updatedAt: minutes(2) }) },
      { type: 'looked', observation: aLook({ status: 'inProgress', updatedAt: minutes(3) }) },
      { type: 'cancelRequested' },
      { type: 'observed', run: aRun({ status: 'completed', conclusion: 'cancelled', updatedAt: minutes(4) }) },
      { type: 'observed', run: aRun({ status: 'queued', attempt: 2, startedAt: minutes(5), updatedAt: minutes(5) }) },
      { type: 'observed', run: aRun({ status: 'completed', conclusion: 'failure', attempt: 2, startedAt: minutes(5), updatedAt: minutes(6) }) },
    ];
    let run: TrackedRun = dispatching;
    const told = signals.flatMap((signal) => {
      const before = run;
      run = transition(run, signal);
      return deployEvents([before], [run]).map(({ type }) => type);
    });
    assert.deepEqual(told, ['found', 'started', 'waiting', 'started', 'cancelled', 'rerun', 'failed']);
    assert.deepEqual(deployEvents([], [dispatching]).map(({ type }) => type), ['dispatched']);
    assert.deepEqual(deployEvents([run], [run]), []);
  });
});
