import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { DeployError } from '../../../src/core/deployError.ts';
import type { RunSignal, TrackedRun } from '../../../src/core/trackedRun.ts';
import { transition } from '../../../src/core/transition.ts';
import type { RunConclusion, WorkflowRun } from '../../../src/core/workflowRun.ts';
import { aJob, aLook, aRequest, aRun, minutes } from '../../support/build.ts';

/** One attempt as GitHub lives it: queued, any walk through its moving states, then an end. */
const attempt = fc.record({
  walk: fc.array(fc.constantFrom('queued', 'pending', 'waiting', 'inProgress', 'unknown'), { maxLength: 6 }),
  conclusion: fc.constantFrom<RunConclusion>('success', 'failure', 'cancelled', 'timedOut', 'startupFailure', 'unknown'),
});

/** What the network does to the answers: each names a moment of the history to show, by which way, and what else happens there. */
const delivery = fc.record({
  moment: fc.nat(),
  way: fc.constantFrom('observed', 'looked', 'lookedWithAttempt', 'cancelRequested', 'cancelRefused', 'lostSight', 'searchExhausted', 'lateRefusal'),
});

const start = fc.constantFrom('started', 'accepted', 'unconfirmed');

interface Moment {
  readonly run: WorkflowRun;
  readonly looked: RunSignal;
  readonly lookedWithAttempt: RunSignal;
}

function historyOf(attempts: readonly { walk: readonly string[]; conclusion: RunConclusion }[]): readonly Moment[] {
  let minute = 0;
  return attempts.flatMap(({ walk, conclusion }, index) => {
    const startedAt = minutes(++minute);
    const states = [...['queued', ...walk].map((status) => ({ status, conclusion: undefined })), { status: 'completed', conclusion }];
    return states.map((state) => {
      const updatedAt = minutes(++minute);
      const run = aRun({ attempt: index + 1, startedAt, updatedAt, ...(state as Pick<WorkflowRun, 'status' | 'conclusion'>) });
      const jobs = [aJob({ status: run.status, conclusion: run.conclusion, startedAt, completedAt: run.status === 'completed' ? updatedAt : undefined })];
      const look = aLook({ status: run.status, conclusion: run.conclusion, updatedAt, jobs });
      return {
        run,
        looked: { type: 'looked', observation: look },
        lookedWithAttempt: { type: 'looked', observation: { ...look, attempt: run.attempt } },
      };
    });
  });
}

function signalFor(moment: Moment, way: string): RunSignal {
  switch (way) {
    case 'observed':
      return { type: 'observed', run: moment.run };
    case 'looked':
      return moment.looked;
    case 'lookedWithAttempt':
      return moment.lookedWithAttempt;
    case 'lostSight':
      return { type: 'lostSight', reason: 'gone' };
    case 'searchExhausted':
      return { type: 'searchExhausted', at: moment.run.updatedAt };
    case 'lateRefusal':
      return { type: 'refused', error: new DeployError('offline', 'late') };
    default:
      return { type: way as 'cancelRequested' | 'cancelRefused' };
  }
}

function begin(how: string): TrackedRun {
  const request = aRequest();
  const dispatching: TrackedRun = { key: request.correlationId, request, phase: 'dispatching' };
  const at = minutes(0);
  switch (how) {
    case 'started':
      return transition(dispatching, { type: 'answered', answer: { kind: 'started', runId: 100, url: aRun().url, at } });
    case 'accepted':
      return transition(dispatching, { type: 'answered', answer: { kind: 'accepted', at } });
    default:
      return transition(dispatching, { type: 'answered', answer: { kind: 'unconfirmed', sentAt: at, reason: 'reset' } });
  }
}

describe('a followed run in any legal history, with answers lost, late, doubled and out of order', () => {
  it('keeps its promises after every signal', () => {
    fc.assert(
      fc.property(fc.array(attempt, { minLength: 1, maxLength: 3 }), fc.array(delivery, { maxLength: 30 }), start, (attempts, deliveries, how) => {
        const history = historyOf(attempts);
        let run = begin(how);
        for (const { moment, way } of deliveries) {
          const shown = history[moment % history.length];
          assert.ok(shown);
          const signal = signalFor(shown, way);
          const next = transition(run, signal);
          assert.equal(transition(next, signal), next, 'a signal heard twice says nothing new');
          holds(run, way, next, attempts.map((one) => one.conclusion));
          run = next;
        }
      }),
      { seed: 20260914, numRuns: 3_000 },
    );
  });

  it('ends as GitHub ended once the last state is heard, whatever was heard before', () => {
    fc.assert(
      fc.property(fc.array(attempt, { minLength: 1, maxLength: 3 }), fc.array(delivery, { maxLength: 30 }), start, (attempts, deliveries, how) => {
        const history = historyOf(attempts);
        const last = history.at(-1);
        assert.ok(last);
        let run = begin(how);
        for (const { moment, way } of deliveries) run = transition(run, signalFor(history[moment % history.length] ?? last, way));
        const wrongly = run.phase === 'completed' && run.seen.attempt === last.run.attempt ? run.conclusion : undefined;
        const end = transition(run, { type: 'observed', run: last.run });
        assert.equal(end.phase, 'completed');
        assert.equal(end.phase === 'completed' && end.seen.attempt, attempts.length);
        assert.equal(end.phase === 'completed' && end.conclusion, wrongly ?? attempts.at(-1)?.conclusion);
        assert.equal(wrongly ?? attempts.at(-1)?.conclusion, attempts.at(-1)?.conclusion, 'an end once told is the true one');
      }),
      { seed: 20260915, numRuns: 3_000 },
    );
  });

  it('leaves a refused dispatch refused, for ever', () => {
    fc.assert(
      fc.property(fc.array(attempt, { minLength: 1, maxLength: 2 }), fc.array(delivery, { maxLength: 10 }), (attempts, deliveries) => {
        const history = historyOf(attempts);
        const request = aRequest();
        const refused = transition({ key: 'k', request, phase: 'dispatching' }, { type: 'refused', error: new DeployError('forbidden', 'no') });
        for (const { moment, way } of deliveries) {
          const shown = history[moment % history.length];
          assert.ok(shown);
          assert.equal(transition(refused, signalFor(shown, way)), refused);
        }
      }),
      { seed: 20260916 },
    );
  });
});

function holds(before: TrackedRun, way: string, after: TrackedRun, conclusions: readonly RunConclusion[]): void {
  assert.equal(after.key, before.key);
  assert.equal(after.request, before.request);
  if ('seen' in before) {
    assert.ok('seen' in after, 'a run once seen is never unseen');
    assert.equal(after.seen.runId, before.seen.runId);
    assert.ok(after.seen.attempt >= before.seen.attempt, 'an older attempt never overwrites a newer one');
    if (before.phase === 'completed' && after.seen.attempt === before.seen.attempt) {
      assert.ok(after.phase === 'completed', 'within an attempt completed is final');
      assert.deepEqual([after.conclusion, after.completedAt], [before.conclusion, before.completedAt]);
    }
    if (before.phase === 'cancelling' && after.seen.attempt === before.seen.attempt && way !== 'cancelRefused') {
      assert.ok(['cancelling', 'completed', 'lost'].includes(after.phase), 'only an end, a refusal or losing sight ends cancelling');
    }
  }
  if (after.phase === 'completed') {
    // A look without an attempt may already tell a later attempt's end; it never tells an earlier one's.
    assert.ok(conclusions.slice(after.seen.attempt - 1).includes(after.conclusion), 'no attempt ends by an earlier one');
  }
}
