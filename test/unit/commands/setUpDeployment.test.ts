import assert from 'node:assert/strict';
import { setupBranch } from '../../../src/app/pipelineChange.ts';
import type { RowArgument } from '../../../src/core/rowArgument.ts';
import { createGitHubSetup } from '../../../src/github/gitHubClient.ts';
import { startCommandRig, type CommandRig } from '../../support/commandRig.ts';
import { environment } from '../../support/fakeVscode/commands.ts';
import { resetVscode } from '../../support/fakeVscode.ts';
import { answers, checklistText, enters, mergeSetUp, ready } from '../../support/setUpSteps.ts';

describe('Set Up Deployment…', () => {
  let rig: CommandRig;
  const start = async (options: Parameters<typeof startCommandRig>[0] = {}) => {
    rig = await startCommandRig({ scenario: 'bare', ...options });
    return rig;
  };
  const files = () => rig.world.simulator.world.home.commits.get(rig.world.simulator.world.home.branches.get(setupBranch) ?? '')?.files;
  const step = (id: string): RowArgument => ({ repositoryKey: rig.key, environment: id });
  afterEach(() => {
    rig.dispose();
    resetVscode();
  });

  it('asks, shows every file, and commits them to a branch of its own after a yes that names both', async () => {
    await start();
    const shown = await rig.ask('boussole.setUp', undefined, ...answers, 'Commit…', 'Commit', 'Open');
    const [question] = shown.filter(({ modal }) => modal);
    const count = rig.deeds.changes[0]?.length ?? 0;
    assert.equal(question?.message, `Commit to ${setupBranch} in atelier-nord/crm: ${count} files?`);
    assert.deepEqual(question?.choices, [`Commit ${count} Files`]);
    assert.ok(rig.deeds.changes[0]?.includes('.github/workflows/deploy.yml') && rig.deeds.changes[0].includes('.deploy/plan'));
    assert.match(files()?.get('.github/workflows/deploy.yml') ?? '', /uses: actions\/checkout@[0-9a-f]{40} # v5\.0\.0\n/);
    assert.match(files()?.get('.deploy/config') ?? '', /^environment production main production$/m);
    assert.equal(rig.world.simulator.world.home.commits.get(rig.world.simulator.world.home.branches.get('main') ?? '')?.files.has('.deploy/plan'), false, 'the default branch is not touched');
    assert.deepEqual(environment.opened, [`http://sim.test/atelier-nord/crm/compare/main...${setupBranch}?expand=1`]);
  });

  it('writes nothing without a yes, and remembers every answer', async () => {
    await start();
    await rig.ask('boussole.setUp', undefined, ...answers, undefined);
    assert.equal(files(), undefined);
    assert.match(checklistText(rig), /Workflows on main {2}\d+ files to commit/);
    const again = await rig.ask('boussole.setUp', undefined, ...enters(8), undefined);
    assert.equal(again.filter(({ kind }) => kind === 'inputBox').length, 5);
    assert.equal(rig.guide.answers.environments[0]?.server.host, 'www.example.com');
    assert.equal(rig.guide.answers.environments[0]?.versionUrl, 'https://www.example.com/version');
  });

  it('loses nothing to Escape, and goes back', async () => {
    await start();
    await rig.ask('boussole.setUp', undefined, 'Others', 'live=main, qa=develop', 'pnpm', '←', 'npm', undefined);
    assert.deepEqual(rig.guide.record.answers?.environments.map(({ name, branch, isProduction }) => ({ name, branch, isProduction })), [
      { name: 'live', branch: 'main', isProduction: true },
      { name: 'qa', branch: 'develop', isProduction: false },
    ]);
    assert.equal(rig.guide.record.answers?.packageManager, 'npm');
    assert.equal(rig.guide.record.isGoingOn, false, 'the checklist waits for the last answer');
    assert.equal(rig.deeds.changes.length, 0);
  });

  it('keeps the team’s own files unless they say otherwise', async () => {
    await start();
    await rig.ask('boussole.setUp', undefined, ...answers, 'Commit…', 'Commit', undefined);
    await mergeSetUp(rig, new Map([['.deploy/build', '#!/usr/bin/env bash\nmake release\n'], ['.deploy/plan', 'changed by hand\n']]));
    const shown = await rig.ask('boussole.setUp', undefined, ...enters(8), 'Commit…', 'Commit 1 File, Keep Yours', undefined);
    assert.deepEqual(rig.deeds.changes.at(-1), ['.deploy/build', '.deploy/plan']);
    assert.match(shown.find(({ modal }) => modal)?.detail ?? '', /\.deploy\/build belong to your team/);
    assert.equal(files()?.get('.deploy/build'), '#!/usr/bin/env bash\nmake release\n');
    assert.match(files()?.get('.deploy/plan') ?? '', /^#!/);
  });

  it('asks for the right to write workflows only when it commits', async () => {
    let asked = 0;
    await start({
      token: 'sim-token-repo-only',
      committer: (world) => {
        asked++;
        return Promise.resolve(createGitHubSetup({ host: world.session.repository.host, token: 'sim-token', clock: world.clock, log: world.log, fetch: world.simulator.fetch }));
      },
    });
    await rig.ask('boussole.setUp', undefined, ...answers, undefined);
    assert.equal(asked, 0);
    await rig.ask('boussole.setUpCommit', step(''), 'Commit', undefined);
    assert.equal(asked, 1);
    assert.ok(files()?.has('.github/workflows/deploy.yml'));
  });

  it('says what the sign-in lacks when it may not write workflows', async () => {
    await start({ token: 'sim-token-repo-only' });
    const shown = await rig.ask('boussole.setUp', undefined, ...answers, 'Commit…', 'Commit', undefined);
    assert.match(shown.at(-1)?.message ?? '', /it lacks the scope “workflow”/);
    assert.equal(files(), undefined);
    assert.match(checklistText(rig), /files to commit/, 'the files can be committed later');
  });

  it('leaves a branch alone that holds the commits of others', async () => {
    await start();
    const { home } = rig.world.simulator.world;
    home.branches.set(setupBranch, home.branches.get('develop') ?? '');
    const shown = await rig.ask('boussole.setUp', undefined, ...answers, 'Commit…', 'Commit', undefined);
    assert.match(shown.at(-1)?.message ?? '', /holds commits that are not ours/);
    assert.equal(home.branches.get(setupBranch), home.branches.get('develop'));
  });

  it('shows the files anew when the default branch moved since they were read, and writes nothing before another yes', async () => {
    await start();
    await rig.ask('boussole.setUp', undefined, ...answers, undefined);
    const { home } = rig.world.simulator.world;
    home.branches.set('main', home.branches.get('develop') ?? '');
    const shown = await rig.ask('boussole.setUpCommit', step(''), 'Commit', undefined);
    assert.equal(shown.at(-1)?.kind, 'error');
    assert.equal(files(), undefined);
    assert.equal(rig.deeds.changes.length, 2);
    await rig.ask('boussole.setUpCommit', step(''), 'Commit', undefined);
    assert.ok(files()?.has('src/quotes.js') && files()?.has('.deploy/plan'));
  });

  it('refuses readers before it asks anything', async () => {
    await start({ token: 'sim-token-lena' });
    const [only, ...rest] = await rig.ask('boussole.setUp', undefined);
    assert.match(only?.message ?? '', /may only read atelier-nord\/crm/);
    assert.deepEqual(rest, []);
  });

  it('proposes in a later run what GitHub has by then, and within a run what was just typed', async () => {
    await start();
    await ready(rig);
    await rig.ask('boussole.setUpVariables', step('production'));
    const production = rig.world.simulator.world.home.environments.find(({ name }) => name === 'production');
    assert.ok(production);
    Object.assign(production.variables, { DEPLOY_HOST: 'new.example.com', DEPLOY_PORT: '2222', VERSION_URL: 'https://new.example.com/version' });
    await rig.ask('boussole.setUp', undefined, ...enters(8), undefined);
    const [first] = rig.guide.answers.environments;
    assert.deepEqual([first?.server, first?.versionUrl], [{ user: 'deploy', host: 'new.example.com', port: 2222, base: '/srv/crm' }, 'https://new.example.com/version']);
    assert.equal(rig.guide.answers.environments[1]?.server.host, 'www.example.com', 'what was answered and is not on GitHub yet stays');
    await rig.ask('boussole.setUp', undefined, ...enters(2), 'deploy@third.example.com:/srv/crm', '←', '←', '←', ...enters(8), undefined);
    assert.equal(rig.guide.answers.environments[0]?.server.host, 'third.example.com');
  });

  it('says so when its notification is pressed after the checklist has committed', async () => {
    await start();
    const push = rig.deeds.changes.push.bind(rig.deeds.changes);
    // What the person does with the checklist while the notification waits.
    rig.deeds.changes.push = (...shown) => {
      rig.guide.propose(undefined);
      return push(...shown);
    };
    const shown = await rig.ask('boussole.setUp', undefined, ...answers, 'Commit…');
    assert.match(shown.at(-1)?.message ?? '', /^This is done already: no file waits to be committed\./);
    assert.deepEqual([files(), rig.deeds.changes.length], [undefined, 1]);
  });

  it('finds nothing to write where the pipeline stands, and takes what is live for proof that the server answers', async () => {
    await start({ scenario: 'team', token: 'sim-token-ana' });
    const shown = await rig.ask('boussole.setUp', undefined, '⏎', '⏎', '⏎', '⏎', '⏎', '⏎', '⏎', 'No Slack');
    assert.match(shown.at(-1)?.message ?? '', /is as it should be already/);
    assert.deepEqual(rig.deeds.changes, []);
    await rig.ask('boussole.setUpCheck', step(''));
    assert.equal(checklistText(rig).match(/pass-filled (?:Server {2}answers|Line in authorized_keys {2}lets the key in|First dry run {2}something is live already)/g)?.length, 6, checklistText(rig));
    await rig.ask('boussole.setUpKey', step('staging'), 'The Line Is Added', undefined);
    assert.match(checklistText(rig), /circle-large-outline First dry run {2}not started yet/, 'a new key must prove itself');
  });
});
