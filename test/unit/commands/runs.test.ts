import assert from 'node:assert/strict';
import { startCommandRig, type CommandRig } from '../../support/commandRig.ts';
import { resetVscode } from '../../support/fakeVscode.ts';
import { commandState, environment as desk } from '../../support/fakeVscode/commands.ts';

const runs = ({ world }: CommandRig) => world.session.store.state.runs?.runs ?? [];
const writes = ({ world }: CommandRig) => world.simulator.log.filter(({ method, path }) => method === 'POST' && !path.endsWith('/graphql')).map(({ path, status }) => `${status} ${path.replace(/^.*\/actions\//, '')}`);

describe('run commands', () => {
  let rig: CommandRig;
  const open = async (options: Parameters<typeof startCommandRig>[0]) => {
    rig = await startCommandRig(options);
  };

  beforeEach(() => resetVscode());
  afterEach(() => rig.dispose());

  it('Open Run on GitHub opens the page of the row’s run', async () => {
    await open({ scenario: 'quiet' });
    const [run] = runs(rig);
    assert.ok(run);
    await rig.ask('boussole.openRun', { repositoryKey: rig.key, runId: run.id });
    assert.deepEqual(desk.opened, [run.url]);
  });

  it('opens no page of the sample team, and says why', async () => {
    await open({ scenario: 'quiet' });
    rig.deeds.isExploring = true;
    const shown = await rig.ask('boussole.openOnGitHub', { repositoryKey: rig.key, url: 'https://sample-team.invalid/x' });
    assert.deepEqual(desk.opened, []);
    assert.match(shown[0]?.message ?? '', /lives in memory/);
  });

  it('Show Run asks for a run when no row is given', async () => {
    await open({ scenario: 'quiet' });
    const [, second] = runs(rig);
    assert.ok(second);
    const index = runs(rig).findIndex(({ title }) => title === second.title);
    await rig.ask('boussole.showRun', undefined, second.title);
    assert.deepEqual(rig.deeds.revealed.map(({ runId }) => runId), [runs(rig)[index]?.id]);
  });

  it('Open Log opens the failed job of a failed run at once', async () => {
    await open({ scenario: 'failing-production' });
    const failed = runs(rig).find(({ conclusion }) => conclusion === 'failure');
    assert.ok(failed);
    await rig.ask('boussole.openLog', { repositoryKey: rig.key, runId: failed.id });
    const [log] = rig.deeds.logs;
    assert.equal(log?.runId, failed.id);
    const jobs = await rig.world.github.jobs(rig.world.session.repository, failed.id);
    assert.equal(jobs.find(({ id }) => id === log?.jobId)?.conclusion, 'failure');
  });

  it('Cancel Run warns that servers may be half updated, and Escape cancels nothing', async () => {
    await open({ scenario: 'team' });
    const live = rig.world.session.store.state.tracked.find(({ phase }) => phase === 'inProgress');
    assert.ok(live);
    const row = { repositoryKey: rig.key, trackedKey: live.key };
    const shown = await rig.ask('boussole.cancelRun', row, undefined);
    assert.equal(shown[0]?.modal, true);
    assert.match(shown[0]?.detail ?? '', /^Started by ana\.\n\n.*half updated/);
    assert.deepEqual(writes(rig), []);
    await rig.ask('boussole.cancelRun', row, 'Cancel Run');
    assert.match(writes(rig)[0] ?? '', /^202 runs\/\d+\/cancel$/);
  });

  it('Cancel Run says when there is nothing to cancel', async () => {
    await open({ scenario: 'quiet' });
    const shown = await rig.ask('boussole.cancelRun', undefined);
    assert.equal(shown[0]?.message, 'No run is under way.');
  });

  it('Re-Run of an old deploy is called what it is: a rollback', async () => {
    await open({ scenario: 'quiet' });
    const production = rig.world.session.store.state.environments.find(({ target }) => target.isProduction);
    const live = production?.live;
    assert.ok(production && typeof live === 'object');
    const old = production.history.find(({ state, runId, label }) => state === 'superseded' && runId !== undefined && label !== live.label);
    assert.ok(old?.runId !== undefined);
    const row = { repositoryKey: rig.key, runId: old.runId };
    const shown = await rig.ask('boussole.rerun', row, undefined);
    assert.equal(shown[0]?.message, `Re-run an old deploy of ${old.label} to production?`);
    assert.match(shown[0]?.detail ?? '', new RegExp(`production runs ${live.label} now, so this rolls it back to ${old.label}\\.`));
    assert.deepEqual(writes(rig), []);
    await rig.ask('boussole.rerun', row, 'Re-Run');
    assert.match(writes(rig)[0] ?? '', /^201 runs\/\d+\/rerun$/);
  });

  it('Approve lets a waiting deployment pass, with a comment', async () => {
    await open({ scenario: 'approval-needed' });
    const waiting = runs(rig).find(({ status }) => status === 'waiting');
    assert.ok(waiting);
    const shown = await rig.ask('boussole.approve', undefined, 'Approve', 'looks good');
    assert.match(shown[0]?.choices[0] ?? '', /^Approve the Deployment to /);
    assert.match(writes(rig)[0] ?? '', /^200 runs\/\d+\/pending_deployments$/);
  });

  it('Filter Runs narrows the list by one dimension and clears it again', async () => {
    await open({ scenario: 'quiet' });
    await rig.ask('boussole.filterRuns', undefined, 'State', 'Failed');
    assert.deepEqual(rig.world.session.store.state.runs?.filter, { status: 'failure' });
    assert.ok(runs(rig).every(({ conclusion }) => conclusion === 'failure'));
    await rig.ask('boussole.filterRuns', undefined, 'Only Mine');
    assert.deepEqual(rig.world.session.store.state.runs?.filter, { status: 'failure', mine: true });
    await rig.ask('boussole.clearRunFilter', undefined);
    assert.deepEqual(rig.world.session.store.state.runs?.filter, {});
  });

  it('say so when there is nothing to do', async () => {
    await open({ scenario: 'quiet' });
    const shown = await rig.ask('boussole.clearRunFilter', undefined);
    assert.equal(shown[0]?.message, 'The runs are not filtered.');
    for (let pages = 0; rig.world.session.store.state.runs?.hasMore && pages < 50; pages++) await rig.ask('boussole.loadMoreRuns', undefined);
    assert.equal((await rig.ask('boussole.loadMoreRuns', undefined))[0]?.message, 'All runs are shown already.');
    await rig.ask('boussole.filterRuns', undefined, 'State', 'Timed Out');
    const elsewhere = await rig.ask('boussole.showRun', { repositoryKey: rig.key, runId: 4 });
    assert.equal(elsewhere[0]?.message, 'The list of runs does not show #4. Clear its filter or load more.');
    assert.deepEqual(elsewhere[0]?.choices, ['Open on GitHub']);
  });

  it('Cancel Run says that a run has ended meanwhile', async () => {
    await open({ scenario: 'team' });
    const { session, clock } = rig.world;
    const live = session.store.state.tracked.find(({ phase }) => phase === 'inProgress');
    assert.ok(live && 'seen' in live);
    const ask = rig.ask('boussole.cancelRun', { repositoryKey: rig.key, runId: live.seen.runId, trackedKey: live.key }, undefined);
    await ask;
    for (let minutes = 0; session.store.state.tracked.some(({ key, phase }) => key === live.key && phase !== 'completed') && minutes < 60; minutes++) await clock.advance(60_000);
    await assert.rejects(session.tracker.cancel(live.key), /not under way any more/);
  });

  it('Load More adds the next page', async () => {
    await open({ scenario: 'team' });
    const before = runs(rig).length;
    await rig.ask('boussole.loadMoreRuns', { repositoryKey: rig.key });
    assert.ok(runs(rig).length > before);
  });

  it('Load More Releases adds pages until all are shown, and then says so', async () => {
    await open({ scenario: 'large' });
    const { store } = rig.world.session;
    const total = store.state.moreReleases?.total ?? 0;
    for (let pages = 0; store.state.moreReleases && pages < 10; pages++) assert.deepEqual(await rig.ask('boussole.loadMoreReleases', { repositoryKey: rig.key }), []);
    assert.deepEqual([store.state.releases.length, total], [total, 200]);
    assert.equal((await rig.ask('boussole.loadMoreReleases', undefined))[0]?.message, 'All releases are shown already.');
  });

  it('Copy Commit SHA copies what the row stands for, or what is live', async () => {
    await open({ scenario: 'quiet' });
    const [run] = runs(rig);
    await rig.ask('boussole.copySha', { repositoryKey: rig.key, runId: run?.id ?? 0 });
    assert.equal(desk.clipboard, run?.sha);
    await rig.ask('boussole.copySha', undefined, 'production');
    const live = rig.world.session.store.state.environments.find(({ target }) => target.isProduction)?.live;
    assert.equal(desk.clipboard, typeof live === 'object' ? live.sha : '');
  });

  it('Compare with Live lists the commits between', async () => {
    await open({ scenario: 'quiet' });
    const shown = await rig.ask('boussole.compareWithLive', undefined, 'staging', 'Open the Comparison');
    assert.match(shown[1]?.message ?? '', /compared with staging$/);
    assert.match(desk.opened[0] ?? '', /\/compare\//);
  });

  it('Refresh says why it could not', async () => {
    await open({ scenario: 'quiet' });
    rig.world.setOffline(true);
    const shown = await rig.ask('boussole.refresh', undefined);
    assert.match(shown[0]?.message ?? '', /cannot be reached/);
  });

  it('the status bar offers what can be done now', async () => {
    await open({ scenario: 'team' });
    const shown = await rig.ask('boussole.statusActions', undefined, 'Cancel Run');
    assert.ok(shown[0]?.choices.includes('Deploy to Staging'));
    assert.equal(commandState.executed.at(-1)?.id, 'boussole.cancelRun');
  });
});
