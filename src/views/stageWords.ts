import { text } from '../core/text.ts';
import { duration } from './duration.ts';
import type { Stage, Underway } from './deploysUnderway.ts';
import type { Reader } from './reader.ts';
import type { RowIcon } from './row.ts';
import { colors } from './runState.ts';

/** The picture of a deploy under way. */
export function stageIcon(stage: Stage): RowIcon {
  switch (stage) {
    case 'sending':
    case 'looking':
      return { codicon: 'loading~spin', color: colors.busy };
    case 'queued':
      return { codicon: 'circle-large-outline', color: colors.busy };
    case 'pending':
      return { codicon: 'watch', color: colors.attention };
    case 'waiting':
      return { codicon: 'bell-dot', color: colors.attention };
    case 'running':
      return { codicon: 'sync~spin', color: colors.busy };
    case 'cancelling':
      return { codicon: 'stop-circle', color: colors.attention };
  }
}

/** What happens to the version, short: `v1.4.3 waits for approval`, `v1.4.3 deploying 42s of ~1m 20s`. `time` may be said otherwise. */
export function stageWords(deploy: Underway, version: string, reader: Reader, time: string = elapsed(deploy, reader)): string {
  const { say } = reader;
  switch (deploy.stage) {
    case 'sending':
      return say(text('{version} being sent', { version }));
    case 'looking':
      return say(text('{version} sent, looking for its run', { version }));
    case 'queued':
      return say(text('{version} queued', { version }));
    case 'pending':
      return say(text('{version} waits for another run', { version }));
    case 'waiting':
      if (deploy.isDryRun) return deploy.canApprove ? say(text('dry run of {version} waits for your approval', { version })) : say(text('dry run of {version} waits for approval', { version }));
      return deploy.canApprove ? say(text('{version} waits for your approval', { version })) : say(text('{version} waits for approval', { version }));
    case 'cancelling':
      return say(text('{version} being cancelled', { version }));
    case 'running':
      if (deploy.kind === 'rollback') return say(text('rolling back to {version} {time}', { version, time })).trimEnd();
      return say(text('{version} deploying {time}', { version, time })).trimEnd();
  }
}

/** Time gone and, where earlier deploys tell, time expected: `42s of ~1m 20s`. */
export function elapsed({ startedAt, expectedMs }: Underway, reader: Reader): string {
  if (startedAt === undefined) return '';
  const gone = duration(reader.now - startedAt, reader);
  return expectedMs === undefined
    ? gone
    : reader.say(text('{elapsed} of ~{expected}', { elapsed: gone, expected: duration(expectedMs, reader) }));
}

/** The same for narrow places, without seconds once a minute is gone: `2m of ~4m`. */
export function inMinutes({ startedAt, expectedMs }: Underway, reader: Reader): string {
  if (startedAt === undefined) return '';
  const gone = reader.now - startedAt;
  const rough = (ms: number, round: (minutes: number) => number): string => duration(ms < minute ? ms : round(ms / minute) * minute, reader);
  return expectedMs === undefined
    ? rough(gone, Math.floor)
    : reader.say(text('{elapsed} of ~{expected}', { elapsed: rough(gone, Math.floor), expected: rough(expectedMs, Math.round) }));
}

const minute = 60_000;

/** `Deploying`, as a noun for lists and tooltips. */
export function kindWord({ kind, isDryRun }: Pick<Underway, 'kind' | 'isDryRun'>, { say }: Reader): string {
  if (isDryRun) return say(text('Dry run'));
  switch (kind) {
    case 'deploy':
      return say(text('Deploy'));
    case 'rollback':
      return say(text('Rollback'));
    case 'promote':
      return say(text('Promotion'));
    case 'rerun':
      return say(text('Re-run'));
  }
}
