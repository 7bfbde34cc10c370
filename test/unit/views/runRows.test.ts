import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { DeployError } from '../../../src/core/deployError.ts';
import { runRows } from '../../../src/views/runRows.ts';
import { aJob, aRequest, aRun, aTarget, minutes, sha } from '../../support/build.ts';
import { anEnvironment, aReader, aState, block, treeText } from '../../support/screen.ts';

const target = aTarget();
const done = { status: 'completed', createdAt: minutes(60), startedAt: minutes(60), updatedAt: minutes(62) } as const;
const list = { filter: {}, total: 3, hasMore: false, loadingMore: false };

const described = (attempt: number, listed: Parameters<typeof aRun>[0]) =>
  runRows(
    aState({
      tracked: [{ key: 'k', request: undefined, phase: 'inProgress', seen: seen(attempt) }],
      runs: { ...list, runs: [aRun({ id: 1, ...listed })] },
    }),
    aReader(),
  )[0]?.description.split(' · ').find((part) => !/^\d/.test(part));

describe('the view Runs', () => {
  it('shows runs newest first, each with its state unless all went well, and jobs and steps below', () => {
    const steps = [
      { number: 1, name: 'Set up job', status: 'completed', conclusion: 'success', startedAt: minutes(60), completedAt: minutes(60.1) },
      { number: 2, name: 'Upload the release', status: 'completed', conclusion: 'failure', startedAt: minutes(60.1), completedAt: minutes(61) },
      { number: 3, name: 'Say so', status: 'completed', conclusion: 'skipped', startedAt: minutes(61), completedAt: minutes(61) },
    ] as const;
    const state = aState({
      environments: [anEnvironment({ target })],
      runs: {
        ...list,
        runs: [
          aRun({ id: 3, status: 'waiting', startedAt: minutes(119), attempt: 2 }),
          aRun({ id: 2, ...done, conclusion: 'failure' }),
          aRun({ id: 1, ...done, conclusion: 'success', title: 'Tests', workflowPath: '.github/workflows/ci.yml', workflowName: 'CI', event: 'push' }),
        ],
        total: 41,
        hasMore: true,
      },
      jobs: new Map([
        [2, [aJob({ id: 20, runId: 2, status: 'completed', conclusion: 'failure', startedAt: minutes(60), completedAt: minutes(61), steps })]],
        [1, []],
      ]),
    });
    assert.equal(
      treeText(runRows(state, aReader()), { context: true }),
      block(`
        Deploy v1.2.0 to production  waiting for approval · 1m · attempt 2 · ana · main  [bell-dot charts.yellow]  {run cancellable approvable openable copyable}
          Loading…  [loading~spin]  {note}
        Deploy v1.2.0 to production  failed · 1h ago · ana · took 2m · main  [error charts.red]  {run rerunnable rerunnableFailed hasLog openable copyable}
          ship  failed · 1m  [error charts.red]  {job hasLog openable}
            Set up job  6s  [pass charts.green]  {step hasLog openable}
            Upload the release  failed · 54s  [error charts.red]  {step hasLog openable}
            Say so  skipped  [debug-step-over disabledForeground]  {step hasLog openable}
        Tests  1h ago · ana · took 2m · CI · main  [pass charts.green]  {run rerunnable hasLog openable copyable}
          No jobs yet  [circle-outline]  {note}
        Load More…  3 of 41  [ellipsis]  {more}
      `),
    );
  });

  it('lets a followed run move ahead of the list, but not behind it', () => {
    assert.equal(described(1, { status: 'queued' }), 'in progress');
    assert.equal(described(1, { ...done, conclusion: 'failure' }), 'failed');
    assert.equal(described(1, { status: 'queued', attempt: 2 }), 'queued');
    assert.equal(described(2, { ...done, conclusion: 'failure' }), 'in progress');
  });

  it('shows what was sent before GitHub lists it, and what became of it', () => {
    const request = aRequest({ requestedAt: minutes(119), version: { label: 'v1.5.0', kind: 'release', ref: 'v1.5.0', sha: sha('150') } });
    const rows = runRows(
      aState({
        tracked: [
          { key: 'a', request, phase: 'dispatching' },
          { key: 'b', request, phase: 'unconfirmed', since: minutes(119), reason: 'timeout' },
          { key: 'c', request, phase: 'notSeen', since: minutes(119) },
          { key: 'd', request: { ...request, kind: 'rollback' }, phase: 'rejected', error: new DeployError('forbidden', 'GitHub said no to {who}.', { values: { who: 'camille' } }) },
          { key: 'e', request: undefined, phase: 'accepted', since: minutes(119) },
        ],
        runs: { ...list, runs: [], total: 0 },
      }),
      aReader(),
    );
    assert.equal(
      treeText(rows),
      block(`
        Deploy v1.5.0 to production  being sent · 1m ago  [loading~spin charts.blue]
        Deploy v1.5.0 to production  unconfirmed, looking for its run · 1m ago  [question charts.yellow]
        Deploy v1.5.0 to production  no run seen · 1m ago  [question charts.yellow]
        Roll back production to v1.5.0  refused · 1m ago  [error charts.red]
      `),
    );
    assert.equal(rows[3]?.tooltip[1], String.raw`GitHub said no to camille\.`);
  });

  it('shows a followed run as soon as it was read, with its jobs, until the list holds it; a filter leaves it to the list', () => {
    const run = aRun({ id: 9, status: 'inProgress', startedAt: minutes(119), createdAt: minutes(119) });
    const tracked = [{ key: 'k', request: aRequest(), phase: 'inProgress', seen: { runId: 9, attempt: 1, url: run.url, run, jobs: [aJob({ id: 90, runId: 9, startedAt: minutes(119) })], pending: [] } }] as const;
    const rows = (runs: readonly ReturnType<typeof aRun>[], filter = {}) => runRows(aState({ tracked, runs: { ...list, filter, runs } }), aReader());
    assert.equal(
      treeText(rows([])),
      block(`
        Deploy v1.2.0 to production  1m · in progress · ana · main  [sync~spin charts.blue]
          ship  in progress · 1m  [sync~spin charts.blue]
      `),
    );
    assert.deepEqual(rows([run]).map(({ key }) => key), rows([]).map(({ key }) => key));
    assert.deepEqual(rows([], { branch: 'develop' }), []);
  });

  it('has a look for every state, and none of them by colour alone', () => {
    const statuses = ['queued', 'requested', 'pending', 'waiting', 'inProgress', 'unknown'] as const;
    const conclusions = ['success', 'failure', 'cancelled', 'timedOut', 'startupFailure', 'actionRequired', 'neutral', 'skipped', 'stale', 'unknown'] as const;
    const runs = [
      ...statuses.map((status, id) => aRun({ id, status })),
      ...conclusions.map((conclusion, id) => aRun({ id: id + 10, ...done, conclusion })),
    ];
    const looks = runRows(aState({ runs: { ...list, runs } }), aReader()).map((row) => `${row.icon?.codicon} ${row.description.split(' · ').slice(0, row.icon?.codicon === 'sync~spin' ? 2 : 1).join(' · ')}`);
    assert.deepEqual(looks, [
      'circle-large-outline queued', 'circle-large-outline queued', 'watch waiting for another run', 'bell-dot waiting for approval', 'sync~spin 2h · in progress', 'question unknown state',
      'pass 1h ago', 'error failed', 'circle-slash cancelled', 'error timed out', 'error could not start', 'bell-dot needs action',
      'circle-outline neutral', 'debug-step-over skipped', 'circle-outline stale', 'question unknown state',
    ]);
  });
});

function seen(attempt: number) {
  return { runId: 1, attempt, url: '', run: undefined, jobs: [aJob({ id: 9, runId: 1 })], pending: [] };
}
