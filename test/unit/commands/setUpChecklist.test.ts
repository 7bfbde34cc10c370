import assert from 'node:assert/strict';
import { setupBranch } from '../../../src/app/pipelineChange.ts';
import { SetupGuides } from '../../../src/app/setupGuides.ts';
import type { RowArgument } from '../../../src/core/rowArgument.ts';
import { readerAt } from '../../../src/views/localize.ts';
import { setupMessage, setupRows } from '../../../src/views/setupRows.ts';
import { startCommandRig, type CommandRig } from '../../support/commandRig.ts';
import { environment } from '../../support/fakeVscode/commands.ts';
import { resetVscode } from '../../support/fakeVscode.ts';
import { answers, approve, checklistRows, checklistText, enters, hostKey, mergeSetUp, ready, send } from '../../support/setUpSteps.ts';

describe('the checklist of Set Up', () => {
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

  it('leads from the commit to a finished dry run, each step by its own action', async () => {
    await start();
    await rig.ask('boussole.setUp', undefined, ...answers, 'Commit…', 'Commit', undefined);
    await mergeSetUp(rig);
    await rig.ask('boussole.setUpCheck', step(''));
    assert.match(checklistText(rig), /pass-filled Workflows on main {2}merged/);

    for (const name of ['production', 'staging']) {
      const [question] = await rig.ask('boussole.setUpEnvironment', step(name), 'Create');
      if (name === 'production') assert.match(question?.detail ?? '', /approval of ana, release-captains\.\nWho starts a deploy cannot approve it\.\nnobody cannot be a reviewer/);
      const [told] = await rig.ask('boussole.setUpKey', step(name), 'Copy');
      assert.match(told?.message ?? '', /restrict,command="\/opt\/boussole\/gate \/srv\/crm/);
      assert.match(environment.clipboard, new RegExp(`^restrict,command="/opt/boussole/gate /srv/crm(-staging)?" ssh-ed25519 \\S+ ${name}@atelier-nord/crm$`));
      await rig.ask('boussole.setUpServer', step(name));
      assert.ok(rig.deeds.texts.get(`prepare-${name}.sh`)?.includes(environment.clipboard), 'what is shown is what is copied');
      await rig.ask('boussole.setUpHostKey', step(name), hostKey);
      await rig.ask('boussole.setUpVariables', step(name));
      await rig.ask('boussole.setUpDryRun', step(name));
    }
    await rig.ask('boussole.setUpEnvironment', step('notifications'), 'Create');
    const { home } = rig.world.simulator.world;
    const production = home.environments.find(({ name }) => name === 'production');
    assert.deepEqual(production?.variables, {
      APP_URL: 'https://www.example.com', DEPLOY_HOST: 'www.example.com', DEPLOY_KNOWN_HOSTS: `www.example.com ${hostKey.split(' ').slice(0, 2).join(' ')}`,
      DEPLOY_PORT: '22', DEPLOY_USER: 'deploy', VERSION_URL: 'https://www.example.com/version',
    });
    await rig.world.clock.advance(15 * 60_000);
    await rig.ask('boussole.setUpCheck', step(''));
    assert.match(checklistText(rig), /First dry run {2}run #2 waits for approval/);
    await approve(rig);
    await rig.world.clock.advance(15 * 60_000);
    await rig.ask('boussole.setUpCheck', step(''));
    assert.ok(rig.guide.picture.isDone, checklistText(rig));
    assert.equal(setupMessage([rig.guide.picture], readerAt(0)), 'All is set up. The next push deploys.');
    assert.deepEqual(home.deployments, [], 'a dry run is no deployment');
    const [again] = await rig.ask('boussole.setUp', undefined, ...enters(8));
    assert.equal(again?.kind, 'quickPick');
    assert.deepEqual(rig.deeds.changes.length, 1, 'nothing differs, so nothing is shown again');

    await rig.ask('boussole.setUpFinish', step(''));
    const window = rig.world.reload();
    const guides = new SetupGuides({ all: [window.session], onDidChange: () => ({ dispose: () => undefined }) });
    rig.world.forget();
    await window.open();
    await window.clock.advance(60_000);
    assert.deepEqual(rig.world.sent.filter(({ path }) => path.includes('/environments/') || path.includes('/pulls')), [], 'what was put away asks GitHub nothing');
    guides.dispose();
    window.dispose();
  });

  it('lets a private key be nowhere but in GitHub’s hands, sealed', async () => {
    await start();
    await ready(rig);
    await rig.ask('boussole.setUpKey', step('staging'), undefined);
    const everything = JSON.stringify([rig.guide.record, [...rig.deeds.texts], environment.clipboard, rig.world.log.lines, rig.world.simulator.log]);
    assert.ok(!everything.includes('PRIVATE KEY'));
    assert.ok(rig.guide.record.publicKeys['staging']?.startsWith('ssh-ed25519 '));
  });

  it('rotates a key in the order in which no deploy fails: the server first', async () => {
    await start();
    await ready(rig);
    await rig.ask('boussole.setUpKey', step('staging'), undefined);
    const first = rig.guide.record.publicKeys['staging'];
    const left = await rig.ask('boussole.setUpKey', step('staging'), undefined);
    assert.equal(rig.guide.record.publicKeys['staging'], first, 'leaving keeps the old key');
    assert.match(left[0]?.detail ?? '', /^1\. Add the new line to authorized_keys on deploy@www\.example\.com:\/srv\/crm-staging.*\n2\. Store.*\n3\. Start a dry run/);
    await rig.ask('boussole.setUpKey', step('staging'), 'The Line Is Added', undefined);
    assert.notEqual(rig.guide.record.publicKeys['staging'], first);
    await rig.ask('boussole.setUpCopyKey', step('staging'));
    assert.ok(environment.clipboard.endsWith(rig.guide.record.publicKeys['staging'] ?? '!'));
  });

  it('shows who is no administrator what they may do, and what GitHub refuses', async () => {
    await start({ token: 'sim-token-jonas' });
    await rig.ask('boussole.setUp', undefined, ...answers, 'Commit…', 'Commit', undefined);
    assert.ok(files()?.has('.deploy/plan'), 'writing is enough for the pull request');
    const shown = await rig.ask('boussole.setUpEnvironment', step('production'), 'Create', undefined);
    assert.equal(shown.at(-1)?.kind, 'error');
    assert.match(shown.at(-1)?.message ?? '', /^Only administrators of atelier-nord\/crm may change/);
  });

  it('calls unknown what it could not read, and looks again', async () => {
    await start();
    await ready(rig);
    rig.world.setOffline(true);
    await rig.ask('boussole.setUpCheck', step(''));
    const rows = checklistText(rig).split('\n').filter((line) => line.startsWith('  '));
    assert.ok(rows.length > 10 && rows.every((line) => /^ {2}(?:question|circle-large-outline) /.test(line)), rows.join('\n'));
    assert.ok(rows.filter((line) => line.endsWith('  not known')).length > 5 && !rows.join().includes('cannot be reached'));
    assert.equal(setupMessage([rig.guide.picture], readerAt(0)), 'sim.test cannot be reached. Check your network connection.');
    rig.world.setOffline(false);
    await rig.ask('boussole.setUpCheck', step(''));
    assert.equal(setupMessage([rig.guide.picture], readerAt(0)), undefined);
    assert.match(checklistText(rig), /pass-filled Environment on GitHub/);
  });

  it('stays over a reload, until it is put away', async () => {
    await start();
    await ready(rig);
    assert.equal(rig.world.storage.get<{ isGoingOn: boolean }>('setUp')?.isGoingOn, true);
    await rig.ask('boussole.setUpFinish', step(''));
    assert.equal(rig.world.storage.get<{ isGoingOn: boolean }>('setUp')?.isGoingOn, false);
  });

  it('gives Slack’s secret to the environment that only tells', async () => {
    await start();
    await rig.ask('boussole.setUp', undefined, ...answers.slice(0, -1), 'Bot', '#shipping', undefined);
    await rig.ask('boussole.setUpEnvironment', step('notifications'), 'Create');
    await rig.ask('boussole.setUpSlackSecret', step('notifications'), 'xoxb-1-2');
    await rig.ask('boussole.setUpVariables', step('notifications'));
    assert.match(checklistText(rig), /pass-filled Notifications {2}4 of 4/);
    assert.ok(!JSON.stringify([rig.guide.record, rig.world.log.lines]).includes('xoxb-'));
  });

  it('replaces a variable that GitHub has otherwise only after a yes that shows both', async () => {
    await start();
    await ready(rig);
    await rig.ask('boussole.setUpVariables', step('production'));
    const production = rig.world.simulator.world.home.environments.find(({ name }) => name === 'production');
    assert.ok(production);
    production.variables['DEPLOY_HOST'] = 'new.example.com';
    await rig.ask('boussole.setUpCheck', step(''));
    assert.match(checklistText(rig), /Variables for the server {2}not as you answered: DEPLOY_HOST/);
    const [question] = await rig.ask('boussole.setUpVariables', step('production'), undefined);
    assert.match(question?.detail ?? '', /^DEPLOY_HOST: new\.example\.com → www\.example\.com\n/);
    assert.equal(production.variables['DEPLOY_HOST'], 'new.example.com');
    await rig.ask('boussole.setUpVariables', step('production'), 'Replace');
    assert.equal(production.variables['DEPLOY_HOST'], 'www.example.com');
  });

  it('lets nobody approve their own deploy where somebody else can, and says so', async () => {
    await start();
    await rig.ask('boussole.setUp', undefined, ...answers, undefined);
    const [question] = await rig.ask('boussole.setUpEnvironment', step('production'), 'Create');
    assert.match(question?.detail ?? '', /Who starts a deploy cannot approve it\./);
    const production = rig.world.simulator.world.home.environments.find(({ name }) => name === 'production');
    assert.ok(production);
    assert.equal(production.protection.preventSelfReview, true);
    assert.match(checklistText(rig), /pass-filled Required reviewers {2}ana, release-captains/);
    production.protection = { ...production.protection, preventSelfReview: false };
    await rig.ask('boussole.setUpCheck', step(''));
    assert.match(checklistText(rig), /circle-large-outline Required reviewers {2}ana, release-captains; who starts a deploy may approve it/);
    await rig.ask('boussole.setUpEnvironment', step('production'), 'Change');
    assert.equal(production.protection.preventSelfReview, true);
  });

  it('lets a lone reviewer approve what they start', async () => {
    await start();
    await rig.ask('boussole.setUp', undefined, ...answers.slice(0, 6), 'camille', 'No Slack', undefined);
    const [question] = await rig.ask('boussole.setUpEnvironment', step('production'), 'Create');
    assert.doesNotMatch(question?.detail ?? '', /cannot approve/);
    assert.equal(rig.world.simulator.world.home.environments.find(({ name }) => name === 'production')?.protection.preventSelfReview, false);
    assert.match(checklistText(rig), /pass-filled Required reviewers {2}camille/);
  });

  it('opens the log of a dry run that failed, and starts another from the menu', async () => {
    await start();
    await rig.ask('boussole.setUp', undefined, ...answers, 'Commit…', 'Commit', undefined);
    await mergeSetUp(rig);
    await rig.ask('boussole.setUpEnvironment', step('staging'), 'Create');
    await rig.ask('boussole.setUpKey', step('staging'), undefined);
    await rig.ask('boussole.setUpHostKey', step('staging'), hostKey);
    await rig.ask('boussole.setUpVariables', step('staging'));
    rig.world.simulator.world.mishaps.push({ environment: 'staging', step: 'Check the server', times: 1 });
    await rig.ask('boussole.setUpDryRun', step('staging'));
    await rig.world.clock.advance(15 * 60_000);
    await rig.ask('boussole.setUpCheck', step(''));
    const row = checklistRows(rig).find(({ key }) => key.endsWith('dryRun:staging'));
    const run = rig.world.simulator.world.home.runs.find(({ inputs }) => inputs['dry_run'] === 'true');
    assert.ok(row && run);
    assert.deepEqual([row.icon?.codicon, row.description, row.command, row.contextValue], ['warning', `run #${run.number} did not succeed`, 'boussole.openLog', 'setup hasLog triable']);
    await rig.ask('boussole.openLog', row.argument);
    assert.deepEqual(rig.deeds.logs.map(({ runId }) => runId), [run.id]);
    await rig.ask('boussole.setUpDryRun', row.argument);
    assert.equal(rig.world.simulator.world.home.runs.filter(({ inputs }) => inputs['dry_run'] === 'true').length, 2);
  });

  it('offers a dry run only once its environment, key and variables are there, and a click on what is done does nothing', async () => {
    await start();
    await rig.ask('boussole.setUp', undefined, ...answers, 'Commit…', 'Commit', undefined);
    await mergeSetUp(rig);
    await rig.ask('boussole.setUpCheck', step(''));
    const dryRun = () => checklistRows(rig).find(({ key }) => key.endsWith('dryRun:staging'));
    assert.deepEqual([dryRun()?.description, dryRun()?.command], ['after the steps above', undefined]);
    assert.ok(!checklistText(rig).includes('only the dry run can tell'));
    await rig.ask('boussole.setUpEnvironment', step('staging'), 'Create');
    await rig.ask('boussole.setUpKey', step('staging'), undefined);
    await rig.ask('boussole.setUpHostKey', step('staging'), hostKey);
    assert.equal(dryRun()?.description, 'after the steps above');
    await rig.ask('boussole.setUpVariables', step('staging'));
    assert.deepEqual([dryRun()?.description, dryRun()?.command], ['not started yet', 'boussole.setUpDryRun']);
    const key = checklistRows(rig).find((row) => row.key.endsWith('key:staging'));
    assert.deepEqual([key?.command, key?.contextValue], [undefined, 'setup keyed'], 'a key is rotated from the menu only');
  });

  it('says to create the environments before the pull request is merged', async () => {
    await start();
    const told = await rig.ask('boussole.setUp', undefined, ...answers, 'Commit…', 'Commit', undefined);
    assert.match(told.at(-1)?.message ?? '', /A pull request brings it to main; before it is merged, create the environments/);
    await rig.ask('boussole.setUpCheck', step(''));
    assert.deepEqual(setupRows([rig.guide.picture], readerAt(0)).map(({ label }) => label), ['production', 'staging', 'Notifications', 'Pipeline']);
    await send(rig, 'POST', 'pulls', { title: 'Deploy', head: setupBranch, base: 'main' });
    await rig.ask('boussole.setUpCheck', step(''));
    assert.match(checklistText(rig), /Workflows on main {2}pull request #\d+: create the environments before you merge it/);
    for (const name of ['production', 'staging', 'notifications']) await rig.ask('boussole.setUpEnvironment', step(name), 'Create');
    assert.match(checklistText(rig), /Workflows on main {2}pull request #\d+ waits to be merged/);
  });

  it('takes the answer that nobody must approve for an answer', async () => {
    await start();
    await rig.ask('boussole.setUp', undefined, ...answers.slice(0, 6), '', 'No Slack', undefined);
    await rig.ask('boussole.setUpEnvironment', step('production'), 'Create');
    assert.match(checklistText(rig), /pass-filled Required reviewers {2}nobody, as you answered/);
  });
});
