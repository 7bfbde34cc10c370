import type { Job, Step } from '../core/workflowRun.ts';
import { text } from '../core/text.ts';
import { plainText } from '../core/plainText.ts';
import { duration } from './duration.ts';
import type { LogLine } from './logLine.ts';
import { logSections, type LogSection } from './logSections.ts';
import type { Reader } from './reader.ts';
import { runLook } from './runState.ts';

/** A log as a document: its text, what folds (first and last line, from 0), and the line to show first. */
export interface LogContent {
  readonly text: string;
  readonly folds: readonly { readonly start: number; readonly end: number }[];
  readonly focusLine: number;
}

/** A job's log to read below its heading's lines: what failed comes first, then the other steps in their order; groups are indented and fold. */
export function logContent(log: string, job: Job, heading: readonly string[], reader: Reader): LogContent {
  const sections = logSections(log, job);
  const failed = sections.filter(({ step }) => step !== undefined && hasFailed(step));
  const others = sections.filter((section) => !failed.includes(section));
  const page = new Page();
  for (const line of heading) page.write(plainText(line, 300));
  page.write(`${mark(job)} ${plainText(job.name, 120)} — ${reader.say(runLook(job.status, job.conclusion).word)}${took(job, reader)}`);
  if (failed.length > 0 && others.length > 0) page.write(reader.say(text('What failed comes first; the other steps follow in their order.')));
  for (const section of [...failed, ...others]) writeSection(section, page, reader);
  const firstError = page.firstError ?? page.firstSection;
  return { text: page.text, folds: page.folds, focusLine: failed.length > 0 ? firstError : 0 };
}

class Page {
  readonly #lines: string[] = [];
  readonly folds: { start: number; end: number }[] = [];
  firstError: number | undefined;
  firstSection = 0;

  get text(): string {
    return `${this.#lines.join('\n')}\n`;
  }

  get last(): number {
    return this.#lines.length - 1;
  }

  write(line: string): number {
    this.#lines.push(line);
    return this.last;
  }

  fold(start: number): void {
    if (this.last > start) this.folds.push({ start, end: this.last });
  }
}

function writeSection({ step, lines }: LogSection, page: Page, reader: Reader): void {
  page.write('');
  const title = step
    ? `${mark(step)} ${step.number}. ${plainText(step.name, 120)} — ${reader.say(runLook(step.status, step.conclusion).word)}${took(step, reader)}`
    : reader.say(text('Before the first step'));
  const start = page.write(title);
  page.firstSection ||= start;
  const groups: number[] = [];
  for (const line of lines) {
    if (line.kind === 'endgroup') {
      const group = groups.pop();
      if (group !== undefined) page.fold(group);
      continue;
    }
    const written = page.write(`${'  '.repeat(groups.length + 1)}${shown(line)}`.trimEnd());
    if (line.kind === 'group') groups.push(written);
    if (line.kind === 'error') page.firstError ??= written;
  }
  for (let group = groups.pop(); group !== undefined; group = groups.pop()) page.fold(group);
  page.fold(start);
}

function shown({ kind, text: words }: LogLine): string {
  switch (kind) {
    case 'group':
      return `▸ ${words}`;
    case 'command':
      return `$ ${words}`;
    case 'error':
      return `Error: ${words}`;
    case 'warning':
      return `Warning: ${words}`;
    case 'notice':
      return `Notice: ${words}`;
    case 'debug':
      return `Debug: ${words}`;
    case 'endgroup':
    case 'text':
      return words;
  }
}

type Timed = Pick<Step, 'status' | 'conclusion' | 'startedAt' | 'completedAt'>;

function hasFailed({ conclusion }: Pick<Step, 'conclusion'>): boolean {
  return conclusion === 'failure' || conclusion === 'timedOut' || conclusion === 'startupFailure';
}

function mark(part: Timed): string {
  if (hasFailed(part)) return '✗';
  return part.conclusion === 'success' ? '✓' : '○';
}

function took({ startedAt, completedAt }: Timed, reader: Reader): string {
  return startedAt === undefined || completedAt === undefined ? '' : ` · ${duration(completedAt - startedAt, reader)}`;
}
