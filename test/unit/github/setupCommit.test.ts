import assert from 'node:assert/strict';
import type { CommitCall, NewFile } from '../../../src/core/gitHubSetup.ts';
import { addCommit } from '../../../src/simulator/scenarios/builders.ts';
import { refusalOf } from '../../support/gitHubRig.ts';
import { gitHubSetupRig, type GitHubSetupRig } from '../../support/gitHubSetupRig.ts';

const branch = 'boussole/set-up';
const files: readonly NewFile[] = [
  { path: '.github/workflows/ship.yml', text: 'name: Ship\non: workflow_dispatch\njobs: {}\n', executable: false },
  { path: '.ship/lib/answer.bash', text: '# answers\n', executable: false },
  { path: '.ship/plan', text: '#!/usr/bin/env bash\necho "é"\n', executable: true },
];

async function call({ setup, repository }: GitHubSetupRig, more: Partial<CommitCall> = {}): Promise<CommitCall> {
  const base = await setup.treeFiles(repository, 'main', []);
  return { branch, base: 'main', expectedBase: base?.sha ?? '', message: 'Set up deployment', files, ...more };
}

/** The whole of a branch's head, as the world has it. */
function headOf({ simulator }: GitHubSetupRig, name = branch) {
  const { home } = simulator.world;
  return home.commits.get(home.branches.get(name) ?? '') ?? assert.fail(`no branch ${name}`);
}

function commitOnto(rig: GitHubSetupRig, name: string, path: string): void {
  const { world } = rig.simulator;
  const commit = addCommit(world, world.home, { message: `feat: ${path}`, author: 'jonas', parents: [headOf(rig, name).sha], files: new Map([[path, 'x\n']]) });
  world.home.branches.set(name, commit.sha);
}

