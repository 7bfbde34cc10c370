import { repositoryUrl } from '../core/repositoryId.ts';
import type { Command } from './commandContext.ts';
import { openPage } from './openPage.ts';
import { pickSession } from './pickSession.ts';

/** Open on GitHub: the row's own page, else the repository's deployments. */
export const openOnGitHub: Command = async (context, argument) => {
  const session = await pickSession(context, argument);
  if (!session) return;
  const pages = repositoryUrl(session.repository);
  await openPage(context, argument?.url ?? pageOf(pages, argument?.releaseTag, argument?.sha) ?? `${pages}/deployments`);
};

function pageOf(pages: string, tag: string | undefined, sha: string | undefined): string | undefined {
  if (tag !== undefined) return `${pages}/releases/tag/${encodeURIComponent(tag)}`;
  return sha === undefined ? undefined : `${pages}/commit/${sha}`;
}
