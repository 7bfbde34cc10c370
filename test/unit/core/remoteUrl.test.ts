import assert from 'node:assert/strict';
import { gitHubDotCom, gitHubHost } from '../../../src/core/gitHubHost.ts';
import { isOnHost, parseRemote } from '../../../src/core/remoteUrl.ts';

const on = (address: string, web: string) => {
  const remote = parseRemote(address);
  const host = gitHubHost(web);
  assert.ok(remote && host);
  return isOnHost(remote, host);
};

describe('A git remote', () => {
  const crm = { owner: 'atelier', name: 'crm' };

  for (const [address, authority, viaSsh] of [
    ['git@github.com:atelier/crm.git', 'github.com', true],
    ['git@github.com:atelier/crm', 'github.com', true],
    ['git@github.com:/atelier/crm.git/', 'github.com', true],
    ['github.com:atelier/crm.git', 'github.com', true],
    ['work:atelier/crm.git', 'work', true],
    ['ssh://git@github.com/atelier/crm.git', 'github.com', true],
    ['ssh://git@ssh.github.com:443/atelier/crm.git', 'github.com', true],
    ['ssh://git@git.example.org:2222/atelier/crm.git', 'git.example.org', true],
    ['git+ssh://git@git.example.org/atelier/crm', 'git.example.org', true],
    ['git://github.com/atelier/crm.git', 'github.com', true],
    ['https://github.com/atelier/crm.git', 'github.com', false],
    ['https://GitHub.com/atelier/crm/', 'github.com', false],
    ['https://www.github.com/atelier/crm', 'github.com', false],
    ['https://ana:secret@github.com/atelier/crm.git', 'github.com', false],
    ['https://git.example.org:8443/atelier/crm.git', 'git.example.org:8443', false],
    ['https://git.example.org:443/atelier/crm.git', 'git.example.org', false],
    ['http://127.0.0.1:4010/atelier/crm.git', '127.0.0.1:4010', false],
    ['  https://github.com/atelier/crm.git\n', 'github.com', false],
  ] as const) {
    it(`is read from ${JSON.stringify(address)}`, () => {
      assert.deepEqual(parseRemote(address), { authority, ...crm, viaSsh });
    });
  }

  for (const address of [
    '', ' ', '/srv/git/crm.git', '../crm', 'C:\\work\\crm', 'C:/work/crm', 'file:///srv/crm.git', 'https://github.com', 'https://github.com/atelier',
    'https://github.com/atelier/crm/tree/main', 'https://', 'https://github.com/%E0%A4%A/crm', 'git@github.com:atelier/crm.wiki.git',
    'https://github.com/atelier/..', 'git@github.com:', 'ssh://', 'http://[::1', 'git@github.com:a b/c',
  ]) {
    it(`is not found in ${JSON.stringify(address)}`, () => {
      assert.equal(parseRemote(address), undefined);
    });
  }

  it('never throws, whatever it is given', () => {
    for (let code = 0; code < 256; code++) parseRemote(`${String.fromCharCode(code)}://@:/${String.fromCharCode(code)}`);
  });

  it('belongs to a host only when the whole name is equal', () => {
    assert.equal(on('git@github.com:atelier/crm.git', 'https://github.com'), true);
    assert.equal(on('https://github.company.com/atelier/crm', 'https://github.com'), false);
    assert.equal(on('https://notgithub.com/atelier/crm', 'https://github.com'), false);
    assert.equal(on('https://git.example.org/atelier/crm', 'https://git.example.org:8443'), false);
    assert.equal(on('https://git.example.org:8443/atelier/crm', 'https://git.example.org:8443'), true);
    assert.equal(on('ssh://git@git.example.org:2222/atelier/crm', 'https://git.example.org:8443'), true);
    assert.equal(on('work:atelier/crm', gitHubDotCom.webUrl), false);
  });
});