describe('the commit that installs the pipeline', () => {
  it('brings the files onto a new branch, with their modes, on top of everything that was there', async () => {
    const rig = gitHubSetupRig();
    const { setup, repository, write } = rig;
    const outcome = await write(setup.commitFiles(repository, await call(rig)));
    const [head, main] = [headOf(rig), headOf(rig, 'main')];
    assert.deepEqual(outcome, { kind: 'created', sha: head.sha });
    assert.deepEqual(head.parents, [main.sha]);
    assert.equal(head.message, 'Set up deployment\n\nMade-by: Boussole');
    assert.deepEqual([...head.files.keys()].filter((path) => !main.files.has(path)).sort(), files.map(({ path }) => path).sort());
    assert.ok([...main.files].every(([path, text]) => head.files.get(path) === text));
    assert.deepEqual([...(head.executables ?? [])].filter((path) => !main.executables?.has(path)), ['.ship/plan']);
    const read = await setup.treeFiles(repository, branch, [...files.map(({ path }) => path), '.ship/none', 'none/at/all']);
    assert.deepEqual(read, { sha: head.sha, files: new Map([...files].map(({ path, ...file }) => [path, file])) });
  });

  it('is not made twice', async () => {
    const rig = gitHubSetupRig();
    const { sha } = await rig.write(rig.setup.commitFiles(rig.repository, await call(rig)));
    assert.deepEqual(await rig.write(rig.setup.commitFiles(rig.repository, await call(rig))), { kind: 'unchanged', sha });
  });

  it('is not made at all where the base holds everything', async () => {
    const rig = gitHubSetupRig();
    const same = [...headOf(rig, 'main').files].slice(0, 3).map(([path, text]) => ({ path, text, executable: false }));
    assert.equal((await rig.write(rig.setup.commitFiles(rig.repository, await call(rig, { files: same })))).kind, 'unchanged');
    assert.equal(rig.simulator.world.home.branches.has(branch), false);
  });

  it('moves our branch forward', async () => {
    const rig = gitHubSetupRig();
    const { sha } = await rig.write(rig.setup.commitFiles(rig.repository, await call(rig)));
    const changed = files.map((file) => ({ ...file, text: `${file.text}# more\n` }));
    assert.equal((await rig.write(rig.setup.commitFiles(rig.repository, await call(rig, { files: changed })))).kind, 'updated');
    assert.deepEqual(headOf(rig).parents, [sha]);
  });

  it('joins our branch with a base that went on, and holds what the base holds', async () => {
    const rig = gitHubSetupRig();
    const { sha } = await rig.write(rig.setup.commitFiles(rig.repository, await call(rig)));
    commitOnto(rig, 'main', 'src/new.ts');
    assert.equal((await rig.write(rig.setup.commitFiles(rig.repository, await call(rig)))).kind, 'updated');
    assert.deepEqual(headOf(rig).parents, [sha, headOf(rig, 'main').sha]);
    assert.ok(headOf(rig).files.has('src/new.ts'));
    assert.equal((await rig.write(rig.setup.commitFiles(rig.repository, await call(rig)))).kind, 'unchanged');
  });

  it('begins anew from the base on a branch that was merged', async () => {
    const rig = gitHubSetupRig();
    const { setup, repository, write } = rig;
    await write(setup.commitFiles(repository, await call(rig)));
    rig.simulator.world.home.branches.set('main', headOf(rig).sha);
    commitOnto(rig, 'main', 'src/later.ts');
    const changed = files.map((file) => ({ ...file, text: `${file.text}# more\n` }));
    assert.equal((await write(setup.commitFiles(repository, await call(rig, { files: changed })))).kind, 'updated');
    assert.deepEqual(headOf(rig).parents, [headOf(rig, 'main').sha]);
  });

  it('leaves a branch alone that holds somebody’s work', async () => {
    const rig = gitHubSetupRig();
    await rig.write(rig.setup.commitFiles(rig.repository, await call(rig)));
    commitOnto(rig, branch, 'mine.txt');
    const before = headOf(rig).sha;
    rig.requests();
    assert.equal((await refusalOf(rig.write(rig.setup.commitFiles(rig.repository, await call(rig))))).kind, 'branchTaken');
    assert.equal(headOf(rig).sha, before);
    assert.deepEqual(rig.requests().filter((line) => !line.startsWith('GET')), []);
  });

  it('is not made when the base moved since it was looked at', async () => {
    const rig = gitHubSetupRig();
    const asked = await call(rig);
    commitOnto(rig, 'main', 'src/new.ts');
    assert.equal((await refusalOf(rig.write(rig.setup.commitFiles(rig.repository, asked)))).kind, 'refMoved');
  });

  it('never overwrites what came onto the branch in the meantime', async () => {
    for (const exists of [false, true]) {
      const rig = gitHubSetupRig();
      if (exists) await rig.write(rig.setup.commitFiles(rig.repository, await call(rig)));
      const asked = await call(rig, { files: files.map((file) => ({ ...file, text: `${file.text}# more\n` })) });
      rig.between = (request, pass) => {
        if (/\/git\/refs/.test(request.url)) {
          if (!rig.simulator.world.home.branches.has(branch)) rig.simulator.world.home.branches.set(branch, headOf(rig, 'main').sha);
          commitOnto(rig, branch, 'theirs.txt');
        }
        return pass();
      };
      assert.equal((await refusalOf(rig.write(rig.setup.commitFiles(rig.repository, asked)))).kind, 'refMoved');
      assert.ok(headOf(rig).files.has('theirs.txt'));
    }
  });

  it('says that the sign-in lacks the right to workflow files, whatever the token', async () => {
    const classic = gitHubSetupRig({ token: 'sim-token-repo-only' });
    assert.equal((await refusalOf(classic.write(classic.setup.commitFiles(classic.repository, await call(classic))))).kind, 'workflowScopeMissing');
    assert.equal(classic.simulator.world.home.branches.has(branch), false);
    const fine = gitHubSetupRig({ token: 'sim-token-fine-grained' });
    assert.equal((await refusalOf(fine.write(fine.setup.commitFiles(fine.repository, await call(fine))))).kind, 'workflowScopeMissing');
    const others = files.filter(({ path }) => path.startsWith('.ship/'));
    assert.equal((await classic.write(classic.setup.commitFiles(classic.repository, await call(classic, { files: others })))).kind, 'created');
  });

  it('tells other refusals as what they are', async () => {
    const reader = gitHubSetupRig({ token: 'sim-token-lena' });
    assert.equal((await refusalOf(reader.write(reader.setup.commitFiles(reader.repository, await call(reader))))).kind, 'notFound');
    const archived = gitHubSetupRig();
    archived.simulator.world.home.archived = true;
    assert.equal((await refusalOf(archived.write(archived.setup.commitFiles(archived.repository, await call(archived))))).kind, 'repositoryArchived');
    assert.equal((await refusalOf(archived.write(archived.setup.commitFiles(archived.repository, await call(archived, { base: 'none' }))))).kind, 'refNotFound');
  });
});

