import type { RepositorySession } from '../app/repositorySession.ts';
import type { SetupGuide } from '../app/setupGuide.ts';
import type { GitHubSetup } from '../core/gitHubSetup.ts';
import type { RowArgument } from '../core/rowArgument.ts';
import type { CommandContext } from './commandContext.ts';
import { pickSession, requireTrust } from './pickSession.ts';

/** What every step of the checklist works with. */
export interface OpenSetup {
  readonly session: RepositorySession;
  readonly guide: SetupGuide;
  readonly setup: GitHubSetup;
}

/** The repository that a step of the checklist is about, in a folder that is trusted; `undefined` after Escape. */
export async function openSetup(context: CommandContext, argument: RowArgument | undefined): Promise<OpenSetup | undefined> {
  requireTrust(context);
  const session = await pickSession(context, argument);
  return session && { session, guide: context.setUp.guide(session), setup: await session.setup() };
}
