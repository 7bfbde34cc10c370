import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { RepositorySession } from '../../src/app/repositorySession.ts';
import type { TestApi } from '../../src/extension.ts';
import type { Product } from '../../src/composition/product.ts';
import { eventually } from '../support/eventually.ts';

describe('the product in its host', () => {
  let product: Product;
  let session: RepositorySession;

  before(async () => {
    const extension = vscode.extensions.getExtension<TestApi>('maboussole.boussole');
    assert.ok(extension);
    product = await (await extension.activate()).product();
    session = await eventually(() => {
      const [first] = product.sessions.all;
      assert.ok(first, `no session: ${product.sessions.state.kind}`);
      return first;
    });
    await eventually(() => assert.ok(session.store.state.facts, session.store.state.connection.kind));
  });

  it('found the repository by its remote and reads what is live', () => {
    assert.equal(product.sessions.state.kind, 'ready');
    assert.deepEqual(session.store.state.environments.map(({ target }) => target.environment), ['staging', 'production']);
    assert.ok(session.store.state.environments.every(({ live }) => typeof live === 'object'));
  });

  it('deploys to production once the confirmation says so', async () => {
    const asked: string[] = [];
    product.replaceConfirm(({ message, buttons }) => {
      asked.push(message);
      return Promise.resolve(buttons[0]?.value);
    });
    const running = vscode.commands.executeCommand('boussole.deployToProduction');
    await eventually(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.equal(asked.length, 1);
    });
    await running;
    assert.match(asked[0] ?? '', /^Deploy v\d+\.\d+\.\d+ to production\?$/);
    await eventually(() => {
      const tracked = session.store.state.tracked.find(({ request }) => request?.environment === 'production');
      assert.ok(tracked && 'seen' in tracked, tracked?.phase);
    });
  });

  it('enters the sample team and leaves it', async () => {
    await vscode.commands.executeCommand('boussole.exploreSample');
    await eventually(() => assert.equal(product.sessions.all[0]?.repository.host.authority, 'sample-team.invalid'));
    await vscode.commands.executeCommand('boussole.leaveSample');
    await eventually(() => assert.equal(product.sessions.all[0]?.repository.host.authority, session.repository.host.authority));
  });
});
