import { stat } from 'node:fs/promises';
import type { Figure } from './figure.ts';

/** What a person downloads. */
export const packageSize: Figure = {
  name: 'package',
  how: 'boussole.vsix as "npm run package" writes it',
  measure: async ({ vsix }) => [
    { what: 'boussole.vsix', unit: 'KB', values: [(await stat(vsix)).size / 1024], counts: 'worst', target: { atMost: 500 } },
  ],
};
