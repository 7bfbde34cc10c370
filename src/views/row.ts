import type { RowArgument } from '../core/rowArgument.ts';

/** What a row can do; menus match these words in its `contextValue`. */
export type Capability =
  | 'deployable' | 'promotable' | 'rollbackable' | 'rollbackBlocked' | 'held' | 'holdable' | 'cancellable' | 'rerunnable' | 'rerunnableFailed' | 'approvable'
  | 'hasLog' | 'openable' | 'comparable' | 'copyable'
  | 'answerable' | 'committable' | 'mergeable' | 'creatable' | 'keyed' | 'keyCopyable' | 'scripted' | 'pinnable' | 'settable' | 'sealable' | 'triable';

/** What a row is; the first word of its `contextValue`. */
export type RowKind =
  | 'repository' | 'environment' | 'deployment' | 'unreleased' | 'commit' | 'release' | 'run' | 'job' | 'step' | 'more' | 'note' | 'setup';

/** A codicon with a theme colour's id; the words of the row always say the same as the colour. */
export interface RowIcon {
  readonly codicon: string;
  readonly color?: string;
}

/** What must be asked of GitHub before a row's children are complete; the tree tells the session's refresher. */
export type RowNeed =
  | { readonly kind: 'jobs'; readonly runId: number; readonly attempt: number }
  /** What these deployments really shipped; `newest` is the newest that is only known by its record. */
  | { readonly kind: 'history'; readonly environment: string; readonly newest: number };

/** One line of a view as plain data: computed from the state, compared with the one shown before, drawn by the tree. */
export interface Row {
  /** Unique in its view and stable while the thing exists: it keeps expansion and selection. */
  readonly key: string;
  readonly label: string;
  readonly description: string;
  readonly icon: RowIcon | undefined;
  /** Markdown lines; every dynamic text in them is escaped already. */
  readonly tooltip: readonly string[];
  /** The kind and then its capabilities: `deployment rollbackable openable`. */
  readonly contextValue: string;
  readonly collapsible: 'none' | 'collapsed' | 'expanded';
  /** Run by a click. */
  readonly command?: string;
  readonly accessibilityLabel: string;
  readonly argument: RowArgument;
  readonly children?: () => readonly Row[];
  readonly needs?: RowNeed;
}

/** A `contextValue`: the kind, then what applies. */
export function contextValue(kind: RowKind, capabilities: Readonly<Partial<Record<Capability, boolean>>>): string {
  const held = Object.entries(capabilities).flatMap(([name, applies]) => (applies ? [name] : []));
  return [kind, ...held].join(' ');
}

/** The parts that are there, with a middle dot between. */
export function dotted(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}

/** What a screen reader says: the parts as a list, without decoration. */
export function spoken(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}
