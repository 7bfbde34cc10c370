import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { DeployError } from '../../../src/core/deployError.ts';
import type { RunSignal, TrackedRun } from '../../../src/core/trackedRun.ts';
import { transition } from '../../../src/core/transition.ts';
import { aJob, aLook, aRequest, aRun, minutes, monday } from '../../support/build.ts';

const request = aRequest();
const own = { key: request.correlationId, request };
const seen = { runId: 100, attempt: 1, url: 'https://github.com/lumen/crm/actions/runs/100', run: aRun(), jobs: [], pending: [] };
const refusal = new DeployError('noDispatchTrigger', 'No trigger.');

type RunPhase = TrackedRun['phase'];

const phases: Record<RunPhase, TrackedRun> = {
  dispatching: { ...own, phase: 'dispatching' },
  accepted: { ...own, phase: 'accepted', since: monday },
  unconfirmed: { ...own, phase: 'unconfirmed', since: monday, reason: 'reset' },
  notSeen: { ...own, phase: 'notSeen', since: monday },
  rejected: { ...own, phase: 'rejected', error: refusal },
  queued: { ...own, phase: 'queued', seen },
  waiting: { ...own, phase: 'waiting', seen: { ...seen, run: aRun({ status: 'waiting' }) } },
  inProgress: { ...own, phase: 'inProgress', seen: { ...seen, run: aRun({ status: 'inProgress' }) } },
  cancelling: { ...own, phase: 'cancelling', seen: { ...seen, run: aRun({ status: 'inProgress' }) } },
  completed: { ...own, phase: 'completed', seen: { ...seen, run: aRun({ status: 'completed', conclusion: 'failure' }) }, conclusion: 'failure', completedAt: monday },
  lost: { ...own, phase: 'lost', seen, reason: 'gone' },
};

const signals: Record<string, RunSignal> = {
  started: { type: 'answered', answer: { kind: 'started', runId: 100, url: seen.url, at: monday } },
  accepted: { type: 'answered', answer: { kind: 'accepted', at: monday } },
  unconfirmed: { type: 'answered', answer: { kind: 'unconfirmed', sentAt: monday, reason: 'reset' } },
  refused: { type: 'refused', error: refusal },
  'observed in progress': { type: 'observed', run: aRun({ status: 'inProgress', updatedAt: minutes(1) }) },
  'observed waiting': { type: 'observed', run: aRun({ status: 'waiting', updatedAt: minutes(1) }) },
  'observed completed': { type: 'observed', run: aRun({ status: 'completed', conclusion: 'success', updatedAt: minutes(1) }) },
  'observed attempt 2': { type: 'observed', run: aRun({ attempt: 2, status: 'queued', updatedAt: minutes(2) }) },
  searchExhausted: { type: 'searchExhausted', at: minutes(1) },
  cancelRequested: { type: 'cancelRequested' },
  cancelRefused: { type: 'cancelRefused' },
  lostSight: { type: 'lostSight', reason: 'gone' },
};

/** The whole table of the architecture, phase by phase; a signal that is not named changes nothing. */
const table: Record<RunPhase, Partial<Record<string, RunPhase>>> = {
  dispatching: { started: 'queued', accepted: 'accepted', unconfirmed: 'unconfirmed', refused: 'rejected' },
  accepted: { 'observed in progress': 'inProgress', 'observed waiting': 'waiting', 'observed completed': 'completed', 'observed attempt 2': 'queued', searchExhausted: 'notSeen' },
  unconfirmed: { 'observed in progress': 'inProgress', 'observed waiting': 'waiting', 'observed completed': 'completed', 'observed attempt 2': 'queued', searchExhausted: 'notSeen' },
  notSeen: { 'observed in progress': 'inProgress', 'observed waiting': 'waiting', 'observed completed': 'completed', 'observed attempt 2': 'queued' },
  rejected: {},
  queued: { 'observed in progress': 'inProgress', 'observed waiting': 'waiting', 'observed completed': 'completed', 'observed attempt 2': 'queued', cancelRequested: 'cancelling', lostSight: 'lost' },
  waiting: { 'observed in progress': 'inProgress', 'observed waiting': 'waiting', 'observed completed': 'completed', 'observed attempt 2': 'queued', cancelRequested: 'cancelling', lostSight: 'lost' },
  inProgress: { 'observed in progress': 'inProgress', 'observed waiting': 'waiting', 'observed completed': 'completed', 'observed attempt 2': 'queued', cancelRequested: 'cancelling', lostSight: 'lost' },
  cancelling: { 'observed in progress': 'cancelling', 'observed waiting': 'cancelling', 'observed completed': 'completed', 'observed attempt 2': 'queued', cancelRefused: 'inProgress', lostSight: 'lost' },
  completed: { 'observed attempt 2': 'queued' },
  lost: { 'observed in progress': 'inProgress', 'observed waiting': 'waiting', 'observed completed': 'completed', 'observed attempt 2': 'queued' },
};

