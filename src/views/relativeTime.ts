import type { Instant } from '../core/instant.ts';
import type { Reader } from './reader.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const formats = new Map<string, Intl.RelativeTimeFormat>();

/** How long ago, short: `now`, `5m ago`, `il y a 2 h`. A time ahead of the reader's clock counts as now. */
export function relativeTime(at: Instant, { now, language }: Reader): string {
  const ago = Math.max(0, now - at);
  const format = formatFor(language);
  if (ago < minute) return format.format(0, 'second');
  if (ago < hour) return format.format(-Math.floor(ago / minute), 'minute');
  if (ago < day) return format.format(-Math.floor(ago / hour), 'hour');
  if (ago < 60 * day) return format.format(-Math.floor(ago / day), 'day');
  if (ago < 365 * day) return format.format(-Math.floor(ago / (30 * day)), 'month');
  return format.format(-Math.floor(ago / (365 * day)), 'year');
}

/** Day and time in the reader's zone, for tooltips. */
export function absoluteTime(at: Instant, { language, timeZone }: Reader): string {
  const key = `${language} ${timeZone ?? ''}`;
  let format = dates.get(key);
  if (!format) dates.set(key, (format = dateFormat(language, timeZone)));
  return format.format(at);
}

const dates = new Map<string, Intl.DateTimeFormat>();

function dateFormat(language: string, timeZone: string | undefined): Intl.DateTimeFormat {
  const options = { dateStyle: 'medium', timeStyle: 'short', ...(timeZone === undefined ? {} : { timeZone }) } as const;
  return new Intl.DateTimeFormat(Intl.DateTimeFormat.supportedLocalesOf([language]).length > 0 ? language : 'en', options);
}

/** English is clear in its narrow form; other languages (French: "-5 min") are not. */
function formatFor(language: string): Intl.RelativeTimeFormat {
  let format = formats.get(language);
  if (!format) {
    format = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: language.startsWith('en') ? 'narrow' : 'short' });
    formats.set(language, format);
  }
  return format;
}
