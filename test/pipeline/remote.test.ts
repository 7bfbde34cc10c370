import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../support/eventually.ts';
import { type DeployServer, startDeployServer } from '../support/pipeline/deployServer.ts';
import { holdHook } from '../support/pipeline/hold.ts';
import { filesOf, type ReleaseFiles, writeRelease } from '../support/pipeline/release.ts';
import { type Sshd, startSshd, uploadOptions } from '../support/pipeline/sshd.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporaryFolder.ts';
import { describeWith } from '../support/pipeline/tools.ts';

describeWith(['bash', 'flock', 'rsync', 'ssh', 'sshd'], 'a deploy over ssh', () => {
  let server: DeployServer;
  let sshd: Sshd;
  let build: TemporaryFolder;
  before(async () => void (sshd = await startSshd()));
  after(() => sshd.dispose());
  beforeEach(async () => {
    server = await startDeployServer('deployServer');
    sshd.serve(server.base);
    build = await temporaryFolder('build');
  });
  afterEach(() => {
    server.dispose();
    build.dispose();
  });

  const upload = async (id: string, more?: ReleaseFiles, options?: readonly string[]) => {
    const folder = join(build.path, id);
    const digest = writeRelease(folder, filesOf(id, more));
    const sent = await sshd.rsync(`${folder}/`, `${id}/`, options);
    assert.equal(sent.code, 0, sent.stderr);
    return digest;
  };

  it('uploads, publishes, publishes again, and rolls back', async () => {
    const digest = await upload('v1.0.0-abc1234-17.1');
    const first = await sshd.relctl('publish', 'v1.0.0-abc1234-17.1', 'none', `manifest=${digest}`, 'by=ana', 'run=17.1');
    assert.deepEqual([first.outcome, server.live()], ['published', 'v1.0.0-abc1234-17.1']);
    await upload('v2', {}, [...uploadOptions, '--copy-dest=../../releases/v1.0.0-abc1234-17.1']);
    assert.equal((await sshd.relctl('publish', 'v2', 'v1.0.0-abc1234-17.1')).outcome, 'published');
    assert.equal((await sshd.relctl('publish', 'v2', 'v2')).outcome, 'already_current');
    assert.deepEqual([(await sshd.relctl('rollback', 'previous', 'v2')).code, server.live()], [0, 'v1.0.0-abc1234-17.1']);
    assert.equal((await sshd.relctl('verify-journal')).outcome, 'journal_intact');
  });

  it('passes every refusal on with its exit code', async () => {
    server.hook('health', '[[ $2 != *bad* ]]');
    await server.publish('v1', 'none');
    server.upload('v2-bad');
    assert.equal((await sshd.relctl('publish', 'v2-bad', 'v1')).code, 20);
    assert.equal((await sshd.relctl('publish', 'v3', 'v9')).code, 76);
    await server.relctl('freeze', 'on', 'fire');
    assert.equal((await sshd.relctl('publish', 'v3', 'v1')).code, 77);
  });

  it('has one winner when eight clients publish at once', async () => {
    const ids = Array.from({ length: 8 }, (_, index) => `v${index}`);
    for (const id of ids) server.upload(id);
    const answers = await Promise.all(ids.map((id) => sshd.relctl('publish', id, 'none')));
    assert.deepEqual(answers.filter(({ code }) => code === 0).map((answer) => answer['release']), [server.live()]);
    assert.ok(answers.every(({ code }) => [0, 75, 76].includes(code)));
  });

  it('goes on to its end on the server when the client is killed', async () => {
    await server.publish('v1', 'none');
    server.upload('v2');
    const hold = holdHook(server, 'reload');
    const client = spawn('ssh', [...sshd.options, sshd.destination, 'relctl publish v2 v1'], { stdio: 'ignore' });
    const gone = once(client, 'exit');
    await hold.reached();
    client.kill('SIGKILL');
    await gone;
    assert.equal((await sshd.relctl('status'))['locked'], true);
    hold.letGo();
    await eventually(() => assert.deepEqual(server.story().slice(2), ['publish_begin v2', 'publish_done v2']));
    assert.equal(server.live(), 'v2');
    assert.equal((await sshd.relctl('publish', 'v2', 'v1')).outcome, 'already_current', 'the re-run of the job');
  });

  it('does not publish an upload that was cut, and mends it by sending it again', async () => {
    await server.publish('v1', 'none');
    const big = randomBytes(3_000_000);
    const folder = join(build.path, 'v2');
    const digest = writeRelease(folder, filesOf('v2', { big }));
    const rsync = spawn('rsync', sshd.rsyncWords(`${folder}/`, 'v2/', [...uploadOptions, '--bwlimit=100']), { stdio: 'ignore' });
    const gone = once(rsync, 'exit');
    await eventually(() => assert.ok(server.list('incoming/v2').some((name) => name.startsWith('.big.'))));
    assert.equal((await sshd.relctl('publish', 'v2', 'v1')).outcome, 'locked', 'it is still written to');
    rsync.kill('SIGKILL');
    await gone;
    // The server's half ends when it notices that nobody sends any more.
    const answer = await eventually(async () => {
      const last = await sshd.relctl('publish', 'v2', 'v1', `manifest=${digest}`);
      assert.notEqual(last.outcome, 'locked');
      return last;
    });
    assert.deepEqual([answer.outcome, server.live()], ['manifest_mismatch', 'v1']);
    await upload('v2', { big });
    assert.deepEqual([(await sshd.relctl('publish', 'v2', 'v1', `manifest=${digest}`)).outcome, server.live()], ['published', 'v2']);
  });

  it('does not publish a tampered byte or a file too much, whoever put it there', async () => {
    const digest = await upload('v1');
    writeFileSync(join(server.base, 'incoming/v1/version'), 'v9\n');
    assert.equal((await sshd.relctl('publish', 'v1', 'none', `manifest=${digest}`)).code, 65);
    server.upload('v1');
    writeFileSync(join(server.base, 'incoming/v1/extra.php'), '');
    assert.equal((await sshd.relctl('publish', 'v1', 'none', `manifest=${digest}`)).code, 65);
    await upload('v1');
    assert.equal((await sshd.relctl('publish', 'v1', 'none', `manifest=${digest}`)).outcome, 'published', '--delete took it away');
  });

  it('sends nothing to a server whose host key has changed', async () => {
    await sshd.stop();
    await sshd.start('other');
    writeRelease(build.path, filesOf('v1'));
    const asked = await sshd.ssh('relctl status');
    const sent = await sshd.rsync(`${build.path}/`, 'v1/');
    await sshd.stop();
    await sshd.start();
    assert.equal(asked.code, 255);
    assert.match(asked.stderr, /REMOTE HOST IDENTIFICATION HAS CHANGED|Host key verification failed/);
    assert.notEqual(sent.code, 0);
    assert.deepEqual(server.list('incoming'), []);
    assert.equal((await sshd.relctl('status')).outcome, 'ok');
  });

  it('ends with ssh\'s own code when the server is down', async () => {
    await sshd.stop();
    const asked = await sshd.ssh('relctl status');
    await sshd.start();
    assert.deepEqual([asked.code, /refused/i.test(asked.stderr)], [255, true]);
  });
});