describe('transition', () => {
  for (const phase of Object.keys(phases) as RunPhase[]) {
    it(`follows the table from ${phase}`, () => {
      const results = Object.fromEntries(
        Object.entries(signals).flatMap(([name, signal]) => {
          const after = transition(phases[phase], signal);
          return after === phases[phase] ? [] : [[name, after.phase]];
        }),
      );
      assert.deepEqual(results, table[phase]);
    });
  }

  it('keeps the very same object when an answer says what is known', () => {
    const run = transition(phases.inProgress, { type: 'looked', observation: aLook({ jobs: [aJob()] }) });
    assert.equal(transition(run, { type: 'looked', observation: aLook({ jobs: [aJob()] }) }), run);
    assert.notEqual(transition(run, { type: 'looked', observation: aLook({ jobs: [aJob({ name: 'other' })] }) }), run);
  });

  it('ignores another run', () => {
    for (const phase of ['queued', 'inProgress', 'completed', 'lost'] as const) {
      assert.equal(transition(phases[phase], { type: 'observed', run: aRun({ id: 101, attempt: 9 }) }), phases[phase]);
      assert.equal(transition(phases[phase], { type: 'looked', observation: aLook({ runId: 101 }) }), phases[phase]);
    }
  });

  it('ends at the end of the last job, not at the last touch of the run', () => {
    const jobs = [aJob({ status: 'completed', conclusion: 'success', completedAt: minutes(3) }), aJob({ id: 2, status: 'completed', conclusion: 'success', completedAt: minutes(4) })];
    const run = transition(phases.inProgress, { type: 'looked', observation: aLook({ status: 'completed', conclusion: 'success', updatedAt: minutes(9), jobs }) });
    assert.equal(run.phase === 'completed' && run.completedAt, minutes(4));
  });

  it('calls a completed run without a known conclusion unknown, never success', () => {
    const run = transition(phases.inProgress, { type: 'looked', observation: aLook({ status: 'completed', updatedAt: minutes(1) }) });
    assert.equal(run.phase === 'completed' && run.conclusion, 'unknown');
  });

  it('does not end a re-run by a late look at the attempt before', () => {
    const rerun = transition(phases.completed, { type: 'observed', run: aRun({ attempt: 2, status: 'queued', startedAt: minutes(10), updatedAt: minutes(10) }) });
    const late = transition(rerun, { type: 'looked', observation: aLook({ status: 'completed', conclusion: 'failure', updatedAt: minutes(2) }) });
    assert.equal(late, rerun);
  });

  it('does not go back by an older answer of the same attempt', () => {
    const ahead = transition(phases.queued, { type: 'observed', run: aRun({ status: 'inProgress', updatedAt: minutes(5) }) });
    assert.equal(transition(ahead, { type: 'observed', run: aRun({ status: 'queued', updatedAt: minutes(4) }) }), ahead);
    assert.equal(transition(ahead, { type: 'looked', observation: aLook({ status: 'queued', updatedAt: minutes(4) }) }), ahead);
  });

  it('queues while a concurrency group holds it back, and stays where it was on an unknown word', () => {
    assert.equal(transition(phases.queued, { type: 'observed', run: aRun({ status: 'pending', updatedAt: minutes(1) }) }).phase, 'queued');
    assert.equal(transition(phases.waiting, { type: 'observed', run: aRun({ status: 'unknown', updatedAt: minutes(1) }) }).phase, 'waiting');
  });

  it('fills in the whole run after the end was told by a look', () => {
    const ended = transition(phases.inProgress, { type: 'looked', observation: aLook({ status: 'completed', conclusion: 'success', updatedAt: minutes(1) }) });
    const started = transition({ ...own, phase: 'dispatching' }, { type: 'answered', answer: { kind: 'started', runId: 100, url: seen.url, at: monday } });
    const endedUnseen = transition(started, { type: 'looked', observation: aLook({ status: 'completed', conclusion: 'success', updatedAt: minutes(1) }) });
    const whole = aRun({ status: 'completed', conclusion: 'success', updatedAt: minutes(2) });
    const filled = transition(endedUnseen, { type: 'observed', run: whole });
    assert.equal('seen' in filled && filled.seen.run, whole);
    assert.equal(filled.phase === 'completed' && filled.completedAt, minutes(1));
    assert.equal(transition(ended, { type: 'observed', run: whole }), ended);
  });
});
