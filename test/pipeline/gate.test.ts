import assert from 'node:assert/strict';
import { existsSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toAnswer } from '../support/pipeline/answer.ts';
import { type DeployServer, serverScripts, startDeployServer } from '../support/pipeline/deployServer.ts';
import { execute } from '../support/pipeline/execute.ts';
import { filesOf, writeRelease } from '../support/pipeline/release.ts';
import { type Sshd, startSshd } from '../support/pipeline/sshd.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporaryFolder.ts';
import { describeWith } from '../support/pipeline/tools.ts';

describeWith(['bash', 'flock', 'rsync', 'ssh', 'sshd'], 'gate', () => {
  let server: DeployServer;
  let sshd: Sshd;
  let build: TemporaryFolder;
  before(async () => {
    server = await startDeployServer('deployServer');
    sshd = await startSshd();
    sshd.serve(server.base);
    build = await temporaryFolder('build');
    writeRelease(build.path, filesOf('v1'));
  });
  after(async () => {
    await sshd.dispose();
    server.dispose();
    build.dispose();
  });

  /** The gate called as sshd calls it: no client in between that could tidy what is asked. */
  const ask = async (asked: string, env: Readonly<Record<string, string>> = {}, allowed: readonly string[] = []) =>
    toAnswer(await execute(join(serverScripts, 'gate'), [server.base, ...allowed], { env: { ...process.env, ...env, SSH_ORIGINAL_COMMAND: asked } }));
  const forbidden = async (asked: string) => {
    const answer = await ask(asked);
    assert.deepEqual([answer.verb, answer.outcome, answer.code], ['gate', 'forbidden', 80], asked);
  };

  it('lets a verb through, with its answer and its exit code', async () => {
    assert.equal((await sshd.relctl('status')).outcome, 'ok');
    assert.equal((await sshd.relctl('rollback', 'v9')).code, 66);
  });

  it('gives no shell, no terminal, no forwarding and no file', async () => {
    assert.equal(toAnswer(await sshd.ssh('')).outcome, 'forbidden');
    for (const asked of ['id', 'bash', 'sh -c id', '/bin/sh', 'scp -t /tmp', 'cat /etc/passwd', 'sftp', 'internal-sftp', '/usr/lib/openssh/sftp-server',
      'relctl', 'relctl destroy', 'relctl --base / status', '/opt/boussole/relctl status', 'RELCTL status', 'env relctl status']) {
      await forbidden(asked);
    }
    for (const asked of ['id', 'sh -c id', 'cat /etc/passwd', 'internal-sftp']) assert.equal(toAnswer(await sshd.ssh(asked)).outcome, 'forbidden', asked);
    const forward = await execute('ssh', [...sshd.options, '-o', 'ExitOnForwardFailure=yes', '-N', '-R', '0:127.0.0.1:9', sshd.destination]);
    assert.match(forward.stderr, /forwarding failed|refused/i);
    const terminal = await execute('ssh', [...sshd.options, '-tt', sshd.destination, 'relctl status']);
    assert.match(terminal.stderr, /PTY allocation request failed/);
  });

  it('never hands anything to a shell', async () => {
    for (const asked of ['relctl status;id', 'relctl status; touch pwned', 'relctl status && touch pwned', 'relctl status | tee pwned', 'relctl status > pwned',
      'relctl $(touch pwned)', 'relctl `touch pwned`', 'relctl status\ntouch pwned', 'relctl status\ttab', 'relctl freeze *', 'relctl freeze ~', "relctl freeze 'x'",
      'relctl freeze "x"', 'relctl freeze ${HOME}', 'relctl freeze \\x', 'relctl freeze {a,b}', 'relctl freeze é', 'relctl freeze #x', 'relctl freeze !x', `relctl freeze ${'x'.repeat(2000)}`]) {
      await forbidden(asked);
    }
    for (const asked of ['relctl status; touch pwned', 'relctl status\ntouch pwned', 'relctl $(touch pwned)']) assert.equal(toAnswer(await sshd.ssh(asked)).outcome, 'forbidden', asked);
    assert.equal(server.list('.').includes('pwned') || existsSync('pwned'), false);
    assert.equal((await ask('relctl publish ../../etc any')).outcome, 'usage');
    assert.equal((await ask('relctl rollback -rf any')).outcome, 'usage');
    assert.deepEqual(server.journal(), []);
  });

  it('lets rsync write into the folder of one release only', async () => {
    for (const target of ['/etc/cron.d/', '../releases/v1/', 'incoming/../../releases/v1/', '.', './', 'incoming/', '../', '.relctl/', 'v1/deeper/', 'any/', '.hidden/', 'a..b/', '-e/']) {
      await forbidden(`rsync --server -rpte.LsfxCIvu --delete . ${target}`);
    }
    for (const [target, id] of [['v1/', 'v1'], ['incoming/v2/', 'v2'], ['v3', 'v3']] as const) {
      const sent = await sshd.rsync(`${build.path}/`, target);
      assert.equal(sent.code, 0, sent.stderr);
      assert.ok(server.list(`incoming/${id}`).includes('MANIFEST.sha256'));
    }
    assert.deepEqual(server.list('incoming'), ['v1', 'v2', 'v3']);
    assert.deepEqual(server.list('releases'), []);
  });

  it('lets rsync read nothing', async () => {
    await forbidden('rsync --server --sender -rpte.LsfxCIvu . v1/');
    const target = await temporaryFolder('stolen');
    const stolen = await execute('rsync', ['-r', '-e', sshd.remoteShell, `${sshd.destination}:v1/`, target.path]);
    assert.notEqual(stolen.code, 0);
    assert.deepEqual(readdirSync(target.path), []);
    target.dispose();
  });

  it('refuses every option that could leave the folder, run something or make a link', async () => {
    for (const option of ['-logDtpre.iLsfxCIvu', '-rlte.LsfxCIvu', '-Krte.LsfxCIvu', '-Rre.LsfxCIvu', '-s', '-', '-resh', '-rse.LsfxCIvu', '--daemon', '--config=/tmp/x', '--log-file=/tmp/x',
      '--rsync-path=sh', '--rsh=sh', '--temp-dir=/tmp', '--partial-dir=/tmp', '--backup-dir=/tmp', '--link-dest=../../releases/v1', '--copy-dest=/etc', '--copy-dest /etc', '--copy-dest --copy-dest',
      '--copy-dest', '--copy-dest ../../releases/v1/../..', '--copy-dest -l',
      '--copy-dest=../../releases/../..', '--compare-dest=/etc', '--files-from=/etc/passwd', '--remove-source-files', '--write-devices', '--super', '--inplace', '--chmod=u+s']) {
      await forbidden(`rsync --server ${option} . v1/`);
    }
    await forbidden('rsync -e sh . v1/');
    await forbidden('rsync --server -rpte.LsfxCIvu . v1/ v2/');
    await forbidden('rsync --server -rpte.LsfxCIvu v1/ v2/');
    await forbidden('rsync --daemon');
    assert.notEqual((await sshd.rsync(`${build.path}/`, 'v8/', ['-rlt'])).code, 0);
  });

  it('does not follow a link in place of a folder', async () => {
    const outside = await temporaryFolder('outside');
    symlinkSync(outside.path, join(server.base, 'incoming/linked'));
    await forbidden('rsync --server -rpte.LsfxCIvu --delete . linked/');
    assert.notEqual((await sshd.rsync(`${build.path}/`, 'linked/')).code, 0);
    assert.deepEqual(readdirSync(outside.path), []);
    outside.dispose();
  });

  it('passes nothing of the environment on', async () => {
    const tools = await temporaryFolder('evil');
    const pwned = join(tools.path, 'pwned');
    writeFileSync(join(tools.path, 'rc'), `: > ${pwned}\n`);
    for (const name of ['flock', 'readlink', 'rsync', 'mkdir', 'df']) writeFileSync(join(tools.path, name), `#!/bin/sh\n: > ${pwned}\n`, { mode: 0o755 });
    const evil = {
      PATH: `${tools.path}:${process.env['PATH']}`, BASH_ENV: join(tools.path, 'rc'), ENV: join(tools.path, 'rc'), 'BASH_FUNC_read%%': `() { : > ${pwned}; }`,
      'BASH_FUNC_exec%%': `() { : > ${pwned}; }`, SHELLOPTS: 'xtrace', PS4: `$(: > ${pwned})`, IFS: 'x', base: '/', RELCTL_BASE: '/', CDPATH: '/', GLOBIGNORE: '*',
    };
    const answer = await ask('relctl status', evil);
    assert.deepEqual([answer.outcome, existsSync(pwned)], ['ok', false]);
    const sent = await sshd.ssh('relctl status', { RELCTL_BASE: '/', LC_ALL: 'tr_TR.UTF-8', 'BASH_FUNC_read%%': `() { : > ${pwned}; }` });
    assert.deepEqual([toAnswer(sent).outcome, existsSync(pwned)], ['ok', false]);
    tools.dispose();
  });

  it('can be narrowed to verbs', async () => {
    const allowed = ['status', 'rollback'];
    assert.equal((await ask('relctl status', {}, allowed)).outcome, 'ok');
    for (const asked of ['relctl publish v1 any', 'relctl unfreeze', 'rsync --server -rpte.LsfxCIvu . v1/']) {
      assert.equal((await ask(asked, {}, allowed)).outcome, 'forbidden', asked);
    }
  });

  it('is closed when it is not set up', async () => {
    const answer = toAnswer(await execute(join(serverScripts, 'gate'), [], { env: { ...process.env, SSH_ORIGINAL_COMMAND: 'relctl status' } }));
    assert.equal(answer.outcome, 'forbidden');
  });
});
