import assert from 'node:assert/strict';
import type { TextDocument } from 'vscode';
import { deployLenses } from '../../../src/views/deployLens.ts';
import { WorkflowLenses } from '../../../src/views/workflowLenses.ts';
import { aRun, aTarget, minutes, repository } from '../../support/build.ts';
import { resetVscode, Uri, workspace } from '../../support/fakeVscode.ts';
import { FakeDocument } from '../../support/fakeVscode/problems.ts';
import { aReader, anEnvironment, aState } from '../../support/screen.ts';
import { ShownSession, ShownSessions } from '../../support/shownSession.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

const target = aTarget();
const path = target.deploy?.file.path ?? '';
const rollbackPath = '.github/workflows/rollback.yml';
const rollback = target.deploy && { ...target.deploy, file: { ...target.deploy.file, path: rollbackPath } };
const production = anEnvironment({ target: { ...target, rollback } });
const list = (...runs: ReturnType<typeof aRun>[]) => ({ filter: {}, runs, total: runs.length, hasMore: false, loadingMore: false });
const ended = aRun({ id: 9, workflowPath: path, status: 'completed', conclusion: 'success', updatedAt: minutes(108) });

const titles = (state = aState({ environments: [production], runs: list(ended) }), of = path) => deployLenses(state, of, aReader()).map(({ title }) => title);

describe('the lenses of workflows that deploy', () => {

  it('offer the deploy, and tell the last run', () => {
    assert.deepEqual(titles(), ['$(rocket) Deploy…', 'Last run: $(pass) succeeded, 12m ago']);
    const [deploy, run] = deployLenses(aState({ environments: [production], runs: list(ended) }), path, aReader());
    assert.deepEqual([deploy?.command, deploy?.argument.environment, run?.command, run?.argument.runId], ['boussole.deploy', target.environment, 'boussole.showRun', 9]);
  });

  it('ask for the environment where the workflow knows several', () => {
    const staging = anEnvironment({ target: { ...target, environment: 'staging' } });
    const [deploy] = deployLenses(aState({ environments: [staging, production] }), path, aReader());
    assert.equal(deploy?.argument.environment, undefined);
    assert.match(deploy?.tooltip ?? '', /staging, production/);
  });

  it('offer the rollback above the workflow that rolls back', () => assert.deepEqual(titles(undefined, rollbackPath), ['$(discard) Roll Back…']));

  it('say nothing that is not known', () => {
    assert.deepEqual(titles(aState({ environments: [production] })), ['$(rocket) Deploy…']);
    assert.deepEqual(titles(aState({ environments: [production], runs: { ...list(ended), filter: { branch: 'x' } } })), ['$(rocket) Deploy…']);
    assert.deepEqual(titles(undefined, '.github/workflows/ci.yml'), []);
    assert.deepEqual(titles(aState()), []);
  });

  it('tell of the newest run, under way or not', () => {
    const running = aRun({ id: 10, workflowPath: path, status: 'inProgress', startedAt: minutes(119) });
    assert.match(titles(aState({ environments: [production], runs: list(ended, running, aRun({ id: 11, workflowPath: 'x' })) }))[1] ?? '', /^Last run: \$\(sync~spin\) in progress, 1m ago$/);
  });
});

describe('the lenses in the editor', () => {
  afterEach(resetVscode);

  it('stand above the first line of text, age by the minute, and end', async () => {
    workspace.workspaceFolders = [{ uri: Uri.file('/projects/crm'), name: 'crm', index: 0 }];
    const clock = new VirtualClock(minutes(120));
    const shown = new ShownSession(clock, aState({ environments: [production], runs: list(ended) }), repository);
    const sessions = new ShownSessions(shown);
    const lenses = new WorkflowLenses(sessions, () => shown.session, clock);
    const document = new FakeDocument(Uri.file(`/projects/crm/${path}`), '# Ours\n\nname: Deploy\n');
    workspace.textDocuments = [document];
    const words = () => lenses.provideCodeLenses(document as unknown as TextDocument).map(({ range, command }) => `${range.start.line} ${command?.title}`);
    let told = 0;
    lenses.onDidChangeCodeLenses(() => told++);
    assert.deepEqual(words(), ['2 $(rocket) Deploy…', '2 Last run: $(pass) succeeded, 12m ago']);
    await clock.advance(60_000);
    assert.equal(told, 1);
    assert.deepEqual(words()[1], '2 Last run: $(pass) succeeded, 13m ago');
    shown.set({ runs: list(aRun({ id: 12, workflowPath: path, status: 'queued' })) });
    assert.equal(told, 2);
    workspace.textDocuments = [];
    await clock.advance(60_000);
    assert.equal(clock.waiting, 0, 'nobody looks any more');
    lenses.dispose();
    assert.equal(sessions.listenerCount, 0);
  });
});
