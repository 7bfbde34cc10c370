import type { Job } from '../model.ts';
import { isProduction } from './pipelineConfig.ts';
import { isOpen, sayOfRecord } from './records.ts';
import { answer, type ScriptAnswer, type ScriptCall } from './scriptCall.ts';

/** `.deploy/report record` and `.deploy/report write`: what is left open is closed, and what went to production gets its release page. */
export function report(call: ScriptCall): ScriptAnswer {
  if (call.words[0] !== 'record') return answer('written', 'deploy-report.json and the summary are written.');
  const jobs = call.job.attempt.jobs;
  const open = jobs.filter(isOpen);
  for (const job of open) sayOfRecord(call, job, 'error', 'Ended without an answer: ask the server what became of it');
  for (const job of jobs) publishRelease(call, job);
  return open.length > 0 ? answer('record_closed', 'The record of the deploy was left open and is closed now.') : answer('nothing_open', 'Every record is closed.');
}

/** The release page of a version that went to production; one that somebody wrote already stays. */
function publishRelease({ world, repository, job }: ScriptCall, { record }: Job): void {
  const isShipped = record?.task === 'deploy' && record.statuses.some(({ state }) => state === 'success') && isProduction(job.run, record.environment);
  const version = isShipped ? String(record.payload['version']) : '';
  if (!repository.tags.has(version) || repository.releases.some(({ tagName, draft }) => tagName === version && !draft)) return;
  repository.releases.push({
    id: world.id('release'), tagName: version, name: version, body: `## What changed\n\n* Everything up to ${record?.sha.slice(0, 7) ?? ''}\n`, target: repository.defaultBranch,
    draft: false, prerelease: false, author: 'github-actions[bot]', createdAt: world.now, publishedAt: world.now,
  });
}
