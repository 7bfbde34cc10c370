import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { DeployStore } from '../../../src/app/deployStore.ts';
import type { RepositorySession } from '../../../src/app/repositorySession.ts';
import { isDeployError } from '../../../src/core/deployError.ts';
import { logQuery, logScheme } from '../../../src/views/logAddress.ts';
import { LogDocuments } from '../../../src/views/logDocument.ts';
import { aJob, aRun, minutes, repository } from '../../support/build.ts';
import { resetVscode, Uri, workspace } from '../../support/fakeVscode.ts';
import { person } from '../../support/fakeVscode/script.ts';
import { aState } from '../../support/screen.ts';

const address = { repositoryKey: 'github.com/lumen/crm', runId: 7, jobId: 70 };
const finished = aJob({ id: 70, runId: 7, name: 'deploy / ship', status: 'completed', conclusion: 'success', completedAt: minutes(1), url: 'https://github.com/lumen/crm/actions/runs/7/job/70' });

/** A window with one repository whose GitHub knows one job and its log; `asked` tells what was read. */
function aWindow(job = finished) {
  const asked: string[] = [];
  const store = new DeployStore(repository);
  const runs = { filter: {}, runs: [aRun({ id: 7, title: 'Deploy v1.5.0' })], total: 1, hasMore: false, loadingMore: false };
  store.update(() => aState({ runs }));
  const github = {
    serverNow: () => minutes(120),
    jobs: async () => {
      asked.push('jobs');
      return [job];
    },
    jobLog: async () => {
      asked.push('log');
      return '2026-09-14T09:00:01.0000000Z ##[group]Run ship\n2026-09-14T09:00:01.0000000Z hello\n2026-09-14T09:00:02.0000000Z ##[endgroup]\n';
    },
  };
  // As far as a log needs a session.
  const session = { repository, store, github } as unknown as RepositorySession;
  const documents = new LogDocuments({ all: [session], onDidChange: () => ({ dispose: () => undefined }) });
  workspace.registerTextDocumentContentProvider(logScheme, documents);
  return { documents, asked };
}

describe('a log document', () => {
  afterEach(resetVscode);

  it('opens with a name, is read once, and folds', async () => {
    const { documents, asked } = aWindow();
    await documents.open(address);
    assert.deepEqual(person.shown.map(({ message }) => message), ['boussole-log:/deploy - ship 7.log?repository=github.com%2Flumen%2Fcrm&run=7&job=70']);
    assert.deepEqual(asked, ['jobs', 'log']);
    const uri = Uri.from({ scheme: logScheme, path: '/x', query: logQuery(address) });
    const text = await documents.provideTextDocumentContent(uri);
    assert.equal(
      text,
      'lumen/crm · Deploy v1.5.0\nhttps://github.com/lumen/crm/actions/runs/7/job/70\n✓ deploy / ship — succeeded · 1m\n\nBefore the first step\n  ▸ Run ship\n    hello\n',
    );
    assert.deepEqual(documents.provideFoldingRanges({ uri }).map(({ start, end }) => [start, end]), [[5, 6], [4, 6]]);
    assert.deepEqual(asked, ['jobs', 'log']);
  });

  it('is read again after the window was reloaded', async () => {
    const { documents, asked } = aWindow();
    const uri = Uri.from({ scheme: logScheme, path: '/x', query: logQuery(address) });
    assert.match(await documents.provideTextDocumentContent(uri), /hello/);
    assert.deepEqual(asked, ['jobs', 'log']);
  });

  it('says why there is none: the job runs, is gone, or its repository is not here', async () => {
    const running = aWindow(aJob({ id: 70, runId: 7 })).documents.open(address);
    await assert.rejects(running, (error) => isDeployError(error) && error.kind === 'notAvailable');
    const gone = aWindow().documents.open({ ...address, jobId: 71 });
    await assert.rejects(gone, (error) => isDeployError(error) && error.kind === 'notFound');
    const elsewhere = aWindow().documents.open({ ...address, repositoryKey: 'github.com/other/place' });
    await assert.rejects(elsewhere, (error) => isDeployError(error) && error.kind === 'noRepository');
  });
});
