import type { TrackedRun } from './trackedRun.ts';

/** A moment in a followed run's life, derived once from the difference of two states of the store. */
export interface DeployEvent {
  readonly type:
    | 'dispatched' | 'found' | 'waiting' | 'started' | 'progressed' | 'succeeded' | 'failed' | 'cancelled'
    | 'rejected' | 'unconfirmed' | 'notSeen' | 'lost' | 'rerun';
  readonly run: TrackedRun;
}
