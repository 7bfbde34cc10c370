import type { RepositoryState, RunFilter } from '../app/repositoryState.ts';
import { plainText } from '../core/plainText.ts';
import { fullName } from '../core/repositoryId.ts';
import { text } from '../core/text.ts';
import { connectionWords } from './connectionWords.ts';
import { dotted } from './row.ts';
import type { Reader } from './reader.ts';

/** What stands above a view's rows: trouble with the connection and its age, archived or unreadable things; nothing when all is well. */
export function viewMessage(states: readonly RepositoryState[], reader: Reader): string | undefined {
  const lines = states.flatMap((state) => {
    const said = trouble(state, reader, states.length > 1);
    return states.length > 1 ? said.map((line) => `${fullName(state.repository)}: ${line}`) : said;
  });
  return lines.length > 0 ? lines.join('\n') : undefined;
}

/** An empty repository alone is left to the welcome text, which a message would hide. */
function trouble(state: RepositoryState, reader: Reader, isBesideOthers: boolean): readonly string[] {
  const { say } = reader;
  const { facts } = state;
  const lines: string[] = [];
  const connection = connectionWords(state.connection, reader);
  if (connection !== undefined) lines.push(connection);
  if (facts?.isArchived) lines.push(say(text('The repository is archived: nothing can be deployed from it.')));
  else if (facts?.isEmpty && isBesideOthers) lines.push(say(text('The repository has no commit yet.')));
  else if (facts?.permission === 'read' || facts?.permission === 'triage') lines.push(say(text('You may look but not deploy: that needs write access.')));
  for (const { path, problem } of facts?.unreadable ?? []) {
    lines.push(say(text('{file} cannot be read: {problem}', { file: plainText(path.replace(/^.*\//, ''), 60), problem: plainText(say(text(problem)), 160) })));
  }
  return lines;
}

/** What stands above the runs besides: which filter hides others, and that it left none. */
export function runsMessage(states: readonly RepositoryState[], reader: Reader): string | undefined {
  const empty = states.some(({ runs }) => runs?.runs.length === 0);
  const filtered = states.some(({ runs }) => runs && filterWords(runs.filter, reader) !== '');
  if (!empty) return undefined;
  return filtered ? reader.say(text('No run matches the filter.')) : reader.say(text('No workflow has run yet.'));
}

/** The filter in words, for the view's description: `production · failure · mine`; empty without one. */
export function filterWords({ environment, workflow, branch, status, mine }: RunFilter, { say }: Reader): string {
  return dotted([
    environment === undefined ? undefined : plainText(environment, 40),
    workflow === undefined ? undefined : plainText(workflow.replace(/^.*\//, ''), 40),
    branch === undefined ? undefined : plainText(branch, 40),
    status === undefined ? undefined : plainText(status.replaceAll('_', ' '), 40),
    mine ? say(text('mine')) : undefined,
  ]);
}
