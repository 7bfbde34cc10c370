import assert from 'node:assert/strict';
import { runningStep } from '../../../src/core/runningStep.ts';
import { aJob, minutes } from '../../support/build.ts';

const at = (name: string, startedAt: number) =>
  aJob({ name, status: 'inProgress', conclusion: undefined, startedAt, steps: [{ number: 1, name: `${name} now`, status: 'inProgress', conclusion: undefined, startedAt, completedAt: undefined }] });

describe('the step that runs', () => {
  it('is that of the job that began last, and of two that began together the later one', () => {
    assert.equal(runningStep([aJob({ name: 'Plan', status: 'completed', conclusion: 'success' }), at('Announce', minutes(1)), at('Verify', minutes(1))]), 'Verify now');
    assert.equal(runningStep([at('Ship', minutes(2)), at('Announce', minutes(1))]), 'Ship now');
  });

  it('is the job itself between its steps, and nothing when none runs', () => {
    assert.equal(runningStep([{ ...at('Ship', minutes(2)), steps: [] }]), 'Ship');
    assert.equal(runningStep([aJob({ status: 'completed', conclusion: 'success' })]), undefined);
  });
});
