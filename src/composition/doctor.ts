import { CodeActionKind, commands, languages, Uri, workspace } from 'vscode';
import type { RepositorySession } from '../app/repositorySession.ts';
import { SetupChecks, type CheckedFiles, type CheckedSettings } from '../app/setupChecks.ts';
import type { WindowSessions } from '../app/windowSessions.ts';
import type { Disposable } from '../core/clock.ts';
import type { CheckFacts, WorkflowChecks } from '../core/finding.ts';
import type { Log } from '../core/log.ts';
import { realClock } from '../host/realClock.ts';
import { CheckTree } from '../views/checkTree.ts';
import { fixAllKind, WorkflowFixes } from '../views/workflowFixes.ts';
import { followStores } from '../views/followStores.ts';
import { WorkflowLenses } from '../views/workflowLenses.ts';
import { WorkflowProblems } from '../views/workflowProblems.ts';
import { workflowPath } from '../views/workflowUri.ts';
import { EnvironmentNames } from './environmentNames.ts';
import { localSession } from './localSession.ts';

/** The doctor, as commands know it. */
export interface Doctor extends Disposable {
  /** Checks the workflow files of every open folder, with the environments asked anew. */
  checkFiles(): Promise<CheckedFiles>;
  /** Shows the settings that were checked, with the files beside them. */
  show(settings: readonly CheckedSettings[]): void;
  /** Puts the list away until something is shown again. */
  close(): void;
}

const workflows = { scheme: '*', pattern: '**/.github/workflows/*.{yml,yaml}' };

/** Puts the checks of workflow files into the editor, and the list of the check where it was asked for. */
export function startDoctor(sessions: WindowSessions, roots: () => readonly string[], log: Log): Doctor {
  const sessionOf = (uri: Uri): RepositorySession | undefined => localSession(sessions, uri.path);
  const names = new EnvironmentNames(log, () => problems.refresh());
  const facts = (uri: Uri): CheckFacts => {
    const session = sessionOf(uri);
    return { environments: session && names.of(session), owner: session?.repository.owner };
  };
  const problems: WorkflowProblems = new WorkflowProblems({ checks: loadChecks, facts, clock: realClock, log });
  const lenses = new WorkflowLenses(sessions, sessionOf, realClock);
  const results = new SetupChecks();
  const fixes = new WorkflowFixes({
    problems,
    checks: loadChecks,
    resolveAction: async (uri, action, tag, signal) => (await (sessionOf(uri) ?? sessions.all[0])?.setup())?.resolveAction(action, tag, signal),
  });
  let tree: CheckTree | undefined;
  const parts: Disposable[] = [
    problems,
    lenses,
    results,
    problems.onDidChange(() => results.countFiles(problems.count)),
    // A session that comes or goes, and one that hears from GitHub again, changes what is known of its files.
    followStores(sessions, ({ before, after }) => {
      if (after.connection.kind === 'online' && before.connection.kind !== 'online') problems.refresh();
    }, () => problems.refresh()),
    languages.registerCodeActionsProvider(workflows, fixes, { providedCodeActionKinds: [CodeActionKind.QuickFix, fixAllKind] }),
    languages.registerCodeLensProvider(workflows, lenses),
  ];
  return {
    async checkFiles() {
      await Promise.all(sessions.all.map((session) => names.read(session)));
      const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri);
      await problems.checkFolders([...folders, ...roots().map((root) => Uri.file(root))].filter((folder) => workflowPath(Uri.joinPath(folder, '.github', 'workflows', 'any.yml')) !== undefined));
      return problems.count;
    },
    show(settings) {
      tree ??= new CheckTree(results, realClock);
      results.show(settings, problems.count);
      void commands.executeCommand('setContext', 'boussole.checked', true);
    },
    close() {
      void commands.executeCommand('setContext', 'boussole.checked', false);
    },
    dispose() {
      tree?.dispose();
      for (const part of parts) part.dispose();
    },
  };
}

async function loadChecks(): Promise<WorkflowChecks> {
  return (await import('../workflows/workflowFiles.ts')).createWorkflowChecks();
}
