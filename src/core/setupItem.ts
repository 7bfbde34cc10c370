import type { RowArgument } from './rowArgument.ts';
import type { Text } from './text.ts';

/** How one point of a deployment's setup stands. What could not be read is `unknown`, never `ok`; its `detail` says why. */
export type SetupState = 'ok' | 'todo' | 'problem' | 'unknown';

/** One point of a deployment's setup, as the checklist and the check of the settings show it. */
export interface SetupItem {
  /** Stable and unique in its list, for example `protected:production`. */
  readonly id: string;
  readonly state: SetupState;
  readonly title: Text;
  /** How it stands, in few words; for `unknown`, why it cannot be told. */
  readonly detail: Text;
  readonly why: Text;
  /** A page that says more. */
  readonly source: string;
  readonly action?: SetupAction;
  /** What can be done instead; a row offers it in its menu. */
  readonly also?: SetupAction;
}

/** What can be done about a point, by one press. */
export interface SetupAction {
  readonly title: Text;
  /** A command of the manifest. */
  readonly command: string;
  readonly argument: RowArgument & Readonly<Record<string, unknown>>;
}
