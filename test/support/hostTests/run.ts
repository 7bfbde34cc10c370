import { appendFileSync, writeFileSync } from 'node:fs';
import { format } from 'node:util';
import { loadTestFiles } from 'host-test-files';
import Mocha from 'mocha';

/**
 * What the extension host calls. Mocha's report goes to the file that BOUSSOLE_HOST_TESTS_REPORT names, since the console of
 * an extension host mixes the lines of all extensions; its counts go to that name with `.json` at the end of the run.
 */
export async function run(): Promise<void> {
  const report = process.env['BOUSSOLE_HOST_TESTS_REPORT'];
  if (report) Mocha.reporters.Base.consoleLog = (...args: unknown[]) => appendFileSync(report, `${format(...args)}\n`);
  const grep = process.env['BOUSSOLE_HOST_TESTS_GREP'];
  const color = Boolean(process.env['BOUSSOLE_HOST_TESTS_COLOR']);
  const mocha = new Mocha({ ui: 'bdd', reporter: 'spec', timeout: 20_000, forbidOnly: true, forbidPending: true, color, ...(grep ? { grep } : {}) });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  loadTestFiles();
  const stats = await new Promise<Mocha.Stats | undefined>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats));
  });
  const counts = { passed: stats?.passes ?? 0, failed: stats?.failures ?? 1 };
  if (report) writeFileSync(`${report}.json`, JSON.stringify(counts));
  if (counts.failed > 0) throw new Error(`${counts.failed} tests failed.`);
}
