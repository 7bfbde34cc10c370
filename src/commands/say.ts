import { env, l10n } from 'vscode';
import type { DeployError } from '../core/deployError.ts';
import { plainText } from '../core/plainText.ts';
import type { Text } from '../core/text.ts';

/** The sentence in the editor's language, filled; foreign values are made fit for one line. */
export function say({ message, values }: Text): string {
  return l10n.t(message, fit(values));
}

/** What an error tells the user. */
export function sayError(error: DeployError): string {
  return l10n.t(error.message, fit(error.values));
}

/** Day and time in the editor's language. */
export function sayDate(at: number): string {
  return new Intl.DateTimeFormat(env.language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

/** The parts that are there, with a middle dot between. */
export function dotted(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}

function fit(values: Readonly<Record<string, string | number>>): Record<string, string | number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? plainText(value, 300) : value]));
}
