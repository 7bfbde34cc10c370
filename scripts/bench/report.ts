import { cpus } from 'node:os';
import type { Figure, Reading } from './figure.ts';
import { decisive, isReached, summarize } from './statistics.ts';

/** A figure with what was measured of it, or why that failed. */
export interface Measured {
  readonly figure: Figure;
  readonly readings: readonly Reading[];
  readonly problem?: Error;
  readonly seconds: number;
}

/** The lines that tell a person about a figure: median, spread, target, and whether it is reached. */
export function lines({ figure, readings, problem, seconds }: Measured): string {
  const head = `\n${figure.name}  (${figure.how}; ${seconds.toFixed(0)} s)`;
  if (problem !== undefined) return `${head}\n  ✘ could not be measured: ${problem.stack ?? problem.message}`;
  return [head, ...readings.map(line)].join('\n');
}

/** What falls short, one sentence each. */
export function shortfalls(all: readonly Measured[]): readonly string[] {
  return all.flatMap(({ figure, readings, problem }) => {
    if (problem !== undefined) return [`${figure.name}: could not be measured`];
    return readings.filter((reading) => !isReached(reading)).map((reading) => `${figure.name}: ${reading.what} is ${shown(decisive(reading), reading)}, not ${goal(reading)}`);
  });
}

/** Everything as data, for `--json`. */
export function asJson(all: readonly Measured[]): unknown {
  return {
    measuredAt: new Date().toISOString(),
    machine: { platform: process.platform, arch: process.arch, node: process.versions.node, cores: cpus().length, processor: cpus()[0]?.model },
    figures: all.map(({ figure: { name, how }, readings, problem, seconds }) => ({
      name,
      how,
      seconds,
      ...(problem === undefined ? {} : { problem: problem.message }),
      readings: readings.map((reading) => ({ ...reading, ...summarize(reading.values), decisive: decisive(reading), reached: isReached(reading) })),
    })),
  };
}

function line(reading: Reading): string {
  const { values, what, target, note } = reading;
  const { lowest, highest, median } = summarize(values);
  const sign = target ? (isReached(reading) ? '✔' : '✘') : ' ';
  const spread = values.length > 1 ? `  (${round(lowest)} – ${round(highest)}, ${values.length} times${reading.counts === 'worst' ? `, median ${round(median)}` : ''})` : '';
  const reach = target ? `  reach ${goal(reading)}` : '';
  return `  ${sign} ${what.padEnd(52)} ${shown(decisive(reading), reading).padStart(14)}${reach}${spread}${note === undefined ? '' : `  – ${note}`}`;
}

function shown(value: number, { unit }: Reading): string {
  return `${round(value)} ${unit}`;
}

function goal(reading: Reading): string {
  const { target } = reading;
  if (!target) return '';
  return 'atMost' in target ? `≤ ${shown(target.atMost, reading)}` : `≥ ${shown(target.atLeast, reading)}`;
}

function round(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toFixed(Math.abs(value) >= 10 ? 1 : 2)));
}
