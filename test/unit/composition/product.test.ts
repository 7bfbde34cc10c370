import assert from 'node:assert/strict';
import type { ExtensionContext } from 'vscode';
import { commandIds } from '../../../src/commands/commandIds.ts';
import { activate } from '../../../src/extension.ts';
import type { Product } from '../../../src/composition/product.ts';
import { ExtensionMode, resetVscode } from '../../support/fakeVscode.ts';
import { commandState } from '../../support/fakeVscode/commands.ts';
import { fakeSecrets } from '../../support/fakeVscode/secrets.ts';
import { person } from '../../support/fakeVscode/script.ts';
import { windowState } from '../../support/fakeVscode/window.ts';
import { workspaceState } from '../../support/fakeVscode/workspace.ts';

/** VS Code's memento over a map. */
function memento(values: Readonly<Record<string, unknown>> = {}) {
  const map = new Map(Object.entries(values));
  return { get: (key: string) => map.get(key), update: (key: string, value: unknown) => Promise.resolve(void (value === undefined ? map.delete(key) : map.set(key, value))), keys: () => [...map.keys()] };
}

describe('the extension', () => {
  let subscriptions: { dispose(): unknown }[];

  const start = (state: Readonly<Record<string, unknown>> = {}) => {
    subscriptions = [];
    // The parts of the context that the extension touches.
    const context = {
      subscriptions,
      extensionMode: ExtensionMode.Test,
      workspaceState: memento(state),
      globalState: memento(),
      secrets: fakeSecrets(),
    } as unknown as ExtensionContext;
    const api = activate(context);
    assert.ok(api);
    return api;
  };
  const stop = () => {
    for (const one of subscriptions.splice(0).toReversed()) one.dispose();
  };

  beforeEach(() => resetVscode());
  afterEach(() => stop());

  it('has views, commands, status bar and logs in place when activation returns, and nothing else yet', () => {
    start();
    assert.deepEqual([...commandState.handlers.keys()].sort(), [...commandIds].sort());
    assert.deepEqual([...windowState.treeViews.keys()], ['boussole.environments', 'boussole.releases', 'boussole.runs', 'boussole.setup']);
    assert.deepEqual(windowState.statusBarItems.map(({ id, visible }) => [id, visible]), [['boussole.status', false]]);
    assert.deepEqual([...workspaceState.providers.keys()], ['boussole-log']);
    assert.deepEqual(windowState.channels, []);
    stop();
    assert.deepEqual([...commandState.handlers.keys()], []);
  });

  it('says in an empty window what is missing', async () => {
    const product = await start().product();
    assert.equal(product.sessions.state.kind, 'noFolder');
    assert.equal(commandState.contexts.get('boussole.window'), 'noFolder');
    await product.run('boussole.deployToStaging');
    assert.match(person.shown[0]?.message ?? '', /^No folder is open/);
  });

  it('shows the sample team from the first picture to a confirmed deploy, and forgets it when it is left', async () => {
    const product = await start({ exploringSample: true }).product();
    assert.deepEqual([product.sessions.state.kind, commandState.contexts.get('boussole.sample')], ['ready', true]);
    await firstPicture(product);
    assert.match(windowState.treeViews.get('boussole.environments')?.title ?? '', /Sample/);
    assert.match((await windowState.treeViews.get('boussole.environments')?.text()) ?? '', /^. production {2}v/m);

    person.answers('⏎', '⏎');
    await commandState.handlers.get('boussole.deployToStaging')?.();
    const [session] = product.sessions.all;
    assert.equal(session?.store.state.tracked.find(({ request }) => request)?.request?.environment, 'staging');

    person.reset();
    await product.run('boussole.openOnGitHub');
    assert.match(person.shown.at(-1)?.message ?? '', /lives in memory/);

    await product.run('boussole.leaveSample');
    await until(product, () => product.sessions.state.kind === 'noFolder');
    assert.equal(commandState.contexts.get('boussole.sample'), false);
    assert.doesNotMatch(windowState.treeViews.get('boussole.environments')?.title ?? '', /Sample/);
  });

  it('asks the replaced confirmation for production', async () => {
    const product = await start({ exploringSample: true }).product();
    await firstPicture(product);
    const asked: string[] = [];
    product.replaceConfirm(({ message }) => Promise.resolve(void asked.push(message)));
    person.answers('⏎');
    await product.run('boussole.deployToProduction');
    assert.match(asked[0] ?? '', /^Deploy \S+ to production/);
  });

  it('draws again when the settings change, without asking GitHub', async () => {
    const product = await start({ exploringSample: true }).product();
    await firstPicture(product);
    const isProduction = () => product.sessions.all[0]?.store.state.environments.find(({ target }) => target.environment === 'staging')?.target.isProduction;
    assert.equal(isProduction(), false);
    workspaceState.set('boussole.environments', { globalValue: { staging: { production: true } } });
    assert.equal(isProduction(), true);
  });

  it('leaves nothing behind', async () => {
    const product = await start({ exploringSample: true }).product();
    await firstPicture(product);
    stop();
    assert.ok(windowState.channels.every(({ disposed }) => disposed));
    assert.deepEqual([...workspaceState.providers.keys()], []);
    assert.deepEqual(product.sessions.all, []);
  });
});

function firstPicture(product: Product): Promise<void> {
  const [session] = product.sessions.all;
  assert.ok(session);
  return new Promise((resolve) => {
    if (session.store.state.facts) return resolve();
    const subscription = session.store.onDidChange(({ after }) => {
      if (!after.facts) return;
      subscription.dispose();
      resolve();
    });
  });
}

function until({ sessions }: Product, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (holds()) return resolve();
    const subscription = sessions.onDidChange(() => {
      if (!holds()) return;
      subscription.dispose();
      resolve();
    });
  });
}
