import type { RepositoryState } from '../app/repositoryState.ts';
import type { DeployRequest } from '../core/deployRequest.ts';
import { isDryRun } from '../core/dryRun.ts';
import { plainText } from '../core/plainText.ts';
import { repositoryKey } from '../core/repositoryId.ts';
import { text, type Text } from '../core/text.ts';
import type { TrackedRun } from '../core/trackedRun.ts';
import { errorWords } from './errorWords.ts';
import { escaped } from './markdownEscape.ts';
import { relativeTime } from './relativeTime.ts';
import { contextValue, dotted, spoken, type Row, type RowIcon } from './row.ts';
import { colors, runLook } from './runState.ts';
import type { Reader } from './reader.ts';

/** What we sent and no run stands for (yet): being sent, looked for, refused, or found but not read. */
export function dispatchRows(state: RepositoryState, reader: Reader): readonly Row[] {
  const listed = new Set(state.runs?.runs.map((run) => run.id));
  return state.tracked.flatMap((tracked) => {
    const { request } = tracked;
    if (!request || ('seen' in tracked && (tracked.seen.run || listed.has(tracked.seen.runId)))) return [];
    const look = lookOf(tracked);
    return look ? [dispatchRow(tracked, request, look, state, reader)] : [];
  });
}

interface Look {
  readonly icon: RowIcon;
  readonly word: Text;
  readonly explanation: Text;
}

function lookOf(tracked: TrackedRun): Look | undefined {
  switch (tracked.phase) {
    case 'dispatching':
      return drawn('loading~spin', colors.busy, text('being sent'), text('The request is on its way to GitHub.'));
    case 'accepted':
      return drawn('loading~spin', colors.busy, text('looking for its run'), text('GitHub took the request and did not name the run; it is being looked for.'));
    case 'unconfirmed':
      return drawn(
        'question',
        colors.attention,
        text('unconfirmed, looking for its run'),
        text('No answer proves whether GitHub took the request. Its run is being looked for; the request is never sent again by itself.'),
      );
    case 'notSeen':
      return drawn('question', colors.attention, text('no run seen'), text('No run for this request has appeared. Look on GitHub before you deploy again.'));
    case 'rejected':
      return drawn('error', colors.bad, text('refused'), errorWords(tracked.error));
    case 'queued':
    case 'waiting':
    case 'inProgress':
    case 'cancelling':
      return { ...runLook(tracked.phase === 'cancelling' ? 'inProgress' : tracked.phase, undefined), explanation: text('GitHub’s list of runs does not show it yet.') };
    case 'completed':
    case 'lost':
      return undefined;
  }
}

function drawn(codicon: string, color: string, word: Text, explanation: Text): Look {
  return { icon: { codicon, color }, word, explanation };
}

function dispatchRow(tracked: TrackedRun, request: DeployRequest, { icon, word, explanation }: Look, state: RepositoryState, reader: Reader): Row {
  const { say } = reader;
  const values = { version: plainText(request.version.label, 60), environment: plainText(request.environment, 40) };
  const label = isDryRun(request) ? say(text('Dry run of {version} for {environment}', values)) : request.kind === 'rollback' ? say(text('Roll back {environment} to {version}', values)) : say(text('Deploy {version} to {environment}', values));
  const parts = [say(word), relativeTime(request.requestedAt, reader)];
  const seen = 'seen' in tracked ? tracked.seen : undefined;
  return {
    key: `${repositoryKey(state.repository)}|dispatch|${tracked.key}`,
    label,
    description: dotted(parts),
    icon,
    tooltip: [escaped(label), escaped(say(explanation))],
    contextValue: contextValue('run', { openable: seen !== undefined, cancellable: seen !== undefined }),
    collapsible: 'none',
    accessibilityLabel: spoken([label, ...parts]),
    argument: {
      repositoryKey: repositoryKey(state.repository),
      environment: request.environment,
      trackedKey: tracked.key,
      sha: request.version.sha,
      ...(seen ? { runId: seen.runId, url: seen.url } : {}),
    },
  };
}
