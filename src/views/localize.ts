import { env, l10n } from 'vscode';
import type { Instant } from '../core/instant.ts';
import type { Text } from '../core/text.ts';
import type { Reader } from './reader.ts';

/** The sentence in the editor's language, with its places filled. */
export function say({ message, values }: Text): string {
  return l10n.t(message, { ...values });
}

/** The person in front of this window, at a moment of the server's time. */
export function readerAt(now: Instant): Reader {
  return { now, language: env.language, say };
}
