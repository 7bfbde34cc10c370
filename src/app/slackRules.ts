import type { DeployRequest } from '../core/deployRequest.ts';
import { ofEnvironment } from '../core/environment.ts';
import type { Settings, SlackEvent } from '../core/settings.ts';
import type { Announcement } from '../core/slack.ts';

/** What the settings say about telling Slack of one deploy. */
export interface SlackRules {
  /** Channel id or name; `undefined` when none is set for the environment (a webhook has its own). */
  readonly channel: string | undefined;
  readonly events: ReadonlySet<SlackEvent>;
  /** The workflow tells Slack by itself: only who and why are left to say. */
  readonly isQuiet: boolean;
}

const allEvents: readonly SlackEvent[] = ['start', 'waiting', 'progress', 'success', 'failure', 'cancelled'];

/** The rules for a deploy: the environment's own first, then those of `*`, then everything. */
export function slackRules({ slack, environments }: Settings, { environment, workflowPosts }: DeployRequest): SlackRules {
  const posts = slack.whenWorkflowPosts === 'auto' ? workflowPosts : slack.whenWorkflowPosts === 'always';
  return {
    channel: ofEnvironment(slack.channels, environment) ?? ofEnvironment(environments, environment)?.slackChannel ?? slack.channels['*'],
    events: new Set(ofEnvironment(slack.events, environment) ?? slack.events['*'] ?? allEvents),
    isQuiet: posts,
  };
}

/** The event that a state belongs to; a lost run is none: it only corrects a message that is there. */
export function eventOf(state: Announcement['state']): SlackEvent | undefined {
  switch (state) {
    case 'started':
      return 'start';
    case 'inProgress':
      return 'progress';
    case 'waiting':
    case 'success':
    case 'failure':
    case 'cancelled':
      return state;
    case 'unconfirmed':
    case 'test':
      return undefined;
  }
}
