import type { Job, Step } from '../core/workflowRun.ts';
import { logLine, type LogLine } from './logLine.ts';

/** A step with the lines it wrote; `step` is absent for lines before the first one. */
export interface LogSection {
  readonly step: Step | undefined;
  readonly lines: readonly LogLine[];
}

/**
 * Gives each line of a job's log to the step that wrote it. The log does not say; steps know their start to the second, so a line
 * opens the next step when it is younger than the present one's end, or when it reads like the first line of a step from the
 * second on in which the next one began.
 */
export function logSections(log: string, { steps }: Job): readonly LogSection[] {
  const started = steps.filter(({ startedAt, conclusion }) => startedAt !== undefined && conclusion !== 'skipped').sort((a, b) => a.number - b.number);
  const sections: { step: Step | undefined; lines: LogLine[] }[] = [{ step: started[0], lines: [] }];
  let index = 0;
  let at = 0;
  for (const raw of log.replace(/\n$/, '').split('\n')) {
    const line = logLine(raw);
    at = Math.max(at, line.at ?? at);
    for (let next = started[index + 1]; next && opens(next, started[index], line, at, (sections.at(-1)?.lines.length ?? 0) > 0); next = started[index + 1]) {
      index++;
      sections.push({ step: next, lines: [] });
    }
    sections.at(-1)?.lines.push(line);
  }
  return sections.filter(({ step, lines }) => step !== undefined || lines.some(({ text }) => text !== ''));
}

function opens(next: Step, present: Step | undefined, line: LogLine, at: number, hasLines: boolean): boolean {
  const second = Math.floor(at / 1000) * 1000;
  if (second < toSecond(next.startedAt)) return false;
  const isFirst = (line.kind === 'group' && line.text.startsWith('Run ')) || line.text === 'Post job cleanup.' || line.text === 'Cleaning up orphan processes';
  // Without lines of its own the present step has not been told apart yet: leave it only for certain.
  return (isFirst && hasLines) || second > toSecond(present?.completedAt);
}

function toSecond(at: number | undefined): number {
  return Math.floor((at ?? 0) / 1000) * 1000;
}
