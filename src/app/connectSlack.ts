import type { Clock } from '../core/clock.ts';
import { DeployError, isDeployError } from '../core/deployError.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import type { Slack, SlackIdentity } from '../core/slack.ts';
import { announceTest } from './announcement.ts';

/** What a look at a connection found. `missing` is empty when deploys can be told. */
export interface SlackCheck {
  /** Absent for a webhook, which tells nothing about itself, and for a token that Slack does not take. */
  readonly identity: SlackIdentity | undefined;
  readonly channel: { readonly id: string; readonly name: string } | undefined;
  /** Everything that stands in the way, each with what to do; shown together, so that it is mended in one go. */
  readonly missing: readonly DeployError[];
}

/** Looks whether Slack can be told in `channel` (an id or a name); posts nothing. A webhook can only be tried by `sendTest`. */
export async function checkSlack(slack: Slack, channel: string | undefined, signal?: AbortSignal): Promise<SlackCheck> {
  if (!slack.canEdit) return { identity: undefined, channel: undefined, missing: [] };
  const identity = await orProblem(() => slack.identify(signal));
  if (isDeployError(identity)) return { identity: undefined, channel: undefined, missing: [identity] };
  const scopes = neededScopes.filter((scope) => identity.scopes !== undefined && !identity.scopes.includes(scope));
  const missing = scopes.map(lacksScope);
  if (channel === undefined || channel.trim() === '' || scopes.includes('channels:read')) return { identity, channel: undefined, missing };
  const found = await orProblem(() => slack.channel(channel, signal));
  return isDeployError(found) ? { identity, channel: undefined, missing: [...missing, found] } : { identity, channel: found, missing };
}

/** Posts a test message; throws what stands in the way. */
export async function sendTest(
  slack: Slack,
  channel: string,
  { repository, actor, clock }: { readonly repository: RepositoryId; readonly actor: string; readonly clock: Clock },
  signal?: AbortSignal,
): Promise<void> {
  await slack.post(channel, announceTest(repository, actor, clock.now()), undefined, signal);
}

/** `chat:write` posts and edits; `channels:read` finds a channel and tells whether the bot is in it. */
const neededScopes = ['chat:write', 'channels:read'];

function lacksScope(scope: string): DeployError {
  return new DeployError('slackMissingScope', 'The Slack app lacks the scope {scope}. Add it under “OAuth & Permissions”, install the app again, then connect again.', {
    values: { scope },
    actions: ['connectSlack'],
  });
}

async function orProblem<T>(ask: () => Promise<T>): Promise<T | DeployError> {
  try {
    return await ask();
  } catch (error) {
    if (isDeployError(error)) return error;
    throw error;
  }
}
