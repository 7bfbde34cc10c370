import type { Reading } from './figure.ts';

/** What a list of measurements says. */
export interface Summary {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
  /** Half of the measurements lie between these two. */
  readonly quartiles: readonly [number, number];
}

export function summarize(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    lowest: quantile(sorted, 0),
    highest: quantile(sorted, 1),
    quartiles: [quantile(sorted, 0.25), quantile(sorted, 0.75)],
  };
}

export function median(values: readonly number[]): number {
  return summarize(values).median;
}

/** The value of a reading that is held against its target. */
export function decisive({ values, counts, target }: Reading): number {
  const { median: middle, lowest, highest } = summarize(values);
  if (counts === 'median') return middle;
  return target && 'atLeast' in target ? lowest : highest;
}

export function isReached(reading: Reading): boolean {
  const { target } = reading;
  if (!target) return true;
  const value = decisive(reading);
  // A comparison with NaN (nothing was measured) is false, which is what it should be.
  return 'atMost' in target ? value <= target.atMost : value >= target.atLeast;
}

function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}
