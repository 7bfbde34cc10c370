import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { builtExtension } from './bench/builtExtension.ts';
import type { Figure } from './bench/figure.ts';
import { figures } from './bench/figures.ts';
import { asJson, lines, shortfalls, type Measured } from './bench/report.ts';
import { onInterrupt } from '../test/support/onInterrupt.ts';
import { main } from './main.ts';

const help = `npm run bench -- [options]
  --only NAME   measure this figure only; may be given several times
  --json FILE   write everything that was measured to a file
  --list        name the figures`;

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true }, json: { type: 'string' }, list: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
});

if (values.help) console.log(help);
else if (values.list) console.log(figures.map(({ name, how }) => `${name.padEnd(20)} ${how}`).join('\n'));
else await main(() => bench(chosen(values.only)));

/** Measures a production build, figure by figure; the exit code is 1 when one of them falls short of what it must reach. */
async function bench(wanted: readonly Figure[]): Promise<void> {
  // Exiting ends the servers and removes the temporary folders.
  onInterrupt(async () => undefined);
  const built = await builtExtension();
  const all: Measured[] = [];
  for (const figure of wanted) {
    const start = performance.now();
    const seconds = () => (performance.now() - start) / 1000;
    const measured = await figure.measure(built).then(
      (readings): Measured => ({ figure, readings, seconds: seconds() }),
      (problem: unknown): Measured => ({ figure, readings: [], problem: problem instanceof Error ? problem : new Error(String(problem)), seconds: seconds() }),
    );
    all.push(measured);
    console.log(lines(measured));
  }
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(asJson(all), null, 2)}\n`);
  const missed = shortfalls(all);
  console.log(missed.length === 0 ? '\nEvery figure is reached.' : `\n${missed.length} fall short:\n${missed.map((each) => `  ✘ ${each}`).join('\n')}`);
  process.exit(missed.length === 0 ? 0 : 1);
}

function chosen(only: readonly string[] | undefined): readonly Figure[] {
  const unknown = only?.find((name) => !figures.some((figure) => figure.name === name));
  if (unknown !== undefined) throw new Error(`There is no figure "${unknown}". There are: ${figures.map(({ name }) => name).join(', ')}.`);
  return only ? figures.filter(({ name }) => only.includes(name)) : figures;
}
