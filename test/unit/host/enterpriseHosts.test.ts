import assert from 'node:assert/strict';
import { gitHubHosts } from '../../../src/host/enterpriseHosts.ts';
import { resetVscode } from '../../support/fakeVscode.ts';
import { workspaceState } from '../../support/fakeVscode/workspace.ts';

const authorities = () => gitHubHosts().map(({ authority }) => authority);

describe('the GitHub hosts', () => {
  beforeEach(() => resetVscode());

  it('are github.com alone by default', () => assert.deepEqual(authorities(), ['github.com']));

  it('hold the older single setting', () => {
    workspaceState.set('github-enterprise.uri', { globalValue: 'https://git.example.org:8443/' });
    assert.deepEqual(authorities(), ['github.com', 'git.example.org:8443']);
  });

  it('hold the newer list, which wins even when it is empty', () => {
    workspaceState.set('github-enterprise.uri', { globalValue: 'https://old.example.org' });
    workspaceState.set('github-enterprise.uris', { globalValue: ['https://octo.ghe.com', 'https://git.example.org'] });
    assert.deepEqual(authorities(), ['github.com', 'octo.ghe.com', 'git.example.org']);
    workspaceState.set('github-enterprise.uris', { globalValue: [] });
    assert.deepEqual(authorities(), ['github.com']);
  });

  it('never come from a workspace', () => {
    workspaceState.set('github-enterprise.uri', { workspaceValue: 'https://evil.example' });
    workspaceState.set('github-enterprise.uris', { workspaceFolderValue: ['https://evil.example'] });
    assert.deepEqual(authorities(), ['github.com']);
  });

  it('speak plain http on this machine only', () => {
    workspaceState.set('github-enterprise.uris', { globalValue: ['http://127.0.0.1:4010', 'http://git.example.org', 'ftp://x', 'nonsense'] });
    assert.deepEqual(authorities(), ['github.com', '127.0.0.1:4010']);
  });
});
