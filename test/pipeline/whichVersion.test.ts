import assert from 'node:assert/strict';
import { describePipeline } from '../support/pipeline/world/describePipeline.ts';
import { messageOf, requireSuccess, stopOf } from '../support/pipeline/world/outcome.ts';
import { stable } from '../support/pipeline/world/picture.ts';

describePipeline('the version of a deploy', ({ world, scenario }) => {
  const production = { environment: 'production' };

  scenario('is what staging runs, when that is promoted by its commit, and a tag that exists is shipped under its name', async () => {
    await world().ship('production', 'v1.0.0', world().commits[0]?.sha ?? '');
    const second = await world().commit('main', 'feat: a second page');
    await world().ship('staging', 'v1.1.0-rc.7', second.sha);
    await world().commit('main', 'feat: a third page');
    const promoted = await world().dispatch('deploy', { ...production, version: second.sha, expected_sha: second.sha, expected_current: 'v1.0.0' });
    requireSuccess(promoted);
    assert.deepEqual([stable(world(), world().live('production') ?? ''), (await world().tags())['v1.1.0']], ['v1.1.0-c2-run1.1', second.sha]);
    const older = await world().dispatch('deploy', { ...production, version: 'v1.0.0' });
    requireSuccess(older);
    assert.equal(stable(world(), world().live('production') ?? ''), 'v1.0.0-c1-run2.1');
    assert.deepEqual([Object.keys(await world().tags()), older.jobs.get('version')?.result], [['v1.0.0', 'v1.1.0'], 'skipped']);
    assert.deepEqual(world().deployments().map(({ sha, payload, task }) => [task, stable(world(), sha), payload['version']]), [['deploy', 'c2', 'v1.1.0'], ['deploy', 'c1', 'v1.0.0']]);
  });

  scenario('is asked for as it was seen: a branch that has moved and a site that has changed stop it', async () => {
    const [first] = world().commits;
    await world().ship('production', 'v1.0.0', first?.sha ?? '');
    await world().commit('main', 'fix: came in between');
    const moved = await world().dispatch('deploy', { ...production, expected_sha: first?.sha ?? '' });
    assert.equal(stopOf(moved), 'plan: moved 31');
    assert.equal(stable(world(), messageOf(moved, 'plan')), 'main is c2 now, not c1. Look at what has come in, then ask again.');
    const stale = await world().dispatch('deploy', { ...production, expected_current: 'v0.9.0' });
    assert.equal(stopOf(stale), 'ship: stale_expectation 76');
    assert.deepEqual([stable(world(), world().live('production') ?? ''), world().deployments()], ['v1.0.0-c1-past1.1', []]);
  });

  scenario('must exist, be on the branch of production, and be asked for on the default branch', async () => {
    const lone = await world().commit('feature', 'feat: not merged', {}, world().commits[0]?.sha ?? '');
    const stops = async (inputs: Readonly<Record<string, string>>, ref?: string) => stopOf(await world().dispatch('deploy', inputs, {}, ref));
    assert.equal(await stops({ ...production, version: lone.sha }), 'plan: not_on_branch 36');
    assert.equal(await stops({ ...production, version: 'v9.9.9' }), 'plan: unknown_version 32');
    assert.equal(await stops({ ...production, version: 'main; touch /tmp/x' }), 'plan: usage 64');
    assert.equal(await stops(production, 'develop'), 'plan: wrong_ref 30');
    assert.deepEqual([world().deployments(), world().live('production'), await world().tags()], [[], undefined, {}]);
    const toStaging = await world().dispatch('deploy', { environment: 'staging', version: lone.sha.slice(0, 7) });
    requireSuccess(toStaging);
    assert.equal(stable(world(), world().live('staging') ?? ''), 'v1.0.0-rc.5-c2-run5.1');
  });

  scenario('is counted on when somebody else takes the number in between', async () => {
    const [first] = world().commits;
    await world().ship('production', 'v1.0.0', first?.sha ?? '');
    await world().commit('main', 'fix: one thing');
    const run = await world().push('main', {
      beforeStep: ({ step }) => (step === 'Reserve the version' ? world().simulator.world.home.tags.set('v1.0.1', { name: 'v1.0.1', commit: first?.sha ?? '' }) && undefined : undefined),
    });
    requireSuccess(run);
    assert.deepEqual([stable(world(), world().live('production') ?? ''), run.jobs.get('version')?.outputs['outcome']], ['v1.0.2-c2-run1.1', 'reserved']);
  });

  scenario('gives way to a newer push that was quicker', async () => {
    await world().ship('production', 'v1.0.0', world().commits[0]?.sha ?? '');
    await world().commit('main', 'fix: one thing');
    let newer: Promise<unknown> = Promise.resolve();
    const older = await world().push('main', {
      beforeStep: async ({ step }) => {
        if (step !== 'Reserve the version') return;
        await world().commit('main', 'fix: another');
        newer = world().push('main');
        await newer;
      },
    });
    assert.equal(stopOf(older), 'version: superseded 35');
    assert.deepEqual([stable(world(), world().live('production') ?? ''), world().deployments().length], ['v1.0.1-c3-run2.1', 1]);
  });

  scenario('that was the head of the branch when it was asked for does not replace a newer one', async () => {
    await world().ship('production', 'v1.0.0', world().commits[0]?.sha ?? '');
    await world().commit('main', 'fix: one thing');
    const run = await world().dispatch('deploy', production, {
      beforeGroup: async (job) => {
        if (job !== 'ship') return;
        await world().ship('production', 'v1.0.2', (await world().commit('main', 'fix: another')).sha);
      },
    });
    assert.equal(stopOf(run), 'ship: superseded 35');
    assert.match(world().live('production') ?? '', /^v1\.0\.2-/);
  });

  scenario('keeps the name it is asked for by, and is not counted from tags that are none of semver', async () => {
    const sha = world().commits[0]?.sha ?? '';
    await world().ship('production', 'v1.0.0', sha);
    for (const tag of ['v1.0.1', 'v2026.08.01', '3.0.0']) await world().point(`refs/tags/${tag}`, sha);
    requireSuccess(await world().dispatch('deploy', { ...production, version: 'v1.0.0' }));
    assert.equal(stable(world(), world().live('production') ?? ''), 'v1.0.0-c1-run1.1');
    await world().commit('main', 'feat: a second page');
    requireSuccess(await world().push('main'));
    assert.equal(stable(world(), world().live('production') ?? ''), 'v1.1.0-c2-run2.1');
  });

  scenario('is one for a commit, also when two runs of it want one', async () => {
    await world().ship('production', 'v1.0.0', world().commits[0]?.sha ?? '');
    const second = await world().commit('main', 'fix: one thing');
    const run = await world().push('main', { beforeStep: async ({ job, step }) => void (job === 'version' && step === 'Check out' && await world().point('refs/tags/v1.0.1', second.sha)) });
    requireSuccess(run);
    assert.deepEqual([run.jobs.get('version')?.outputs['outcome'], Object.keys(await world().tags())], ['reused', ['v1.0.0', 'v1.0.1']]);
  });

  scenario('is not guessed in a shallow clone', async () => {
    world().editWorkflow = (_file, text) => text.replaceAll(/\n +fetch-depth: 0/g, '');
    assert.equal(stopOf(await world().push('main')), 'plan: shallow 45');
    assert.deepEqual(await world().tags(), {});
  });
});