describe('what else Set Up asks', () => {
  it('tells who one is and what the token allows', async () => {
    assert.deepEqual(await gitHubSetupRig().setup.viewer(), { login: 'ana', scopes: ['repo', 'workflow'] });
    assert.deepEqual(await gitHubSetupRig({ token: 'sim-token-fine-grained' }).setup.viewer(), { login: 'camille', scopes: undefined });
  });

  it('tells what the repository is', async () => {
    const { setup, repository } = gitHubSetupRig();
    assert.deepEqual(await setup.repositoryFacts(repository), {
      isPrivate: true, isArchived: false, isFork: false, isOrganization: true, defaultBranch: 'main', permission: 'admin',
    });
  });

  it('finds the commit of an action’s tag, through an annotated tag too', async () => {
    const { setup } = gitHubSetupRig();
    assert.equal(await setup.resolveAction('actions/checkout', 'v5.0.0'), '08c6903cd8c0fde910a37f88322edcfb5dd907a8');
    assert.equal(await setup.resolveAction('actions/download-artifact', 'v5.0.0'), '634f93cb2916e3fdff6788551b99b062d0335ce0');
    assert.equal(await setup.resolveAction('actions/checkout', 'v99'), undefined);
    assert.equal(await setup.resolveAction('actions/unheard-of', 'v1'), undefined);
  });

  it('takes no branch for a tag', async () => {
    const { setup, simulator } = gitHubSetupRig();
    const checkout = simulator.world.repository('actions', 'checkout');
    checkout?.branches.set('v9.9.9', checkout.branches.get('main') ?? '');
    assert.equal(await setup.resolveAction('actions/checkout', 'v9.9.9'), undefined);
  });

  it('knows no files of a branch that does not exist', async () => {
    const { setup, repository } = gitHubSetupRig();
    assert.equal(await setup.treeFiles(repository, 'none', ['README.md']), undefined);
  });

  it('opens a pull request once, and sees it merged', async () => {
    const rig = gitHubSetupRig();
    const { setup, repository, write, simulator } = rig;
    await write(setup.commitFiles(repository, await call(rig)));
    assert.equal(await setup.pullRequest(repository, branch, 'main'), undefined);
    const asked = { branch, base: 'main', title: 'Set up deployment', body: 'Please read.' };
    const pull = await write(setup.openPullRequest(repository, asked));
    assert.equal(pull.isMerged, false);
    assert.deepEqual(await write(setup.openPullRequest(repository, asked)), pull);
    await simulator.handle({
      method: 'PUT', path: `/api/v3/repos/atelier-nord/crm/pulls/${pull.number}/merge`, query: new URLSearchParams(), body: '', headers: { authorization: 'token sim-token-ana' },
    });
    assert.deepEqual(await setup.pullRequest(repository, branch, 'main'), { ...pull, isMerged: true });
    assert.ok(simulator.world.home.workflows.some(({ path }) => path === '.github/workflows/ship.yml'));
    assert.match(setup.compareUrl(repository, 'main', branch), /\/atelier-nord\/crm\/compare\/main\.\.\.boussole\/set-up\?expand=1$/);
  });
});
