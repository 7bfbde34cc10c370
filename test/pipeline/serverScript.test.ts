import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serverScript } from '../../src/core/serverScript.ts';
import { pipelineTemplates } from '../../src/pipeline/templates.ts';
import { describeWith, findTool } from '../support/pipeline/tools.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.ts';

const server = { user: 'boussole-test', host: 'www.example.com', port: 2222, base: '/srv/crm' };
const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl production@atelier-nord/crm';
const line = `restrict,command="/opt/boussole/gate /srv/crm" ${publicKey}`;

/** Runs commands as root where nothing of this machine can change: every folder that they write to is a copy or empty. */
function runApart(folder: string, commands: string): { readonly code: number | null; readonly out: string; readonly error: string } {
  const set = `set -e
mkdir -p ${folder}/etc && cp -a /etc/. ${folder}/etc && mount --bind ${folder}/etc /etc
for each in /opt /srv /home; do mount -t tmpfs tmpfs $each; done
mkdir -p /etc/ssh && echo 'ssh-ed25519 AAAAhost root@here' >/etc/ssh/ssh_host_ed25519_key.pub
${commands}`;
  const { status, stdout, stderr } = spawnSync('unshare', ['-m', 'bash', '-c', set], { encoding: 'utf8' });
  return { code: status, out: stdout, error: stderr };
}

const canRunApart = process.getuid?.() === 0 && findTool('unshare') !== undefined && spawnSync('unshare', ['-m', 'true']).status === 0;

describeWith(['bash', 'flock', 'rsync'], 'The script that prepares a server', () => {
  let folder: TemporaryFolder;
  let file: string;
  before(async () => {
    folder = await temporaryFolder('server-script');
    file = join(folder.path, 'prepare.sh');
    await writeFile(file, serverScript(pipelineTemplates, 'production', server, publicKey));
  });
  after(() => folder.dispose());

  it('is a script that bash reads', () => {
    assert.deepEqual(spawnSync('bash', ['-n', file], { encoding: 'utf8' }).stderr, '');
  });

  if (findTool('shellcheck')) {
    it('is clean to shellcheck', () => {
      assert.equal(spawnSync('shellcheck', [file], { encoding: 'utf8' }).stdout, '');
    });
  }

  if (!canRunApart) {
    console.log('!! SKIPPED: running the script that prepares a server needs root and a mount namespace (unshare -m).');
    return;
  }

  it('prepares a fresh server, and changes nothing when it is run again', () => {
    const look = 'cat ~boussole-test/.ssh/authorized_keys; stat -c "%U %a %n" /opt/boussole/relctl /opt/boussole/lib/lock.bash /srv/crm /srv/crm/.relctl/environment; cat /srv/crm/.relctl/environment';
    const { code, out, error } = runApart(folder.path, `bash ${file}; bash ${file}; ${look}; runuser -u boussole-test -- env SSH_ORIGINAL_COMMAND='relctl status' /opt/boussole/gate /srv/crm`);
    assert.equal(code, 0, error);
    const ready = 'Ready. Paste this line as the host key of production:\n[www.example.com]:2222 ssh-ed25519 AAAAhost\n';
    const state = `${line}\nroot 755 /opt/boussole/relctl\nroot 644 /opt/boussole/lib/lock.bash\nboussole-test 755 /srv/crm\nboussole-test 644 /srv/crm/.relctl/environment\nproduction\n`;
    assert.equal(out.slice(0, out.indexOf('{')), `${ready}${ready}${state}`);
    const { outcome, environment } = JSON.parse(out.slice(out.indexOf('{'))) as Record<string, unknown>;
    assert.deepEqual([outcome, environment], ['ok', 'production']);
  });

  it('gives no folder to a second environment', async () => {
    const second = join(folder.path, 'second.sh');
    await writeFile(second, serverScript(pipelineTemplates, 'staging', server, publicKey));
    const { code, error } = runApart(folder.path, `bash ${file}; bash ${second}`);
    assert.equal(code, 1);
    assert.match(error, /\/srv\/crm belongs to production already: give staging a folder of its own\./);
  });
});
