import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSshKey } from '../../../src/host/sshKey.ts';
import { describeWith } from '../../support/pipeline/tools.ts';
import { projectRoot } from '../../support/projectRoot.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

/** What ssh-keygen says of a file with that content; the mode is what ssh asks of private keys. */
async function sshKeygen(args: readonly string[], content: string): Promise<string> {
  const { path } = await temporaryFolder('ssh-key');
  const file = join(path, 'key');
  writeFileSync(file, content, { mode: 0o600 });
  const { status, stdout, stderr } = spawnSync('ssh-keygen', [...args, '-f', file], { encoding: 'utf8', input: '' });
  assert.equal(status, 0, stderr);
  return stdout.trim();
}

describe('a new SSH key', () => {
  it('is an Ed25519 pair, another one each time', () => {
    const [one, two] = [createSshKey('boussole production'), createSshKey('boussole production')];
    assert.match(one.publicLine, /^ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI[A-Za-z0-9+/]{43} boussole production$/);
    assert.match(one.privateKey, /^-----BEGIN OPENSSH PRIVATE KEY-----\n(?:[A-Za-z0-9+/=]{1,70}\n)+-----END OPENSSH PRIVATE KEY-----\n$/);
    assert.match(one.fingerprint, /^SHA256:[A-Za-z0-9+/]{43}$/);
    assert.notEqual(one.privateKey, two.privateKey);
    assert.notEqual(one.publicLine, two.publicLine);
  });

  it('lets no comment break out of its line', () => {
    const { publicLine } = createSshKey('a\nssh-ed25519 AAAA b\r\u2028c\u0000 ');
    assert.match(publicLine, /^\S+ \S+ a ssh-ed25519 AAAA b c$/);
    assert.equal(createSshKey('').publicLine.split(' ').length, 2);
  });

  it('is made without touching the disk', () => {
    const source = readFileSync(join(projectRoot, 'src/host/sshKey.ts'), 'utf8');
    assert.deepEqual([...source.matchAll(/from '([^']+)'/g)].map(([, from]) => from), ['node:crypto']);
  });
});

describeWith(['ssh-keygen'], 'a new SSH key in OpenSSH’s own hands', () => {
  // Comments of every length modulo eight meet every padding.
  for (const comment of ['', 'a', 'ab', 'abc', 'abcd', 'abcde', 'abcdef', 'abcdefg', 'boussole atelier-nord/crm production é']) {
    it(`has the same public half and fingerprint, with the comment “${comment}”`, async () => {
      const key = createSshKey(comment);
      assert.equal(await sshKeygen(['-y'], key.privateKey), key.publicLine);
      assert.equal((await sshKeygen(['-l'], `${key.publicLine}\n`)).split(' ')[1], key.fingerprint);
    });
  }
});
