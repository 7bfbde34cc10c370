import assert from 'node:assert/strict';
import { lstatSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DeployServer, startDeployServer } from '../support/pipeline/deployServer.ts';
import { describeWith } from '../support/pipeline/tools.ts';

describeWith(['bash', 'flock'], 'relctl publish', () => {
  let server: DeployServer;
  beforeEach(async () => void (server = await startDeployServer()));
  afterEach(() => server.dispose());

  /** Publishes, expects to be refused, and answers with the reason. */
  const mismatch = async (id: string, ...words: string[]) => {
    const answer = await server.relctl('publish', id, 'none', ...words);
    assert.deepEqual([answer.outcome, answer.code], ['manifest_mismatch', 65]);
    assert.deepEqual([server.list('releases'), server.list('incoming')], [[], [id]], 'the upload stays where it can be mended');
    return answer.message;
  };

  it('makes the first release live and says so', async () => {
    const answer = await server.publish('v1', 'none');
    assert.deepEqual([answer.outcome, answer['current'], answer['replaced']], ['published', 'v1', null]);
    assert.equal(server.live(), 'v1');
    assert.equal(readlinkSync(join(server.base, 'current')), 'releases/v1');
    assert.deepEqual(server.story(), ['publish_begin v1', 'publish_done v1']);
    assert.deepEqual(server.list('incoming'), []);
  });

  it('replaces the first release by the second, whose files nobody can write to', async () => {
    await server.publish('v1', 'none');
    const answer = await server.publish('v2', 'v1');
    assert.deepEqual([answer.outcome, answer['replaced'], server.live()], ['published', 'v1', 'v2']);
    assert.equal(lstatSync(join(server.base, 'releases/v2/version')).mode & 0o222, 0);
    const status = await server.relctl('status');
    assert.deepEqual([status['current'], status['confirmed'], status['previous'], status['locked'], status['unfinished']], ['v2', true, 'v1', false, null]);
    assert.deepEqual((status['releases'] as { id: string }[]).map(({ id }) => id), ['v2', 'v1']);
  });

  it('does nothing when it is run again', async () => {
    await server.publish('v1', 'none');
    const before = server.journal();
    assert.equal((await server.relctl('publish', 'v1', 'none')).outcome, 'already_current');
    assert.equal((await server.publish('v1', 'none')).code, 0);
    assert.deepEqual(server.journal(), before);
  });

  it('refuses when something else is live than the caller believes', async () => {
    await server.publish('v1', 'none');
    await server.publish('v2', 'v1');
    const answer = await server.publish('v3', 'v1');
    assert.deepEqual([answer.outcome, answer.code, answer['current']], ['stale_expectation', 76, 'v2']);
    assert.equal(server.live(), 'v2');
    assert.equal((await server.publish('v0', 'none')).code, 76);
    assert.equal((await server.relctl('publish', 'v3', 'any')).outcome, 'published');
  });

  it('does not publish a second time what was live before', async () => {
    await server.publish('v1', 'none');
    await server.publish('v2', 'v1');
    assert.deepEqual([(await server.publish('v1', 'v2')).code, server.live()], [68, 'v2']);
  });

  it('refuses what was never uploaded', async () => {
    assert.deepEqual([(await server.relctl('publish', 'v1', 'none')).outcome, server.story()], ['no_upload', []]);
  });

  it('takes only words that it knows', async () => {
    for (const words of [['publish'], ['publish', 'v1'], ['publish', '../v1', 'none'], ['publish', 'a..b', 'none'], ['publish', 'none', 'any'],
      ['publish', '-rf', 'none'], ['publish', 'v1', 'none', 'more'], ['publish', 'v1', 'none', 'manifest=abc'],
      ['publish', 'v1', 'none', 'irreversible=yes'], ['rollback', '../../etc'], ['status', 'please'], ['destroy'], ['verify-journal', 'abc']]) {
      assert.equal((await server.relctl(...words)).outcome, 'usage', words.join(' '));
    }
    assert.deepEqual(server.journal(), []);
  });

  describe('checks the upload against its manifest', () => {
    it('a changed byte', async () => {
      server.upload('v1');
      writeFileSync(join(server.base, 'incoming/v1/version'), 'v2\n');
      assert.match(await mismatch('v1'), /version: FAILED/);
    });

    it('a file too much, hidden ones and ones in new folders included', async () => {
      for (const path of ['extra', '.env', 'public/shell.php']) {
        server.upload('v1');
        writeFileSync(join(server.base, 'incoming/v1', path), '');
        assert.ok((await mismatch('v1')).includes(path));
        rmSync(join(server.base, 'incoming/v1'), { recursive: true });
      }
    });

    it('a missing file, and a missing manifest', async () => {
      server.upload('v1');
      rmSync(join(server.base, 'incoming/v1/version'));
      assert.match(await mismatch('v1'), /version/);
      rmSync(join(server.base, 'incoming/v1/MANIFEST.sha256'));
      assert.match(await mismatch('v1'), /no MANIFEST/);
    });

    it('a link', async () => {
      server.upload('v1');
      symlinkSync('/etc/passwd', join(server.base, 'incoming/v1/link'));
      assert.match(await mismatch('v1'), /not a plain file: link/);
    });

    it('a manifest with a line that is none, or that names a file elsewhere', async () => {
      server.upload('v1');
      const manifest = join(server.base, 'incoming/v1/MANIFEST.sha256');
      const whole = readFileSync(manifest, 'utf8');
      writeFileSync(manifest, `${whole}nonsense\n`);
      assert.match(await mismatch('v1'), /none of sha256sum/);
      writeFileSync(manifest, `${whole}${'0'.repeat(64)}  ../../../etc/passwd\n`);
      assert.match(await mismatch('v1'), /passwd/);
    });

    it('a MIGRATIONS with a misspelt mark, which must not pass for one that can be undone', async () => {
      for (const line of ['002_drop irreversable', '002/drop irreversible', '002_drop irreversible now']) {
        server.upload('v1', { MIGRATIONS: `# ids\n\n001_users\n${line}` });
        assert.ok((await mismatch('v1')).includes(line));
      }
    });

    it('another manifest than the one announced, and the announced one passes', async () => {
      const digest = server.upload('v1');
      await mismatch('v1', `manifest=${'0'.repeat(64)}`);
      assert.equal((await server.relctl('publish', 'v1', 'none', `manifest=${digest}`)).outcome, 'published');
    });
  });

  it('links what is shared, at every depth, and refuses a release that brings its own', async () => {
    server.configure({ shared: '.env config/keys' });
    await server.relctl('status');
    writeFileSync(join(server.base, 'shared/.env'), 'SECRET=1\n');
    await server.publish('v1', 'none', { 'config/app': 'x' });
    assert.equal(readFileSync(join(server.base, 'current/.env'), 'utf8'), 'SECRET=1\n');
    assert.equal(readlinkSync(join(server.base, 'current/config/keys')), '../../../shared/config/keys');
    const answer = await server.publish('v2', 'v1', { '.env': 'mine' });
    assert.deepEqual([answer.outcome, answer.code, server.live()], ['shared_conflict', 73, 'v1']);
  });

  it('refuses when the disk is nearly full', async () => {
    server.configure({ min_free_kb: 999_999_999_999 });
    assert.deepEqual([(await server.publish('v1', 'none')).code, server.list('releases')], [28, []]);
  });

  it('tells a setting that does not exist, rather than going on with a default', async () => {
    server.configure({ keeep: 3 });
    const answer = await server.relctl('status');
    assert.deepEqual([answer.outcome, answer.message.endsWith('keeep=3')], ['usage', true]);
  });
});
