import type { Connection } from '../app/repositoryState.ts';
import { text } from '../core/text.ts';
import { errorWords } from './errorWords.ts';
import { absoluteTime, relativeTime } from './relativeTime.ts';
import type { Reader } from './reader.ts';

/** What is wrong with the connection, how old the picture is, and when it is asked again; `undefined` when all is well. */
export function connectionWords(connection: Connection, reader: Reader): string | undefined {
  if (connection.kind !== 'failed') return undefined;
  const { say } = reader;
  const { error, asOf, retryAt } = connection;
  const parts = [
    say(errorWords(error)),
    // A picture of this minute is no news.
    asOf === undefined || reader.now - asOf < 60_000 ? undefined : say(text('Shown as of {when}.', { when: relativeTime(asOf, reader) })),
    retryAt !== undefined && error.kind === 'rateLimited' ? say(text('Asked again at {time}.', { time: absoluteTime(retryAt, reader) })) : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(' ');
}
