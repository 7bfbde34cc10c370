import { escapeIcons, plainText } from '../core/plainText.ts';

/**
 * Text of others inside a tooltip: shown as written, never as markup, link or icon. Every ASCII punctuation mark is escaped
 * (CommonMark allows it for all), which also keeps bare addresses and mail addresses from becoming links.
 */
export function escaped(text: string, limit = 300): string {
  return escapeIcons(plainText(text, limit)).replace(/[!-/:-@[-`{-~]/g, String.raw`\$&`);
}

/** The text in bold. */
export function bold(text: string, limit?: number): string {
  const inside = escaped(text, limit);
  return inside === '' ? '' : `**${inside}**`;
}

/** A link to one of the repository's own pages; anything that is not an http(s) address stays text. */
export function link(text: string, url: string | undefined): string {
  const address = url !== undefined && URL.canParse(url) ? new URL(url) : undefined;
  if (!address || (address.protocol !== 'https:' && address.protocol !== 'http:')) return escaped(text);
  return `[${escaped(text)}](${address.href.replace(/[()]/g, (mark) => (mark === '(' ? '%28' : '%29'))})`;
}
