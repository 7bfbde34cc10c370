import assert from 'node:assert/strict';
import { type DeployServer, startDeployServer } from '../support/pipeline/deployServer.ts';
import { describeWith } from '../support/pipeline/tools.ts';

describeWith(['bash', 'flock'], 'relctl rollback', () => {
  let server: DeployServer;
  beforeEach(async () => void (server = await startDeployServer()));
  afterEach(() => server.dispose());

  const three = async () => {
    await server.publish('v1', 'none');
    await server.publish('v2', 'v1');
    await server.publish('v3', 'v2');
  };

  it('goes to the release before, and then one further back, never to the one just left', async () => {
    await three();
    assert.deepEqual([(await server.relctl('rollback')).outcome, server.live()], ['rolled_back', 'v2']);
    assert.deepEqual([(await server.relctl('rollback')).outcome, server.live()], ['rolled_back', 'v1']);
    const answer = await server.relctl('rollback');
    assert.deepEqual([answer.outcome, answer.code, server.live()], ['no_such_release', 66, 'v1']);
  });

  it('goes to a chosen one, and forward again', async () => {
    await three();
    const answer = await server.relctl('rollback', 'v1', 'v3', 'by=ana', 'run=42.1');
    assert.deepEqual([answer.outcome, answer['current'], answer['replaced'], server.live()], ['rolled_back', 'v1', 'v3', 'v1']);
    assert.deepEqual(server.story().slice(-2), ['rollback_begin v1', 'rollback_done v1']);
    assert.deepEqual([(await server.relctl('rollback', 'v3', 'v1')).outcome, server.live()], ['rolled_back', 'v3']);
    assert.equal((await server.relctl('status'))['previous'], 'v1');
  });

  it('does nothing when the target is live already', async () => {
    await three();
    assert.deepEqual([(await server.relctl('rollback', 'v3')).outcome, server.story().length], ['already_live', 6]);
  });

  it('refuses an unknown release', async () => {
    await three();
    assert.deepEqual([(await server.relctl('rollback', 'v9')).code, server.live()], [66, 'v3']);
  });

  it('refuses a release that never proved healthy', async () => {
    await three();
    server.hook('health', '[[ $2 != v4 ]]');
    await server.publish('v4', 'v3');
    const answer = await server.relctl('rollback', 'v4', 'v3');
    assert.deepEqual([answer.outcome, answer.code, server.live()], ['never_activated', 78, 'v3']);
  });

  it('refuses when something else is live than the caller believes', async () => {
    await three();
    assert.deepEqual([(await server.relctl('rollback', 'v1', 'v2')).code, server.live()], [76, 'v3']);
    assert.deepEqual([(await server.relctl('rollback', 'previous', 'v2')).code, server.live()], [76, 'v3']);
  });

  describe('with migrations', () => {
    const reversible = { MIGRATIONS: '001_users\n' };
    const dropped = { MIGRATIONS: '001_users\n002_drop_phone irreversible\n' };

    it('refuses to cross an irreversible one, unless that was allowed', async () => {
      await server.publish('v1', 'none', reversible);
      await server.publish('v2', 'v1', dropped);
      await server.publish('v3', 'v2', dropped);
      assert.equal((await server.relctl('rollback', 'v2')).outcome, 'rolled_back', 'this one knows it');
      const answer = await server.relctl('rollback', 'v1');
      assert.deepEqual([answer.outcome, answer.code, answer['migrations'], server.live()], ['crosses_irreversible_migration', 79, '002_drop_phone', 'v2']);
      assert.equal((await server.relctl('rollback', 'v1', 'v2', 'irreversible=allow')).outcome, 'rolled_back');
    });

    it('does not publish older code over it either', async () => {
      await server.publish('v1', 'none', dropped);
      assert.deepEqual([(await server.publish('v0', 'v1', reversible)).code, server.live()], [79, 'v1']);
      assert.equal((await server.relctl('publish', 'v0', 'v1', 'irreversible=allow')).outcome, 'published', 'the upload is still there');
    });

    it('keeps a bad release that has migrated irreversibly: a person must decide', async () => {
      await server.publish('v1', 'none', reversible);
      server.hook('health', '[[ $2 != v2 ]]');
      const answer = await server.publish('v2', 'v1', dropped);
      assert.deepEqual([answer.outcome, answer.code, server.live()], ['health_failed_irreversible', 23, 'v2']);
    });

    it('migrates before the switch, and stops there when that fails', async () => {
      server.hook('migrate', '[[ ! -e "$1/../../current" && -f "$1/version" ]]');
      assert.equal((await server.publish('v1', 'none')).outcome, 'published');
      const answer = await server.publish('v2', 'v1', dropped);
      assert.deepEqual([answer.outcome, answer.code, server.live()], ['migration_failed', 71, 'v1']);
      assert.deepEqual(server.story().slice(-3), ['publish_begin v2', 'migrated v2', 'publish_failed v2']);
    });

    it('remembers an irreversible one whose release never came to life', async () => {
      await server.publish('v1', 'none', reversible);
      await server.publish('v2', 'v1', reversible);
      server.hook('migrate', 'false');
      await server.publish('v3', 'v2', dropped);
      assert.equal((await server.relctl('rollback', 'v1')).outcome, 'crosses_irreversible_migration');
    });
  });
});
