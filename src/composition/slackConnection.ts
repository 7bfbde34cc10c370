import { env } from 'vscode';
import type { Disposable } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Slack } from '../core/slack.ts';
import type { SlackCredential } from '../core/slackCredential.ts';
import { realClock } from '../host/realClock.ts';
import type { SecretStore } from '../host/secretStore.ts';
import type { SettingsReader } from '../host/settingsReader.ts';

/** Slack as it is connected: loaded on first need, anew after the credential or the address changed. */
export class SlackConnection implements Disposable {
  readonly #secrets: SecretStore;
  readonly #settings: SettingsReader;
  readonly #log: Log;
  readonly #subscriptions: readonly Disposable[];
  #current: Promise<Slack | undefined> | undefined;

  constructor(secrets: SecretStore, settings: SettingsReader, log: Log) {
    this.#secrets = secrets;
    this.#settings = settings;
    this.#log = log;
    const forget = () => {
      this.#current = undefined;
    };
    this.#subscriptions = [secrets.onDidChangeSlack(forget), settings.onDidChange(forget)];
  }

  /** `undefined` when Slack is not connected. */
  current(): Promise<Slack | undefined> {
    this.#current ??= this.#secrets.slackCredential().then((credential) => credential && this.open(credential));
    this.#current.catch(() => {
      this.#current = undefined;
    });
    return this.#current;
  }

  async open(credential: SlackCredential): Promise<Slack> {
    const { createSlack } = await import('../slack/slackClient.ts');
    return createSlack({ credential, apiUrl: this.#settings.slackApiUrl(), clock: realClock, log: this.#log, language: env.language.startsWith('fr') ? 'fr' : 'en' });
  }

  async keep(credential: SlackCredential | undefined): Promise<void> {
    await this.#secrets.setSlackCredential(credential);
    this.#current = undefined;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
