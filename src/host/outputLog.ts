import { window, type LogOutputChannel } from 'vscode';
import type { Disposable } from '../core/clock.ts';
import { isDeployError } from '../core/deployError.ts';
import type { Log } from '../core/log.ts';
import { redact } from './redact.ts';

/** The "Boussole" log channel. Everything passes the redaction guard; stacks are kept for bugs only. */
export class OutputLog implements Log, Disposable {
  readonly #channel: LogOutputChannel = window.createOutputChannel('Boussole', { log: true });

  info(message: string): void {
    this.#channel.info(redact(message));
  }

  debug(message: string): void {
    this.#channel.debug(redact(message));
  }

  warn(message: string): void {
    this.#channel.warn(redact(message));
  }

  error(message: string, error?: unknown): void {
    this.#channel.error(redact(error === undefined ? message : `${message}\n${account(error)}`));
  }

  show(): void {
    this.#channel.show();
  }

  dispose(): void {
    this.#channel.dispose();
  }
}

function account(error: unknown): string {
  if (isDeployError(error)) {
    // A reason is GitHub's own sentence, which may quote the inputs; what of it may be kept stands in the detail.
    const told = error.message.replace(/\{(\w+)\}/g, (place, name: string) => (name === 'reason' ? '…' : (error.values[name] ?? place)));
    return error.detail === undefined ? `${error.kind}: ${told}` : `${error.kind}: ${told} (${error.detail})`;
  }
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by ${account(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
