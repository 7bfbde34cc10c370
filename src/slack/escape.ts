const noneShown = '—';

/** What may not pass: control characters, characters that change the direction of text or are invisible, halves of surrogate pairs. */
const unfit = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/**
 * Hostile text as text in Slack: `&`, `<` and `>` escaped (docs.slack.dev, formatting), so that no mention or link can come from
 * it, on one line, at most `max` characters, never cut inside an entity. Formatting marks still work: see `codeSpan` and `unmarked`.
 */
export function escaped(source: string, max: number): string {
  const clean = source.replace(/[^\S\u00a0\u202f]+/gu, ' ').replace(unfit, '').trim();
  if (clean === '') return noneShown;
  const pieces = Array.from(clean, escapeOne);
  if (pieces.reduce((sum, piece) => sum + piece.length, 0) <= max) return pieces.join('');
  let length = 1;
  const kept: string[] = [];
  for (const piece of pieces) {
    length += piece.length;
    if (length > max) break;
    kept.push(piece);
  }
  return `${kept.join('').trimEnd()}…`;
}

/** Hostile text in a code span, where no formatting mark and no emoji works. */
export function codeSpan(source: string, max: number): string {
  const inside = escaped(source.replaceAll('`', 'ˋ'), max);
  return inside === noneShown ? noneShown : `\`${inside}\``;
}

/** Hostile text as running text, its formatting marks taken away. */
export function unmarked(source: string, max: number): string {
  return escaped(source.replace(/[*_~`:]/g, ' '), max);
}

/** A link with a label of ours, or just the label when the address is missing, too long or no web address. */
export function link(url: string | undefined, label: string): string {
  const parsed = url !== undefined && URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return label;
  const safe = parsed.href.replace(/[|<>\s]/g, encodeURIComponent).replaceAll('&', '&amp;');
  return safe.length > 2000 ? label : `<${safe}|${label}>`;
}

function escapeOne(character: string): string {
  switch (character) {
    case '&':
      return '&amp;';
    case '<':
      return '&lt;';
    case '>':
      return '&gt;';
    default:
      return character;
  }
}
