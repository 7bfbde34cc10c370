import type { ConcurrencyGroup, Job } from './model.ts';
import type { World } from './world.ts';

type Start = (world: World, job: Job) => void;

/** How many may wait with `queue: max`. */
const MOST_WAITING = 100;

/**
 * Takes a job into its concurrency group: one runs, and either one waits, whom a newcomer replaces even while they wait for a reviewer, or with
 * `queue: max` up to a hundred wait in order and nobody is replaced; the newcomer to a full queue is cancelled. Who still waits for a
 * reviewer holds nobody up. A job without a group starts at once. Source: GitHub's page "Control the concurrency of workflows and jobs".
 */
export function joinGroup(world: World, job: Job, start: Start, supersede: (job: Job) => void): void {
  if (job.group === undefined) {
    if (job.status !== 'waiting') start(world, job);
    return;
  }
  const { groups } = job.run.repository;
  const group: ConcurrencyGroup = groups.get(job.group) ?? { waiting: [] };
  groups.set(job.group, group);
  const place = group.waiting.indexOf(job);
  if (job.status !== 'waiting' && !group.running) {
    if (place >= 0) group.waiting.splice(place, 1);
    group.running = job;
    start(world, job);
    return;
  }
  if (job.status !== 'waiting') job.status = 'pending';
  if (place >= 0) return;
  const replaced = job.definition.queue === 'max' ? [] : group.waiting.filter(({ definition }) => definition.queue === 'single');
  group.waiting = [...group.waiting.filter((one) => !replaced.includes(one)), job];
  for (const one of replaced) supersede(one);
  if (group.waiting.length > MOST_WAITING) supersede(job);
}

/** Takes a finished job out of its group and starts the first one that waited for it. */
export function leaveGroup(world: World, job: Job, start: Start): void {
  const group = job.group === undefined ? undefined : job.run.repository.groups.get(job.group);
  if (!group) return;
  group.waiting = group.waiting.filter((one) => one !== job);
  if (group.running !== job) return;
  delete group.running;
  const next = group.waiting.find(({ status }) => status === 'pending');
  if (!next) return;
  group.waiting = group.waiting.filter((one) => one !== next);
  group.running = next;
  start(world, next);
}
