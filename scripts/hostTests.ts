import { writeFile } from 'node:fs/promises';
import { main } from './main.ts';

/** Runs the tests inside an extension host: `hostTests.ts server|desktop [arguments for Mocha]`. Counts go where BOUSSOLE_COUNTS says. */
await main(async () => {
  const [place, ...args] = process.argv.slice(2);
  const counts =
    place === 'desktop'
      ? await (await import('../test/support/hostTests/runOnDesktop.ts')).runHostTestsOnDesktop(args)
      : await (await import('../test/support/hostTests/runInServer.ts')).runHostTestsInServer(args);
  const file = process.env['BOUSSOLE_COUNTS'];
  if (file) await writeFile(file, JSON.stringify(counts));
  process.exitCode = counts.failed === 0 ? 0 : 1;
});
