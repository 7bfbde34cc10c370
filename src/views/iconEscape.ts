import { escapeIcons, plainText } from '../core/plainText.ts';

/** Foreign text for the status bar, which draws icons. */
export function statusText(foreign: string, longest = 40): string {
  return escapeIcons(plainText(foreign, longest));
}
