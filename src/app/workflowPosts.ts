import { isAbort, isDeployError } from '../core/deployError.ts';
import type { SettingPlace } from '../core/gitHubSetup.ts';
import type { WorkflowFile } from '../core/workflowFile.ts';
import type { RepositorySession } from './repositorySession.ts';

/**
 * Whether a deploy's workflow will tell Slack by itself. Its file must say so; and where its jobs take secrets from environments that hold
 * nothing else (`deployment: false`), there must be one named `SLACK_…`, else its steps have nothing to post with and nobody would be told.
 * Where the names cannot be read, the file is believed; they are not asked for where the settings have decided.
 */
export async function workflowPosts(session: RepositorySession, file: WorkflowFile, signal: AbortSignal): Promise<boolean> {
  const holders = new Set(file.environments.filter(({ recordsDeployment, isExpression }) => !recordsDeployment && !isExpression).map(({ name }) => name));
  if (!file.postsToSlack || holders.size === 0 || session.settings().slack.whenWorkflowPosts !== 'auto') return file.postsToSlack;
  const places: readonly SettingPlace[] = [...[...holders].map((environment) => ({ environment })), 'repository', 'organization'];
  try {
    const setup = await session.setup();
    const names = await Promise.all(places.map((place) => setup.secrets(session.repository, place, signal)));
    return names.flat().some(({ name }) => /^SLACK/i.test(name));
  } catch (error) {
    if (isAbort(error) || !isDeployError(error)) throw error;
    session.log.debug(`Whether ${file.path} has a secret for Slack could not be read: ${error.kind}.`);
    return true;
  }
}
