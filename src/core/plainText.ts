/**
 * Text of others (titles, names, messages) made fit for one line: control and bidirectional formatting characters removed, runs
 * of blanks joined, cut at `limit` characters with an ellipsis and never inside a surrogate pair.
 */
export function plainText(text: string, limit = 160): string {
  // Long before cleaning, so that a hostile megabyte costs nothing.
  const line = text
    .slice(0, limit * 8)
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  const characters = Array.from(line);
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('').trimEnd()}…` : line;
}

/** Puts a backslash before what VS Code would draw as an icon, as its own `escapeIcons` does. */
export function escapeIcons(text: string): string {
  return text.replace(/\\?(\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\))/g, String.raw`\$1`);
}

/**
 * Text of others for VS Code's notifications and view messages, which make a link, of a command too, out of `[words](address)`:
 * it stays what it is, text.
 */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}
