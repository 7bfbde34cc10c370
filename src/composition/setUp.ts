import { commands } from 'vscode';
import { SetupGuides } from '../app/setupGuides.ts';
import type { WindowSessions } from '../app/windowSessions.ts';
import type { CommandContext } from '../commands/commandContext.ts';
import type { Disposable } from '../core/clock.ts';
import { DeployError } from '../core/deployError.ts';
import type { GitHubAccounts } from '../host/gitHubAccount.ts';
import { realClock } from '../host/realClock.ts';
import type { SampleTeam } from '../host/sampleTeam.ts';
import type { WindowAttention } from '../host/windowAttention.ts';
import { SetupDocuments } from '../views/setupDocuments.ts';
import { SetupTree } from '../views/setupTree.ts';
import type { SessionOpener } from './sessionOpener.ts';
import type { ShellView } from './shellView.ts';

/** Set Up as commands are handed it, and what ends it. */
export interface SetUp extends Disposable {
  readonly context: CommandContext['setUp'];
}

/** Puts Set Up together: the guides of the window's repositories, their checklist, what is shown to be read, and the right to write workflows. */
export function startSetUp(
  sessions: WindowSessions,
  from: { readonly view: ShellView; readonly accounts: GitHubAccounts; readonly opener: SessionOpener; readonly sample: SampleTeam; readonly attention: WindowAttention },
): SetUp {
  const { view, accounts, opener, sample, attention } = from;
  const guides = new SetupGuides(sessions);
  const documents = new SetupDocuments();
  const tree = new SetupTree(guides, view.view, realClock);
  view.connect(tree);
  // What was done on GitHub's pages shows as soon as the person is back.
  let wasFocused = attention.current.focused;
  const focus = attention.onDidChange(() => {
    const { focused } = attention.current;
    if (focused && !wasFocused) guides.check();
    wasFocused = focused;
  });
  return {
    context: {
      guide: (session) => guides.of(session),
      templates: async () => (await import('../pipeline/templates.ts')).pipelineTemplates,
      committer: async (session, signal) => {
        const setup = await session.setup();
        const { scopes } = await setup.viewer(signal);
        if (sample.isOn || scopes === undefined || scopes.includes('workflow')) return setup;
        const { host } = session.repository;
        const token = await accounts.workflowToken(host);
        if (token !== undefined) return opener.gitHubSetup(host, token);
        throw new DeployError(
          'workflowScopeMissing',
          'Your token may not write workflow files. Use a classic token with the scopes “repo” and “workflow”, or a fine-grained one that may write “Contents” and “Workflows”.',
          { actions: ['useToken'] },
        );
      },
      generateKey: async (comment) => (await import('../host/sshKey.ts')).createSshKey(comment),
      showChanges: (repository, change) => documents.showChanges(repository, change),
      showText: (name, text) => documents.showText(name, text),
      show: async () => {
        await commands.executeCommand('boussole.setup.focus');
      },
    },
    dispose: () => {
      focus.dispose();
      tree.dispose();
      documents.dispose();
      guides.dispose();
    },
  };
}
