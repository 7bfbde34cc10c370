import type { ExtensionContext, StatusBarItem } from 'vscode';
import type { ShellView } from './shellView.ts';

/** What activation puts in place at once, for the product to fill when it is needed. */
export interface Shell {
  readonly context: ExtensionContext;
  readonly views: { readonly environments: ShellView; readonly releases: ShellView; readonly runs: ShellView; readonly setup: ShellView };
  readonly statusBarItem: StatusBarItem;
}
