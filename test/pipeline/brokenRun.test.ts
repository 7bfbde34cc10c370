import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sshThat } from '../support/pipeline/brokenSsh.ts';
import { holdHook } from '../support/pipeline/hold.ts';
import { describePipeline } from '../support/pipeline/world/describePipeline.ts';
import { messageOf, requireSuccess, stopOf } from '../support/pipeline/world/outcome.ts';
import { stable } from '../support/pipeline/world/picture.ts';

const back = { environment: 'production', reason: 'the prices are wrong' };

describePipeline('a run that is broken off or repeated', ({ world, prepare, scenario }) => {
  prepare(async () => {
    await world().ship('production', 'v1.0.0', world().commits[0]?.sha ?? '');
    for (const version of ['v1.1.0', 'v1.2.0']) await world().ship('production', version, (await world().commit('main', `feat: ${version}`)).sha);
  });
  const isLive = (id: string) => assert.equal(stable(world(), world().live('production') ?? ''), id);
  const isHeld = (): boolean => world().repository.branches.has('production-branch-deploy-lock');
  const useSsh = (script: string) => {
    world().machine['PATH'] = `${sshThat(world().servers.production.toolsFolder, script)}:${world().machine['PATH']}`;
  };

  scenario('never goes a second step back when a rollback is repeated', async () => {
    world().site.production = () => ({ status: 502, headers: {}, body: 'bad gateway' });
    const run = await world().dispatch('rollback', back);
    assert.equal(stopOf(run), 'ship: unhealthy_outside 55');
    assert.equal(stopOf(await world().runner.rerun(run, 'failed')), 'ship: stale_expectation 76');
    isLive('v1.1.0-c2-past2.1');
  });

  scenario('holds deploys when a rollback is cancelled while the server goes on with it', async () => {
    const hold = holdHook(world().servers.production, 'reload');
    const run = await world().dispatch('rollback', back, {
      duringStep: (moment) => {
        if (moment.step === 'Roll back') void hold.reached().then(() => moment.cancel());
      },
    });
    hold.letGo();
    assert.equal(run.conclusion, 'cancelled');
    assert.ok(isHeld());
  });

  for (const [got, expected] of [['had begun', true], ['never got to the server', false]] as const) {
    scenario(`${expected ? 'holds' : 'does not hold'} deploys when the job of a rollback is lost that ${got}`, async () => {
      let lose: (() => void) | undefined;
      world().intercept = ({ method, path }) => {
        if (expected && method === 'POST' && path.endsWith('/statuses')) lose?.();
        return undefined;
      };
      const run = await world().dispatch('rollback', back, {
        duringStep: ({ step }, shell) => {
          if (step !== 'Check the server') return;
          lose = () => shell.kill();
          if (!expected) shell.kill();
        },
      });
      assert.deepEqual([run.jobs.get('ship')?.result, run.jobs.get('ship')?.outputs['outcome'], run.jobs.get('hold')?.result], ['failure', '', 'success']);
      assert.equal(isHeld(), expected);
    });
  }

  scenario('says in the end that a deploy succeeded when GitHub did not take it at first', async () => {
    await world().commit('main', 'feat: a page');
    let refusals = 1;
    world().intercept = ({ method, path, body }) =>
      method === 'POST' && path.endsWith('/statuses') && body.includes('"success"') && refusals-- > 0 ? { status: 502, headers: {}, body: 'bad gateway' } : undefined;
    requireSuccess(await world().push('main'));
    assert.deepEqual(world().deployments().at(-1)?.statuses.map(({ state }) => state), ['in_progress', 'success']);
  });

  scenario('does not say that a bad release was taken back when that never got to the server', async () => {
    world().site.production = () => ({ status: 502, headers: {}, body: 'bad gateway' });
    await world().commit('main', 'feat: a bad page');
    useSsh('[[ $* != *relctl\\ rollback* ]] || exit 255');
    const run = await world().push('main');
    assert.equal(stopOf(run), 'ship: outcome_unknown 57');
    assert.match(stable(world(), messageOf(run, 'ship')), /live is v1\.3\.0-c4-run1\.1/);
    isLive('v1.3.0-c4-run1.1');
  });

  scenario('finds out that a bad release was taken back when only the answer was lost', async () => {
    world().site.production = () => ({ status: 502, headers: {}, body: 'bad gateway' });
    await world().commit('main', 'feat: a bad page');
    useSsh('[[ $* != *relctl\\ rollback* ]] || { /usr/bin/ssh "$@" >/dev/null; exit 255; }');
    const run = await world().push('main');
    assert.equal(stopOf(run), 'ship: unhealthy_outside_reverted 54');
    isLive('v1.2.0-c3-past3.1');
  });

  scenario('runs nothing that a server answers', async () => {
    await world().commit('main', 'feat: a page');
    const trace = join(world().folder, 'ran');
    useSsh(`[[ $* != *relctl\\ status* ]] || { /usr/bin/ssh "$@" | sed 's|"free_kb":[0-9]*|"free_kb":"a[$(touch ${trace})0]"|'; exit 0; }`);
    assert.equal(stopOf(await world().push('main')), 'ship: disk_low 28');
    assert.equal(existsSync(trace), false);
    isLive('v1.2.0-c3-past3.1');
  });
});
