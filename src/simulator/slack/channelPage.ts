import { html, json, redirect, type SimRequest, type SimResponse } from '../http.ts';
import { channelScript } from './channelScript.ts';
import { channelStyle } from './channelStyle.ts';
import { emojiPicture } from './emoji.ts';
import { escapeHtml } from './escapeHtml.ts';
import { messagesToHtml } from './messageHtml.ts';
import type { SlackChannel, SlackWorkspace } from './workspace.ts';

/** Nothing inline, nothing from elsewhere. */
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The pages on which a person watches a channel; they follow by asking for `<channel>.json` every second or so. */
export function answerChannelPage({ path }: SimRequest, workspace: SlackWorkspace): SimResponse | undefined {
  if (path === '/slack' || path === '/slack/') return redirect('/slack/deploys');
  if (path === '/slack/channel.css') return asset(channelStyle, 'text/css');
  if (path === '/slack/channel.js') return asset(channelScript, 'text/javascript');
  const picture = emojiPicture(/^\/slack\/emoji\/([a-z_]+)\.svg$/.exec(path)?.[1] ?? '');
  if (picture !== undefined) return asset(picture, 'image/svg+xml');
  const [, name, suffix] = /^\/slack\/([\w-]+)(\.json)?$/.exec(path) ?? [];
  const channel = workspace.channels.find((each) => each.name === name);
  if (!channel) return undefined;
  if (suffix) return json({ version: workspace.changes, html: messagesToHtml(channel, workspace) }, 200, { 'cache-control': 'no-store' });
  return html(page(channel, workspace), 200, { 'content-security-policy': policy, 'cache-control': 'no-store' });
}

function asset(body: string, type: string): SimResponse {
  return { status: 200, headers: { 'content-type': `${type}; charset=utf-8`, 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' }, body };
}

function page(channel: SlackChannel, workspace: SlackWorkspace): string {
  const others = workspace.channels.filter(({ isPrivate, isArchived }) => !isPrivate && !isArchived);
  const items = others.map(({ name }) => `<li><a href="/slack/${name}"${name === channel.name ? ' aria-current="page"' : ''}><span aria-hidden="true">#</span> ${escapeHtml(name)}</a></li>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>#${escapeHtml(channel.name)} · ${escapeHtml(workspace.team.name)} (simulated Slack)</title>
<link rel="stylesheet" href="/slack/channel.css">
<script src="/slack/channel.js" defer></script>
</head>
<body>
<nav aria-label="Channels"><p class="team">${escapeHtml(workspace.team.name)}</p><ul>${items.join('')}</ul><p class="note">A simulated Slack. Nothing here leaves this machine.</p></nav>
<main>
<header><h1># ${escapeHtml(channel.name)}</h1><p>${escapeHtml(channel.topic)}</p><p class="live" role="status" data-state="live">live</p></header>
<div id="messages" data-source="/slack/${channel.name}.json" data-version="${workspace.changes}" role="log" aria-label="Messages">${messagesToHtml(channel, workspace)}</div>
</main>
</body>
</html>
`;
}
