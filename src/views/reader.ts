import type { Instant } from '../core/instant.ts';
import type { Text } from '../core/text.ts';

/** Who reads, and when: all that turns a state into words. */
export interface Reader {
  /** Server time, for relative times and elapsed ones. */
  readonly now: Instant;
  /** BCP 47 tag of the editor's language. */
  readonly language: string;
  /** For absolute times; the machine's own when absent. */
  readonly timeZone?: string;
  /** Translates and fills a sentence. */
  readonly say: (text: Text) => string;
}
