import type { Instant } from '../core/instant.ts';

/** One line of a job's log: when it was written, what it means, and its text without codes. */
export interface LogLine {
  readonly at: Instant | undefined;
  readonly kind: 'text' | 'group' | 'endgroup' | 'command' | 'error' | 'warning' | 'notice' | 'debug';
  readonly text: string;
}

const timestamp = /^\uFEFF?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?)\d*Z ?/;
const command = /^(?:##)?\[(group|endgroup|command|error|warning|notice|debug|section)\]/;

/**
 * Reads a line as GitHub writes it: a time stamp, then perhaps a marker such as `##[group]`. ANSI codes, control characters and
 * what could reorder text are removed; of a line that overwrote itself (carriage returns) the last version stays.
 */
export function logLine(raw: string): LogLine {
  const [stamp, time] = timestamp.exec(raw) ?? ['', undefined];
  const text = plain(raw.slice(stamp.length));
  const marker = command.exec(text);
  const at = time === undefined ? undefined : Date.parse(`${time}Z`);
  if (!marker) return { at, kind: 'text', text };
  const kind = marker[1] === 'section' ? 'text' : (marker[1] as LogLine['kind']);
  return { at, kind, text: text.slice(marker[0].length) };
}

// eslint-disable-next-line no-control-regex
const ansi = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[@-Z\\^_])/g;

function plain(text: string): string {
  const overwritten = text.replace(/\r+$/, '').split('\r').at(-1) ?? '';
  return overwritten.replace(ansi, '').replace(/[^\P{Cc}\t]/gu, '').replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, '');
}
