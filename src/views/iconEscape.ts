import { plainText } from '../core/plainText.ts';

/** Puts a backslash before what VS Code would draw as an icon (`$(name)`), as its own `escapeIcons` does. */
export function escapeIcons(text: string): string {
  return text.replace(/\\?(\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\))/g, String.raw`\$1`);
}

/** Foreign text for the status bar, which draws icons. */
export function statusText(foreign: string, longest = 40): string {
  return escapeIcons(plainText(foreign, longest));
}
