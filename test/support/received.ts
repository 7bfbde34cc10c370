import type { Simulator } from '../../src/simulator/simulator.ts';
import { wordsOf } from './slackRig.ts';

type Received = { readonly simulator: Simulator };

/** What was asked to be changed on GitHub, oldest first: method and path below the repository. */
export function writes({ simulator }: Received): readonly string[] {
  return simulator.log.filter(({ method, resource }) => resource === 'core' && method !== 'GET').map(({ method, path }) => `${method} ${path.replace(/^\/api\/v3\/repos\/[^/]+\/[^/]+/, '')}`);
}

/** Slack's methods that were called since the beginning, oldest first. */
export function slackCalls({ simulator }: Received): readonly string[] {
  return simulator.log.filter(({ resource }) => resource === 'slack').map(({ path }) => path.replace('/slack/api/', ''));
}

/** A message in #deploys as its readers see it. */
export interface ToldMessage {
  readonly isReply: boolean;
  readonly isEdited: boolean;
  readonly words: string;
}

/** Everything that was said in #deploys, oldest first. */
export function told({ simulator }: Received): readonly ToldMessage[] {
  return (simulator.slack.workspace.channel('deploys')?.messages ?? []).map((message) => ({
    isReply: message.threadTs !== undefined,
    isEdited: message.editedTs !== undefined,
    words: wordsOf(message),
  }));
}
