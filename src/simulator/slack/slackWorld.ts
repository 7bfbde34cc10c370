import { text, type Mount, type SimRequest, type SimResponse } from '../http.ts';
import { answerChannelPage } from './channelPage.ts';
import { Pace } from './pace.ts';
import { answerWebApi } from './webApi.ts';
import { answerWebhook } from './webhook.ts';
import { SlackWorkspace } from './workspace.ts';

/** A simulated Slack: its state, and the paths it answers (`/slack/…` and `/services/…`). */
export interface SlackWorld extends Mount {
  readonly workspace: SlackWorkspace;
}

/** Slack with one workspace in memory; time is read from `clock` and nothing happens by itself. */
export function createSlackWorld({ clock }: { readonly clock: { now(): number } }): SlackWorld {
  const workspace = new SlackWorkspace();
  const pace = new Pace();
  return {
    workspace,
    handle: async (request) => answer(request, workspace, pace, clock.now()),
  };
}

function answer(request: SimRequest, workspace: SlackWorkspace, pace: Pace, now: number): SimResponse | undefined {
  const { path } = request;
  const method = /^\/slack\/api\/([\w.]+)$/.exec(path)?.[1];
  if (method !== undefined) return answerWebApi(method, request, workspace, pace, now);
  if (path.startsWith('/services/')) return answerWebhook(request, workspace, pace, now);
  if (path !== '/slack' && !path.startsWith('/slack/')) return undefined;
  return answerChannelPage(request, workspace) ?? text('Not found', 404);
}
