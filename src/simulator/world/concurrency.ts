import type { Job } from './model.ts';
import type { World } from './world.ts';

type Start = (world: World, job: Job) => void;

/**
 * Takes a job into its concurrency group: one runs, one waits, and a newcomer replaces the one that waits, even
 * while that one waits for a reviewer. A job without a group starts at once.
 * Source: GitHub's page "Control the concurrency of workflows and jobs".
 */
export function joinGroup(world: World, job: Job, start: Start, supersede: (job: Job) => void): void {
  if (job.group === undefined) {
    if (job.status !== 'waiting') start(world, job);
    return;
  }
  const { groups } = job.run.repository;
  const group = groups.get(job.group) ?? {};
  groups.set(job.group, group);
  if (group.next === job) delete group.next;
  if (job.status !== 'waiting' && !group.running) {
    group.running = job;
    start(world, job);
    return;
  }
  const replaced = group.next;
  group.next = job;
  if (job.status !== 'waiting') job.status = 'pending';
  if (replaced) supersede(replaced);
}

/** Takes a finished job out of its group and starts the one that waited for it. */
export function leaveGroup(world: World, job: Job, start: Start): void {
  const group = job.group === undefined ? undefined : job.run.repository.groups.get(job.group);
  if (!group) return;
  if (group.next === job) delete group.next;
  if (group.running !== job) return;
  delete group.running;
  const { next } = group;
  if (next?.status !== 'pending') return;
  delete group.next;
  group.running = next;
  start(world, next);
}
