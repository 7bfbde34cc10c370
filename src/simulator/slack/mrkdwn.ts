import { emojiNamed, emojiToHtml } from './emoji.ts';
import { escapeHtml } from './escapeHtml.ts';

/**
 * Slack's mrkdwn as safe HTML: everything is escaped first, then only what Slack itself would mark up is marked up. `verbatim`
 * leaves bare addresses alone, as Slack does.
 */
export function mrkdwnToHtml(source: string, { verbatim = false } = {}): string {
  return source
    .split(/(```[\s\S]+?```|`[^`\n]+`|<[^<>\n]+>)/)
    .map((piece) => {
      if (piece.startsWith('```') && piece.length > 6) return `<pre>${entities(piece.slice(3, -3).replace(/^\n/, ''))}</pre>`;
      if (piece.startsWith('`') && piece.length > 2) return `<code>${entities(piece.slice(1, -1))}</code>`;
      if (piece.startsWith('<') && piece.endsWith('>')) return control(piece.slice(1, -1));
      return prose(piece, verbatim);
    })
    .join('');
}

/** Plain text as Slack shows it: entities decoded, `:emoji:` left alone, line breaks kept. */
export function plainTextToHtml(source: string): string {
  return emojiToHtml(entities(source).replaceAll('\n', '<br>'));
}

/** Slack decodes exactly three entities; the page needs them escaped again for its own sake. */
function entities(source: string): string {
  return escapeHtml(source.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'));
}

function prose(source: string, verbatim: boolean): string {
  const marked = entities(source)
    .replace(/(^|[\s(])\*(?=\S)([^*\n]+?)\*(?=$|[\s.,;:!?)])/g, '$1<strong>$2</strong>')
    .replace(/(^|[\s(])_(?=\S)([^_\n]+?)_(?=$|[\s.,;:!?)])/g, '$1<em>$2</em>')
    .replace(/(^|[\s(])~(?=\S)([^~\n]+?)~(?=$|[\s.,;:!?)])/g, '$1<del>$2</del>')
    .replace(/:([a-z_]+):/g, (whole, name: string) => emojiNamed(name) ?? whole)
    .replaceAll('\n', '<br>');
  return emojiToHtml(verbatim ? marked : marked.replace(/https?:\/\/[^\s<>&]+/g, (url) => link(url, url)));
}

/** What stands between angle brackets: a link, a mention, a date; mentions are shown loudly because they ring at people's desks. */
function control(source: string): string {
  const [target, label] = split(source);
  const date = /^!date\^(\d+)\^([^^]+)(?:\^([^^]+))?$/.exec(target);
  if (date) return dateToHtml(Number(date[1]), date[2] ?? '');
  if (target.startsWith('!')) return `<mark class="mention">@${entities((target.slice(1).split('^')[0] ?? '').trim())}</mark>`;
  if (target.startsWith('@') || target.startsWith('#')) return `<mark class="mention">${entities(target.slice(0, 1) + (label ?? target.slice(1)))}</mark>`;
  if (/^(https?:\/\/|mailto:)/.test(target)) return link(entities(target), entities(label ?? target));
  return entities(`<${source}>`);
}

function split(source: string): readonly [string, string | undefined] {
  const bar = source.indexOf('|');
  return bar < 0 ? [source, undefined] : [source.slice(0, bar), source.slice(bar + 1)];
}

function link(escapedUrl: string, escapedLabel: string): string {
  return `<a href="${escapedUrl}" target="_blank" rel="noreferrer noopener">${escapedLabel}</a>`;
}

/** Slack writes dates in the reader's own time zone: the page's script does it from the `datetime`, this is what stands there before. */
function dateToHtml(seconds: number, format: string): string {
  const iso = new Date(seconds * 1000).toISOString();
  const filled = escapeHtml(format)
    .replace('{time_secs}', iso.slice(11, 19))
    .replace('{time}', iso.slice(11, 16))
    .replace(/\{date[a-z_]*\}/, iso.slice(0, 10));
  return `<time datetime="${iso}" data-format="${escapeHtml(format)}">${filled}</time>`;
}
