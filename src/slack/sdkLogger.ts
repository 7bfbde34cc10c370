import type { Log } from '../core/log.ts';

const drop = () => undefined;

/** The log that Slack's SDK writes to: its troubles only, without secrets. Its debug lines hold whole messages and are dropped. */
export function sdkLogger(log: Log) {
  return {
    debug: drop,
    info: drop,
    warn: (...words: readonly unknown[]) => log.debug(`Slack: ${redacted(words)}`),
    error: (...words: readonly unknown[]) => log.debug(`Slack: ${redacted(words)}`),
    setLevel: drop,
    // The SDK asks for its own enum's value, which is this word.
    getLevel: () => 'warn' as never,
    setName: drop,
  };
}

/** Words without anything that looks like a Slack token or a webhook's address. */
function redacted(words: readonly unknown[]): string {
  return words
    .map(String)
    .join(' ')
    .replace(/\bxox[a-z]-[\w-]+/gi, '‹token›')
    .replace(/https?:\/\/\S*\/(?:services|triggers|workflows)\/\S*/gi, '‹webhook›');
}
