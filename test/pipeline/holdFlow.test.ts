import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describePipeline } from '../support/pipeline/world/describePipeline.ts';
import { messageOf, requireSuccess, stopOf } from '../support/pipeline/world/outcome.ts';
import { stable } from '../support/pipeline/world/picture.ts';

describePipeline('holding deploys', ({ world, prepare, scenario }) => {
  prepare(async () => {
    await world().ship('production', 'v1.0.0', world().commits[0]?.sha ?? '');
    await world().ship('production', 'v1.1.0', (await world().commit('main', 'feat: a second page')).sha);
  });
  const lock = 'production-branch-deploy-lock';
  const hold = (action: string, reason: string) => world().dispatch('hold', { environment: 'production', action, reason });

  scenario('happens by itself after a rollback, and deploys are refused with its reason until it is lifted with one', async () => {
    requireSuccess(await world().dispatch('rollback', { environment: 'production', reason: 'the second page is empty' }));
    await world().commit('main', 'fix: fill the second page');
    const refused = await world().push('main');
    assert.equal(stopOf(refused), 'plan: held 33');
    assert.match(stable(world(), messageOf(refused, 'plan')), /^Deploys to production are held by camille since TIME: the second page is empty$/);
    assert.deepEqual([world().deployments().length, world().servers.production.list('incoming'), world().messages().length], [1, [], 2], 'nothing was begun, and everybody was told');
    const lifted = await hold('release', 'fixed');
    requireSuccess(lifted);
    assert.equal(lifted.jobs.get('hold')?.outputs['outcome'], 'released');
    assert.deepEqual([await world().origin.resolve(`refs/heads/${lock}`), world().repository.branches.has(lock)], [undefined, false]);
    requireSuccess(await world().push('main'));
    assert.equal(stable(world(), world().live('production') ?? '').replace(/-c\d/, ''), 'v1.1.1-run4.1');
  });

  scenario('stops a deploy that was queued behind a rollback, even before the hold exists', async () => {
    const planned = Promise.withResolvers<void>();
    const mayQueue = Promise.withResolvers<void>();
    await world().commit('main', 'feat: a third page');
    const deploy = world().push('main', {
      beforeGroup: async (job) => {
        if (job !== 'ship') return;
        planned.resolve();
        await mayQueue.promise;
      },
    });
    await planned.promise;
    const back = world().dispatch('rollback', { environment: 'production', reason: 'wrong prices' }, {
      beforeStep: async ({ step }) => {
        if (step === 'Roll back') mayQueue.resolve();
        // The hold comes after the deploy had its turn.
        if (step === 'Hold deploys') await deploy;
      },
    });
    const refused = await deploy;
    assert.equal(stopOf(refused), 'ship: rolled_back_since 37');
    requireSuccess(await back);
    assert.equal(stable(world(), world().live('production') ?? ''), 'v1.0.0-c1-past1.1');
    assert.deepEqual(world().deployments().map(({ task }) => task), ['rollback']);
  });

  scenario('stops a push that is quicker than the hold after a rollback', async () => {
    await world().commit('main', 'feat: a third page');
    const pushed = Promise.withResolvers<string>();
    requireSuccess(await world().dispatch('rollback', { environment: 'production', reason: 'wrong prices' }, {
      beforeStep: async ({ step }) => {
        if (step === 'Hold deploys') pushed.resolve(stopOf(await world().push('main')) ?? 'it was shipped');
      },
    }));
    assert.equal(await pushed.promise, 'ship: rolled_back_since 37');
    assert.equal(stable(world(), world().live('production') ?? ''), 'v1.0.0-c1-past1.1');
  });

  scenario('leaves a hold that exists as it is, and is asked again when a queued deploy has its turn', async () => {
    await world().commit('main', 'feat: a third page');
    const refused = await world().push('main', { beforeGroup: async (job) => void (job === 'ship' && requireSuccess(await hold('hold', 'the fair is on'))) });
    assert.equal(stopOf(refused), 'ship: held 33');
    const again = await hold('hold', 'another reason');
    requireSuccess(again);
    assert.equal(again.jobs.get('hold')?.outputs['outcome'], 'already_held');
    const { reason, created_by, environment, sticky } = JSON.parse(world().repository.commits.get(world().repository.branches.get(lock) ?? '')?.files.get('lock.json') ?? '{}') as Record<string, unknown>;
    assert.deepEqual([reason, created_by, environment, sticky], ['the fair is on', 'camille', 'production', true]);
    const elsewhere = await world().push('develop', { beforeStep: (moment) => void (moment.step === 'Check out the pipeline' && moment.cancel()) });
    assert.equal(elsewhere.jobs.get('plan')?.outputs['outcome'], 'planned', 'another environment is not held');
  });

  for (const [action, stopped] of [['hold', 'held 33'], ['freeze', 'frozen 77']] as const) {
    scenario(`reaches a deploy that is under way: ${action}`, async () => {
      await world().commit('main', 'feat: a third page');
      const deploy = await world().push('main', { beforeStep: async ({ step }) => void (step === 'Publish' && requireSuccess(await hold(action, 'the database is failing'))) });
      assert.equal(stopOf(deploy), `ship: ${stopped}`);
      assert.match(messageOf(deploy, 'ship'), action === 'hold' ? /the database is failing/ : /frozen/);
      assert.match(stable(world(), world().live('production') ?? ''), /^v1\.1\.0-/);
    });
  }

  scenario('on the wrong server does not happen', async () => {
    writeFileSync(join(world().servers.production.base, '.relctl', 'environment'), 'staging\n');
    assert.equal(stopOf(await hold('freeze', 'the database is failing')), 'server: wrong_server 56');
    assert.equal((await world().servers.production.relctl('status')).frozen, null);
  });

  scenario('may hold all environments at once', async () => {
    await world().commit('develop', 'Hold everything', { 'lock.json': { text: '{"reason":"moving house","created_by":"ana","created_at":"2026-11-19T12:00:00Z"}' } });
    await world().point('refs/heads/global-branch-deploy-lock', world().repository.branches.get('develop'));
    const refused = await world().push('main');
    assert.equal(stopOf(refused), 'plan: held 33');
    assert.equal(stable(world(), messageOf(refused, 'plan')), 'Deploys to production are held by ana since TIME: moving house');
  });

  scenario('on the server stops publishing until it is thawed, and no rollback', async () => {
    const frozen = await hold('freeze', 'the database is moving; $(reboot)');
    requireSuccess(frozen);
    await world().commit('main', 'feat: a third page');
    const refused = await world().push('main');
    assert.equal(stopOf(refused), 'ship: frozen 77');
    assert.match(messageOf(refused, 'ship'), /the database is moving.*by camille/);
    assert.equal((await world().servers.production.relctl('rollback')).outcome, 'rolled_back', 'still possible');
    requireSuccess(await hold('unfreeze', 'moved'));
    assert.deepEqual(world().servers.production.story().map((line) => line.split(' ')[0]).slice(4), ['freeze', 'rollback_begin', 'rollback_done', 'unfreeze']);
  });
});
