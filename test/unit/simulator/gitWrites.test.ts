import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SimulatorRig, type Reply } from '../../support/simulatorRig.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

/** Made and refused things; the token is a developer's. */
async function post(rig: SimulatorRig, path: string, body: unknown, token = 'sim-token'): Promise<Reply> {
  return rig.rest('POST', `R/git/${path}`, { body, token });
}

const files = [
  { path: 'a.txt', mode: '100644', content: 'à la ligne\n' },
  { path: 'a/b/c.sh', mode: '100755', content: '#!/bin/sh\n' },
  { path: 'a-b', mode: '100644', content: '' },
  { path: 'a.d/e', mode: '100644', content: 'e' },
] as const;
const person = { name: 'Camille Laurent', email: 'camille@example.com', date: '2026-11-20T09:30:15Z' };

async function lock(rig: SimulatorRig): Promise<{ readonly tree: string; readonly commit: string }> {
  const tree = await post(rig, 'trees', { tree: files.map((file) => ({ ...file, type: 'blob' })) });
  const commit = await post(rig, 'commits', { message: 'Hold production\n\nÀ cause de…\n', tree: tree.data.sha, parents: [], author: person, committer: person });
  return { tree: tree.data.sha, commit: commit.data.sha };
}

describe('git objects made through the simulated API', () => {
  it('have the names that git gives them', async () => {
    const rig = new SimulatorRig('quiet');
    const made = await lock(rig);
    const { path: cwd } = await temporaryFolder('git-objects');
    const git = (args: readonly string[], input = ''): string => execFileSync('git', args, {
      cwd, input, encoding: 'utf8',
      env: {
        PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_NAME: person.name, GIT_AUTHOR_EMAIL: person.email, GIT_AUTHOR_DATE: person.date,
        GIT_COMMITTER_NAME: person.name, GIT_COMMITTER_EMAIL: person.email, GIT_COMMITTER_DATE: person.date,
      },
    }).trim();
    git(['init', '-q']);
    for (const { path, mode, content } of files) {
      mkdirSync(dirname(join(cwd, path)), { recursive: true });
      writeFileSync(join(cwd, path), content, { mode: mode === '100755' ? 0o755 : 0o644 });
    }
    git(['add', '-A']);
    const tree = git(['write-tree']);
    assert.deepEqual(made, { tree, commit: git(['commit-tree', tree], 'Hold production\n\nÀ cause de…\n') });
  });

  it('keep author, text and modes, and are read back', async () => {
    const rig = new SimulatorRig('quiet');
    const { commit } = await lock(rig);
    await post(rig, 'refs', { ref: 'refs/heads/production-branch-deploy-lock', sha: commit });
    const read = await rig.rest('GET', 'R/contents/a/b/c.sh', { query: { ref: 'production-branch-deploy-lock' }, headers: { accept: 'application/vnd.github.raw+json' } });
    assert.equal(read.text, '#!/bin/sh\n');
    const { data } = await rig.rest('GET', `R/git/commits/${commit}`);
    assert.deepEqual([data.author, data.parents], [person, []]);
    const tree = await rig.rest('GET', `R/git/trees/${commit}`, { query: { recursive: '1' } });
    assert.deepEqual(tree.data.tree.map(({ path, mode }: { path: string; mode: string }) => `${mode} ${path}`), [
      '100644 a-b', '040000 a.d', '100644 a.d/e', '100644 a.txt', '040000 a', '040000 a/b', '100755 a/b/c.sh',
    ]);
  });

  it('become a ref for whoever comes first, and only once', async () => {
    const rig = new SimulatorRig('quiet');
    const { commit } = await lock(rig);
    const [first, second] = [await post(rig, 'refs', { ref: 'refs/heads/x', sha: commit }), await post(rig, 'refs', { ref: 'refs/heads/x', sha: commit })];
    assert.deepEqual([first.status, second.status, second.data.message], [201, 422, 'Reference already exists']);
    assert.equal((await post(rig, 'refs', { ref: 'refs/tags/v9.9.9', sha: commit })).status, 201);
    assert.equal((await rig.rest('DELETE', 'R/git/refs/heads/x')).status, 204);
    assert.equal((await rig.rest('GET', 'R/git/ref/heads/x')).status, 404);
    assert.equal((await rig.rest('DELETE', 'R/git/refs/heads/main')).status, 422);
  });

  it('are refused where they make no sense', async () => {
    const rig = new SimulatorRig('quiet');
    const { tree } = await lock(rig);
    const nothing = 'f'.repeat(40);
    assert.equal((await post(rig, 'refs', { ref: 'refs/heads/x', sha: nothing })).status, 422);
    assert.equal((await post(rig, 'refs', { ref: 'heads/x', sha: nothing })).status, 422);
    assert.equal((await post(rig, 'refs', { ref: 'refs/heads/a..b', sha: nothing })).status, 422);
    assert.equal((await post(rig, 'commits', { message: 'x', tree: nothing })).status, 422);
    assert.equal((await post(rig, 'commits', { message: 'x', tree, parents: [nothing] })).status, 422);
    for (const path of ['/x', 'a/../b', '.git/config', 'a//b']) {
      assert.equal((await post(rig, 'trees', { tree: [{ path, mode: '100644', type: 'blob', content: '' }] })).status, 422, path);
    }
    assert.equal((await post(rig, 'trees', { tree: [{ path: 'x', mode: '100644', type: 'blob', content: '' }] }, 'sim-token-lena')).status, 404);
  });

  it('start workflows when a branch is pushed', async () => {
    const rig = new SimulatorRig('quiet');
    const { home } = rig.simulator.world;
    const [runs, head] = [home.runs.length, home.branches.get('develop') ?? ''];
    const tree = await post(rig, 'trees', { base_tree: head, tree: [{ path: 'x', mode: '100644', type: 'blob', content: 'x' }] });
    const commit = await post(rig, 'commits', { message: 'feat: x', tree: tree.data.sha, parents: [head] });
    assert.equal((await rig.rest('PATCH', 'R/git/refs/heads/develop', { body: { sha: commit.data.sha } })).status, 200);
    assert.ok(home.runs.length > runs);
    assert.equal(home.runs.at(-1)?.sha, commit.data.sha);
  });

  it('may carry a workflow that a branch holds already, whatever the token', async () => {
    const rig = new SimulatorRig('quiet');
    const { home } = rig.simulator.world;
    const path = '.github/workflows/deploy.yml';
    const known = home.commits.get(home.branches.get('main') ?? '')?.files.get(path) ?? '';
    const tree = (content: string): Promise<Reply> => post(rig, 'trees', { tree: [{ path, mode: '100644', type: 'blob', content }] }, 'sim-token-repo-only');
    assert.deepEqual([(await tree(known)).status, (await tree(`${known}# new\n`)).status], [201, 404]);
  });
});
