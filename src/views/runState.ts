import { text, type Text } from '../core/text.ts';
import type { RunConclusion, RunStatus } from '../core/workflowRun.ts';
import type { RowIcon } from './row.ts';

/** Theme colours by what they mean; `charts.*` are legible in light themes too (`testing.iconPassed` is pale there). */
export const colors = {
  good: 'charts.green',
  bad: 'charts.red',
  attention: 'charts.yellow',
  busy: 'charts.blue',
  quiet: 'disabledForeground',
} as const;

/** How a run, job or step stands: its picture and its word. `isLive` moves, `isGood` goes without saying. */
export interface StateLook {
  readonly icon: RowIcon;
  readonly word: Text;
  readonly isLive: boolean;
  readonly isGood: boolean;
}

/** The look of a status and, once completed, its conclusion. A word of GitHub's that we do not know is shown as such. */
export function runLook(status: RunStatus, conclusion: RunConclusion | undefined): StateLook {
  switch (status) {
    case 'queued':
    case 'requested':
      return live('circle-large-outline', colors.busy, text('queued'));
    case 'pending':
      return live('watch', colors.attention, text('waiting for another run'));
    case 'waiting':
      return live('bell-dot', colors.attention, text('waiting for approval'));
    case 'inProgress':
      return live('sync~spin', colors.busy, text('in progress'));
    case 'unknown':
      return ended('question', colors.quiet, text('unknown state'));
    case 'completed':
      return conclusionLook(conclusion);
  }
}

function conclusionLook(conclusion: RunConclusion | undefined): StateLook {
  switch (conclusion) {
    case 'success':
      return { ...ended('pass', colors.good, text('succeeded')), isGood: true };
    case 'failure':
      return ended('error', colors.bad, text('failed'));
    case 'timedOut':
      return ended('error', colors.bad, text('timed out'));
    case 'startupFailure':
      return ended('error', colors.bad, text('could not start'));
    case 'cancelled':
      return ended('circle-slash', colors.quiet, text('cancelled'));
    case 'skipped':
      return ended('debug-step-over', colors.quiet, text('skipped'));
    case 'neutral':
      return ended('circle-outline', colors.quiet, text('neutral'));
    case 'stale':
      return ended('circle-outline', colors.quiet, text('stale'));
    case 'actionRequired':
      return ended('bell-dot', colors.attention, text('needs action'));
    case 'unknown':
    case undefined:
      return ended('question', colors.quiet, text('unknown state'));
  }
}

function live(codicon: string, color: string, word: Text): StateLook {
  return { icon: { codicon, color }, word, isLive: true, isGood: false };
}

function ended(codicon: string, color: string, word: Text): StateLook {
  return { icon: { codicon, color }, word, isLive: false, isGood: false };
}
