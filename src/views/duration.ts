import type { Reader } from './reader.ts';

const formats = new Map<string, Intl.NumberFormat>();

/** A length of time in at most two units: `42s`, `4m 12s`, `1h 5m`, in the reader's language. Less than nothing is `0s`. */
export function duration(ms: number, { language }: Pick<Reader, 'language'>): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return pair(language, [days, 'day'], [hours % 24, 'hour']);
  if (hours > 0) return pair(language, [hours, 'hour'], [minutes % 60, 'minute']);
  if (minutes > 0) return pair(language, [minutes, 'minute'], [seconds % 60, 'second']);
  return one(language, seconds, 'second');
}

type Unit = 'day' | 'hour' | 'minute' | 'second';

function pair(language: string, [large, largeUnit]: [number, Unit], [small, smallUnit]: [number, Unit]): string {
  return small === 0 ? one(language, large, largeUnit) : `${one(language, large, largeUnit)} ${one(language, small, smallUnit)}`;
}

function one(language: string, value: number, unit: Unit): string {
  const key = `${language} ${unit}`;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: language.startsWith('en') ? 'narrow' : 'short' })));
  return format.format(value);
}
