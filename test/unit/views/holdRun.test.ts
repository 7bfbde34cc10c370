import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { TrackedRun } from '../../../src/core/trackedRun.ts';
import { environmentRows } from '../../../src/views/environmentRows.ts';
import { statusBarText } from '../../../src/views/statusBarText.ts';
import { toastFor } from '../../../src/views/toastFor.ts';
import { aJob, aRun, aTarget, aTargetWorkflow, aWorkflowFile, minutes } from '../../support/build.ts';
import { aFacts, aLive, anEnvironment, aReader, aState } from '../../support/screen.ts';
import { plainSettings } from '../../support/startWorld.ts';

const path = '.github/workflows/hold.yml';
const state = (tracked: readonly TrackedRun[]) =>
  aState({
    facts: aFacts({ holdWorkflow: aWorkflowFile({ path }) }),
    environments: [anEnvironment({ target: aTarget({ deploy: aTargetWorkflow() }), history: [aLive('v1.4.1', '141')] })],
    tracked,
  });
const run = aRun({ id: 700, workflowPath: path, title: 'Lift the hold on production', actor: 'camille', status: 'inProgress' });
const seen = { runId: 700, attempt: 1, url: run.url, run, jobs: [aJob({ runId: 700 })], pending: [] };
const moving: TrackedRun = { key: 'run:700', request: undefined, phase: 'inProgress', seen };
const told = (tracked: readonly TrackedRun[]) => [
  statusBarText([{ state: state(tracked), reader: aReader(), environment: 'production' }])?.text,
  environmentRows(state(tracked), aReader())[0]?.description,
];

describe('a run that holds deploys or lifts a hold', () => {
  it('is no deploy under way, neither in the status bar nor in a row', () => {
    assert.deepEqual(told([moving]), told([]));
  });

  it('tells its end by its own title, and offers no rollback', () => {
    const ended: TrackedRun = { key: 'run:700', request: undefined, phase: 'completed', seen, conclusion: 'success', completedAt: minutes(1) };
    const toast = toastFor({ type: 'succeeded', run: ended }, state([ended]), plainSettings, aReader());
    assert.match(toast?.message ?? '', /^Lift the hold on production: succeeded\./);
    assert.deepEqual(toast?.actions.map(({ command }) => command), ['boussole.openRun']);
    const failed: TrackedRun = { ...ended, conclusion: 'failure' };
    assert.deepEqual(toastFor({ type: 'failed', run: failed }, state([failed]), plainSettings, aReader())?.actions.map(({ command }) => command), ['boussole.openLog', 'boussole.rerunFailed']);
  });
});
