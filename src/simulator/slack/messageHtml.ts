import type { Block, TextObject } from './blocks.ts';
import { escapeHtml } from './escapeHtml.ts';
import { mrkdwnToHtml, plainTextToHtml } from './mrkdwn.ts';
import type { SlackChannel, SlackMessage, SlackWorkspace } from './workspace.ts';

/** A channel's messages as HTML, each thread under its parent. */
export function messagesToHtml(channel: SlackChannel, workspace: SlackWorkspace): string {
  const top = channel.messages.filter(({ threadTs }) => threadTs === undefined);
  const intro = `<p class="intro">This is the very beginning of <strong>#${escapeHtml(channel.name)}</strong>.</p>`;
  let day = '';
  const items = top.map((message) => {
    const date = isoTime(message.ts).slice(0, 10);
    const divider = date === day ? '' : `<h2><time datetime="${date}T12:00:00Z" data-format="{date_long}">${date}</time></h2>`;
    day = date;
    const replies = channel.messages.filter(({ threadTs }) => threadTs === message.ts);
    return divider + messageToHtml(message, workspace, replies);
  });
  return intro + items.join('');
}

function messageToHtml(message: SlackMessage, workspace: SlackWorkspace, replies: readonly SlackMessage[]): string {
  const time = isoTime(message.ts);
  const edited = message.editedTs === undefined ? '' : ' <span class="edited">(edited)</span>';
  const kind = message.author === 'webhook' ? 'APP · webhook' : 'APP';
  const body = message.blocks.length > 0 ? message.blocks.map(blockToHtml).join('') : `<p>${mrkdwnToHtml(message.text)}</p>`;
  const thread =
    replies.length === 0
      ? ''
      : `<details class="thread" open><summary>${replies.length} ${replies.length === 1 ? 'reply' : 'replies'}</summary>${replies.map((each) => messageToHtml(each, workspace, [])).join('')}</details>`;
  return `<article class="message" id="p${message.ts.replace('.', '')}"><div class="avatar" aria-hidden="true"></div><div class="content"><p class="byline"><strong>${escapeHtml(workspace.app.name)}</strong> <span class="app">${kind}</span> <time datetime="${time}" data-format="{time}">${time.slice(11, 16)}</time>${edited}</p>${body}${thread}</div></article>`;
}

function blockToHtml(block: Block): string {
  switch (block.type) {
    case 'header':
      return `<h3>${block.text ? textToHtml(block.text) : ''}</h3>`;
    case 'section': {
      const text = block.text ? `<p>${textToHtml(block.text)}</p>` : '';
      const fields = block.fields ? `<div class="fields">${block.fields.map((each) => `<p>${textToHtml(each)}</p>`).join('')}</div>` : '';
      return text + fields;
    }
    case 'context':
      return `<div class="context">${(block.elements ?? []).map((each) => `<p>${textToHtml(each)}</p>`).join('')}</div>`;
    default:
      return '<hr>';
  }
}

function textToHtml(text: TextObject): string {
  return text.type === 'mrkdwn' ? mrkdwnToHtml(text.text, { verbatim: text.verbatim === true }) : plainTextToHtml(text.text);
}

function isoTime(ts: string): string {
  return new Date(Math.floor(Number(ts) * 1000)).toISOString();
}
