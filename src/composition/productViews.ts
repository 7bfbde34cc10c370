import { commands, l10n, type CancellationToken, type Uri } from 'vscode';
import type { WindowSessions } from '../app/windowSessions.ts';
import type { Disposable } from '../core/clock.ts';
import type { RowArgument } from '../core/rowArgument.ts';
import { realClock } from '../host/realClock.ts';
import type { SampleTeam } from '../host/sampleTeam.ts';
import type { Shell } from './shell.ts';
import type { ShellView } from './shellView.ts';
import { ContextKeyUpdates } from '../views/contextKeys.ts';
import { LogDocuments } from '../views/logDocument.ts';
import { StatusBar } from '../views/statusBar.ts';
import { Toasts } from '../views/toasts.ts';
import { RowTree } from '../views/treeView.ts';
import { environmentsView, releasesView, runsView, type ViewContent } from '../views/viewContent.ts';

/** What commands ask of the views. */
export interface ShownViews extends Disposable {
  revealRun(argument: RowArgument): Promise<boolean>;
  openLogDocument(argument: RowArgument & { readonly runId: number; readonly jobId: number }): Promise<void>;
  logDocument(uri: Uri, token: CancellationToken): Promise<string>;
}

/** Fills the shell's views, the status bar and the notifications from the sessions. */
export function showViews({ views, statusBarItem }: Pick<Shell, 'views' | 'statusBarItem'>, sessions: WindowSessions, sample: SampleTeam): ShownViews {
  const parts: Disposable[] = [];
  const fill = (shellView: ShellView, content: ViewContent): RowTree => {
    const tree = new RowTree(sessions, content, shellView.view, realClock);
    shellView.connect(tree);
    parts.push(tree);
    return tree;
  };
  fill(views.environments, environmentsView);
  fill(views.releases, releasesView);
  const runs = fill(views.runs, runsView);
  parts.push(new ContextKeyUpdates(sessions), new StatusBar(statusBarItem, sessions, realClock), new Toasts(sessions));

  const logs = new LogDocuments(sessions);
  parts.push(logs);

  const labels = sampleLabels(views, sample);
  parts.push(sample.onDidChange(labels));
  labels();

  return {
    revealRun: async (argument) => {
      await commands.executeCommand('boussole.runs.focus');
      return runs.revealRun(argument);
    },
    openLogDocument: ({ repositoryKey, runId, jobId }) => logs.open({ repositoryKey, runId, jobId }),
    logDocument: (uri, token) => logs.provideTextDocumentContent(uri, token),
    dispose: () => {
      for (const part of parts) part.dispose();
    },
  };
}

/** Says on every view that what it shows is the sample team's. */
function sampleLabels({ environments, releases, runs }: Shell['views'], sample: SampleTeam): () => void {
  const titles = [
    { view: environments.view, title: l10n.t('Environments') },
    { view: releases.view, title: l10n.t('Releases') },
    { view: runs.view, title: l10n.t('Runs') },
  ];
  let wasOn = false;
  return () => {
    void commands.executeCommand('setContext', 'boussole.sample', sample.isOn);
    if (sample.isOn === wasOn) return;
    wasOn = sample.isOn;
    for (const { view, title } of titles) view.title = wasOn ? l10n.t('{view} (Sample)', { view: title }) : title;
  };
}
