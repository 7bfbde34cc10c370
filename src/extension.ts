import { commands, ExtensionMode, StatusBarAlignment, window, workspace, type ExtensionContext } from 'vscode';
import { commandIds } from './commands/commandIds.ts';
import type { Product } from './composition/product.ts';
import { ShellView } from './composition/shellView.ts';

/** Status bar and background look come this long after activation, out of the way of the window's own start. */
const unhurriedMs = 1_500;

/** What `activate` answers in tests: the product, started on first use. */
export interface TestApi {
  readonly product: () => Promise<Product>;
}

/** Puts the views, commands and the status bar item in place at once; everything behind them loads on first need. */
export function activate(context: ExtensionContext): TestApi | undefined {
  let started: Promise<Product> | undefined;
  const product = (): Promise<Product> => {
    started ??= import('./composition/product.ts').then(({ startProduct }) => startProduct({ context, views, statusBarItem }));
    // What could not start is started anew by the next who needs it.
    started.catch(() => (started = undefined));
    return started;
  };

  const views = {
    environments: new ShellView('boussole.environments', product),
    releases: new ShellView('boussole.releases', product),
    runs: new ShellView('boussole.runs', product),
    setup: new ShellView('boussole.setup', product),
  };
  const statusBarItem = window.createStatusBarItem('boussole.status', StatusBarAlignment.Left, 50);
  // Who asks for it next tells why it does not start.
  const soon = setTimeout(() => void product().catch(() => undefined), unhurriedMs);

  context.subscriptions.push(
    views.environments,
    views.releases,
    views.runs,
    views.setup,
    statusBarItem,
    { dispose: () => clearTimeout(soon) },
    ...commandIds.map((id) => commands.registerCommand(id, async (argument: unknown) => (await product()).run(id, argument))),
    workspace.registerTextDocumentContentProvider('boussole-log', {
      provideTextDocumentContent: async (uri, token) => (await product()).logDocument(uri, token),
    }),
  );
  return context.extensionMode === ExtensionMode.Test ? { product } : undefined;
}
