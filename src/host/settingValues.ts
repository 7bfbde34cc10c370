import type { EnvironmentSettings, KnownInput, NotificationLevel, SlackEvent } from '../core/settings.ts';

/** Told of a value that cannot be used. */
export type Problem = (setting: string, what: string) => void;

const knownInputs: readonly KnownInput[] = ['environment', 'version', 'expectedSha', 'expectedCurrent', 'reason', 'correlationId'];
const levels: readonly NotificationLevel[] = ['all', 'mine', 'failures', 'none'];
const slackEvents: readonly SlackEvent[] = ['start', 'waiting', 'progress', 'success', 'failure', 'cancelled'];

/** `boussole.environments`: what can be read of it. */
export function readEnvironments(value: unknown, problem: Problem): Readonly<Record<string, EnvironmentSettings>> {
  return mapEntries('environments', value, problem, (entry, setting) => {
    if (!isRecord(entry)) {
      problem(setting, 'must be an object');
      return undefined;
    }
    const read = readEnvironment(entry, setting, problem);
    for (const key of Object.keys(entry)) {
      if (!(key in known)) problem(`${setting}.${key}`, 'is not known');
    }
    return read;
  });
}

/** `boussole.notifications`: a level for all environments, or one each. */
export function readLevels(value: unknown, problem: Problem): Readonly<Record<string, NotificationLevel>> {
  if (typeof value === 'string') return readLevels({ '*': value }, problem);
  return mapEntries('notifications', value, problem, (entry, setting) => {
    const level = levels.find((one) => one === entry);
    if (!level) problem(setting, `must be one of ${levels.join(', ')}`);
    return level;
  });
}

/** `boussole.slack.events`: the events told for each environment. */
export function readEvents(value: unknown, problem: Problem): Readonly<Record<string, readonly SlackEvent[]>> {
  return mapEntries('slack.events', value, problem, (entry, setting) => {
    if (!Array.isArray(entry)) {
      problem(setting, 'must be a list');
      return undefined;
    }
    const known = slackEvents.filter((event) => entry.includes(event));
    if (known.length !== entry.length) problem(setting, `may hold ${slackEvents.join(', ')}`);
    return known;
  });
}

/** An object of non-empty texts, such as `boussole.slack.channels`. */
export function readNames(setting: string, value: unknown, problem: Problem): Readonly<Record<string, string>> {
  return mapEntries(setting, value, problem, (entry, at) => {
    if (typeof entry === 'string' && entry.trim() !== '') return entry.trim();
    problem(at, 'must be text');
    return undefined;
  });
}

const known: Readonly<Record<keyof EnvironmentSettings, 'text' | 'yesNo' | 'inputs'>> = {
  workflow: 'text',
  rollbackWorkflow: 'text',
  branch: 'text',
  inputs: 'inputs',
  production: 'yesNo',
  versionUrl: 'text',
  slackChannel: 'text',
};

function readEnvironment(entry: Readonly<Record<string, unknown>>, setting: string, problem: Problem): EnvironmentSettings {
  const read: Record<string, unknown> = {};
  for (const [key, kind] of Object.entries(known)) {
    const value = entry[key];
    if (value === undefined) continue;
    if (kind === 'inputs') read[key] = readInputs(value, `${setting}.${key}`, problem);
    else if (typeof value === (kind === 'text' ? 'string' : 'boolean')) read[key] = value;
    else problem(`${setting}.${key}`, kind === 'text' ? 'must be text' : 'must be true or false');
  }
  return read;
}

function readInputs(value: unknown, setting: string, problem: Problem): Partial<Record<KnownInput, string>> {
  const names = readNames(setting, value, problem);
  const unknown = Object.keys(names).filter((key) => !knownInputs.some((input) => input === key));
  for (const key of unknown) problem(`${setting}.${key}`, `is not one of ${knownInputs.join(', ')}`);
  return Object.fromEntries(Object.entries(names).filter(([key]) => !unknown.includes(key)));
}

function mapEntries<T>(setting: string, value: unknown, problem: Problem, read: (entry: unknown, setting: string) => T | undefined): Readonly<Record<string, T>> {
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) {
    problem(setting, 'must be an object');
    return {};
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, entry]) => {
      const result = read(entry, `${setting}.${name}`);
      return result === undefined ? [] : [[name, result]];
    }),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
