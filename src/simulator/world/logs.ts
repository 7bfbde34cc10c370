import type { Job } from './model.ts';
import { stepLog } from './scripts.ts';

/** A job's log as GitHub serves it: a time stamp before every line, ANSI colours kept. */
export function jobLog(job: Job): string {
  const lines: string[] = [];
  for (const step of job.steps) {
    if (step.startedAt === undefined) continue;
    const span = (step.completedAt ?? step.startedAt) - step.startedAt;
    const text = stepLog(job, step);
    text.forEach((line, index) => {
      const at = new Date((step.startedAt ?? 0) + Math.floor((span * index) / text.length)).toISOString();
      lines.push(`${at.replace('Z', '')}${String(1000 + ((index * 137) % 9000)).padStart(4, '0')}Z ${line}`);
    });
  }
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}
