import { SetUpError } from '../test/support/setUpError.ts';

/** Runs a script's work; what a person can mend is told in its own words, everything else with its stack. The exit code is then 1. */
export async function main(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof SetUpError ? `\n${error.message}` : error);
    // Servers that were already started would keep the process alive.
    process.exit(1);
  }
}
