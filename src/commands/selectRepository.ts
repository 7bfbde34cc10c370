import { l10n, window } from 'vscode';
import { withoutLinks } from '../core/plainText.ts';
import { fullName, repositoryKey, type RepositoryId } from '../core/repositoryId.ts';
import { DeployError } from '../core/deployError.ts';
import { back } from '../host/prompts.ts';
import type { Command, CommandContext } from './commandContext.ts';
import { noRepository } from './pickSession.ts';

/** Select Repository…: which of a clone's remotes it deploys to, remembered for this workspace. */
export const selectRepository: Command = async (context) => {
  if (context.sample.isOn()) throw new DeployError('notAvailable', 'You are exploring the sample team. Leave it to choose a repository of your own.');
  const state = await context.windowState();
  const choices = context.repositories.candidates().flatMap(({ root, candidates }) => candidates.map(({ remote, repository }) => ({ root, remote, repository })));
  const upstreams = context.sessions.all.map(({ repository }) => repository).filter((one) => !choices.some(({ repository }) => same(one, repository)));
  const [first] = choices;
  if (!first) throw noRepository(state);
  if (choices.length + upstreams.length === 1) {
    void window.showInformationMessage(withoutLinks(l10n.t('There is only one repository to choose: {repository}. Add a remote to have another.', { repository: fullName(first.repository) })));
    return;
  }
  const answer = await context.prompts.pick({
    title: l10n.t('Select Repository'),
    placeholder: l10n.t('Which repository does this folder deploy to?'),
    choices: [
      ...choices.map((choice) => ({
        label: fullName(choice.repository),
        description: isOpen(context, choice.repository) ? l10n.t('selected') : '',
        detail: l10n.t('remote "{remote}" of {folder} on {host}', { remote: choice.remote, folder: choice.root.split(/[/\\]/).at(-1) ?? choice.root, host: choice.repository.host.authority }),
        icon: 'repo',
        value: choice,
      })),
      ...upstreams.map((repository) => ({
        label: fullName(repository),
        description: l10n.t('selected'),
        detail: l10n.t('the upstream of a fork'),
        icon: 'repo-forked',
        value: { root: first.root, remote: '', repository },
      })),
    ],
    active: ({ repository }) => isOpen(context, repository),
  });
  if (answer !== undefined && answer !== back) await context.repositories.choose(answer.root, answer.repository);
};

function isOpen({ sessions }: CommandContext, repository: RepositoryId): boolean {
  return sessions.all.some((session) => same(session.repository, repository));
}

function same(a: RepositoryId, b: RepositoryId): boolean {
  return repositoryKey(a) === repositoryKey(b);
}
