/** An emoji by Slack's name for it: the character that stands for it, and its picture's shapes on 20 × 20. */
interface Emoji {
  readonly character: string;
  readonly shapes: string;
}

const disc = (colour: string) => `<circle cx="10" cy="10" r="9" fill="${colour}"/>`;
const stroke = (path: string, colour = '#fff') => `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>`;
const tile = (colour: string) => `<rect x="1" y="1" width="18" height="18" rx="4" fill="${colour}"/>`;

/** Drawn here, as Slack draws its own: a machine without an emoji font shows them too. */
const emoji: ReadonlyMap<string, Emoji> = new Map([
  ['rocket', { character: '🚀', shapes: '<path d="M18.5 1.5c-5 0-8.6 2.3-11 6L3 8.6l-1.6 3 3.6.4 3 3 .4 3.6 3-1.6L12.5 12.5c3.7-2.4 6-6 6-11z" fill="#7f8fa6"/><path d="M18.5 1.5c-2 0-3.7.3-5.2 1l4.2 4.2c.7-1.5 1-3.2 1-5.2z" fill="#e0483e"/><circle cx="12" cy="8" r="2" fill="#cfe8ff"/><path d="M5 13c-2 .6-3.3 2.6-3.5 5.5 2.9-.2 4.9-1.5 5.5-3.5z" fill="#f5a623"/>' }],
  ['white_check_mark', { character: '✅', shapes: tile('#2bac76') + stroke('M5.5 10.5 8.8 13.8 14.8 6.6') }],
  ['x', { character: '❌', shapes: stroke('M4 4 16 16M16 4 4 16', '#e0334c') }],
  ['hand', { character: '✋', shapes: '<path d="M6 18.5c-2-2-3.8-5-4.6-7.2-.4-1.2 1-1.9 1.8-.9L5.2 13V4.5c0-1.5 2.1-1.5 2.2 0l.2 4.5L8 2.6c.1-1.5 2.2-1.4 2.2.1l.1 6.2.9-5.6c.2-1.4 2.2-1.1 2.1.3l-.4 6 1.3-3.9c.5-1.3 2.3-.7 2 .6-.8 4-1.2 8-3.7 12.2z" fill="#f7c04a"/>' }],
  ['no_entry_sign', { character: '🚫', shapes: '<circle cx="10" cy="10" r="7.7" fill="none" stroke="#e0334c" stroke-width="2.6"/>' + stroke('M4.9 4.9 15.1 15.1', '#e0334c') }],
  ['grey_question', { character: '❔', shapes: stroke('M6.5 6.5c.4-4.7 7.3-4.5 7 .2-.2 2.6-3.4 2.7-3.4 5.6', '#98a1ad') + '<circle cx="10.1" cy="16.6" r="1.6" fill="#98a1ad"/>' }],
  ['compass', { character: '🧭', shapes: disc('#0b6b63') + '<path d="M14.5 5.5 11.6 11.6 8.4 8.4z" fill="#fff"/><path d="M5.5 14.5 8.4 8.4l3.2 3.2z" fill="#fff" fill-opacity=".55"/>' }],
  ['tada', { character: '🎉', shapes: '<path d="M2 18 6.5 6.5 13.5 13.5z" fill="#f5a623"/><circle cx="12" cy="4" r="1.5" fill="#e0334c"/><circle cx="16.5" cy="8" r="1.5" fill="#2bac76"/><circle cx="16" cy="3" r="1.2" fill="#4aa7e8"/>' }],
]);

/** The character of an emoji that Slack writes as `:name:`. */
export function emojiNamed(name: string): string | undefined {
  return emoji.get(name)?.character;
}

/** The emoji in HTML that is already safe, as pictures. */
export function emojiToHtml(html: string): string {
  let drawn = html;
  for (const [name, { character }] of emoji) drawn = drawn.replaceAll(character, `<img class="emoji" src="/slack/emoji/${name}.svg" alt="${character}">`);
  return drawn;
}

/** An emoji's picture, as SVG. */
export function emojiPicture(name: string): string | undefined {
  const shapes = emoji.get(name)?.shapes;
  return shapes === undefined ? undefined : `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">${shapes}</svg>`;
}
