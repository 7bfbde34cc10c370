import type { Context } from 'mocha';
import { openWindows } from '../vscodeWindow.ts';

/** Around every end-to-end test: a failed one leaves a picture of each open window in test-results/, and no window outlives its test. */
export const mochaHooks = {
  async afterEach(this: Context): Promise<void> {
    const test = this.currentTest;
    const name = test?.state === 'failed' ? `failed ${test.fullTitle()}`.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 120) : undefined;
    for (const [index, window] of openWindows().entries()) {
      if (name !== undefined) console.error(`      ${await window.screenshot(`${name}-${index + 1}`).catch(String)}`);
      await window.dispose();
    }
  },
};
