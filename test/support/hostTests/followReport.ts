import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Counts } from './counts.ts';

const limitMs = 180_000;
const pollMs = 100;

/** Copies a growing report to stdout until its counts are there; `undefined` when the run ended or took too long without them. */
export async function followReport(report: string, hasEnded: () => boolean): Promise<Counts | undefined> {
  let shown = 0;
  const show = async () => {
    const content = existsSync(report) ? await readFile(report) : Buffer.alloc(0);
    process.stdout.write(content.subarray(shown));
    shown = content.length;
  };
  const deadline = Date.now() + limitMs;
  while (Date.now() < deadline) {
    const over = hasEnded();
    const complete = existsSync(`${report}.json`);
    await show();
    if (complete) return JSON.parse(await readFile(`${report}.json`, 'utf8')) as Counts;
    if (over) return undefined;
    await delay(pollMs);
  }
  return undefined;
}
