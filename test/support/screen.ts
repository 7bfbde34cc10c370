import type { EnvironmentState, RepositoryFacts, RepositoryState } from '../../src/app/repositoryState.ts';
import { initialState } from '../../src/app/repositoryState.ts';
import type { Evidence, LiveVersion, ShippedVersion } from '../../src/core/liveVersion.ts';
import type { Text } from '../../src/core/text.ts';
import type { Reader } from '../../src/views/reader.ts';
import type { Row } from '../../src/views/row.ts';
import { aShipped, aTarget, minutes, monday, repository, sha } from './build.ts';

/** English sentences with their places filled. */
export function english({ message, values }: Text): string {
  return message.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** Somebody who reads English two hours after Monday morning. */
export function aReader(more: Partial<Reader> = {}): Reader {
  return { now: minutes(120), language: 'en', timeZone: 'UTC', say: english, ...more };
}

export function aFacts(more: Partial<RepositoryFacts> = {}): RepositoryFacts {
  return {
    viewer: 'camille', permission: 'write', isArchived: false, isEmpty: false, parent: undefined, defaultBranch: 'main',
    branches: [{ name: 'main', sha: sha('aaa') }], commits: new Map(), unreadable: [], asOf: minutes(120), ...more,
  };
}

export function aState(more: Partial<RepositoryState> = {}): RepositoryState {
  return { ...initialState(repository), connection: { kind: 'online', asOf: minutes(120) }, facts: aFacts(), ...more };
}

/** An environment whose live version is the history's live entry, as the store would have it. */
export function anEnvironment(more: Partial<EnvironmentState> = {}): EnvironmentState {
  const history = more.history ?? [];
  const live = history.find(({ state }) => state === 'live');
  return {
    target: aTarget(),
    environment: { id: 1, name: 'production', protectionRules: [] },
    live: live ? liveAs(live) : 'nothing',
    waiting: { kind: 'known', ahead: 0, behind: 0, commits: [] },
    hold: undefined,
    historyComplete: true,
    expected: undefined,
    ...more,
    history,
  };
}

export function liveAs({ deploymentId, runId, label, sha: commit, by, isRollback, evidence, verdict, conflict, succeededAt }: ShippedVersion): LiveVersion {
  return { deploymentId, runId, label, sha: commit, by, isRollback, evidence, verdict, conflict, since: succeededAt ?? monday };
}

/** A live deployment by Ana an hour after Monday morning. */
export function aLive(label: string, commit: string, more: Partial<ShippedVersion> = {}): ShippedVersion {
  return aShipped({ deploymentId: 50, runId: 500, label, sha: sha(commit), state: 'live', createdAt: minutes(58), succeededAt: minutes(60), ...more });
}

export function anEvidence(source: Evidence['source'], version: string | undefined, commit: string | undefined): Evidence {
  return { source, version, sha: commit === undefined ? undefined : sha(commit), at: minutes(60), url: undefined };
}

/** A tree as text, one line a row: `label  description  [icon]  {contextValue}`, children indented. */
export function treeText(rows: readonly Row[], options: { readonly context?: boolean } = {}, depth = 0): string {
  return rows
    .flatMap((row) => {
      const icon = row.icon ? `[${row.icon.codicon}${row.icon.color === undefined ? '' : ` ${row.icon.color}`}]` : '';
      const line = [row.label, row.description, icon, options.context ? `{${row.contextValue}}` : ''].filter(Boolean).join('  ');
      const below = row.children?.() ?? [];
      return [`${'  '.repeat(depth)}${line}`, ...(below.length > 0 ? [treeText(below, options, depth + 1)] : [])];
    })
    .join('\n');
}

/** A block of text without its common indentation, as golden texts are written in tests. */
export function block(text: string): string {
  const lines = text.replace(/^\n/, '').replace(/\n\s*$/, '').split('\n');
  const margin = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(margin)).join('\n');
}
