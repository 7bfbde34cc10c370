import assert from 'node:assert/strict';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../support/eventually.ts';
import { holdHook } from '../support/pipeline/hold.ts';
import { descendantsOf } from '../support/pipeline/processes.ts';
import { describePipeline } from '../support/pipeline/world/describePipeline.ts';
import { messageOf, requireSuccess, stopOf } from '../support/pipeline/world/outcome.ts';
import { stable } from '../support/pipeline/world/picture.ts';

describePipeline('a deploy whose connection is lost', ({ world, prepare, scenario }) => {
  prepare(async () => {
    await world().ship('production', 'v1.0.0', world().commits[0]?.sha ?? '');
    await world().commit('main', 'feat: a second page', { 'index.html': { text: 'x'.repeat(300_000) } });
  });
  const isLive = (id: string) => assert.equal(stable(world(), world().live('production') ?? ''), id);
  const states = () => world().deployments().at(-1)?.statuses.map(({ state }) => state);

  scenario('is finished by the server when the runner dies while it publishes; the record says that nobody knows, until it is run again', async () => {
    const hold = holdHook(world().servers.production, 'reload');
    const run = await world().push('main', {
      duringStep: ({ step }, shell) => {
        if (step === 'Publish') void hold.reached().then(() => shell.kill());
        if (step === 'Close the record') hold.letGo();
      },
    });
    assert.match(stopOf(run) ?? '', /^ship: Publish/);
    assert.deepEqual(states(), ['in_progress', 'error']);
    assert.match(world().messages().at(-1)?.text ?? '', /^❌ Failed: deploy of crm v1\.1\.0 to production/);
    await eventually(() => assert.equal(world().servers.production.story().at(-1), `publish_done ${world().live('production')}`));
    isLive('v1.1.0-c2-run1.1');
    const again = await world().runner.rerun(run, 'failed');
    requireSuccess(again);
    assert.equal(again.jobs.get('ship')?.outputs['outcome'], 'healthy_outside', 'what was left to do: the look from outside');
    assert.deepEqual([world().deployments().length, states()], [1, ['in_progress', 'error', 'success']]);
    assert.equal(again.jobs.get('ship')?.outputs['release_id'], world().live('production'));
    assert.equal(world().servers.production.story().length, 4, 'nothing was published twice');
  });

  scenario('asks the server what became of it when only ssh dies', async () => {
    const hold = holdHook(world().servers.production, 'reload');
    const run = await world().push('main', {
      duringStep: ({ step }, { pid }) => {
        if (step !== 'Publish') return;
        void hold.reached().then(() => {
          for (const one of descendantsOf(pid)) if (one.program === 'ssh') process.kill(one.pid, 'SIGKILL');
          hold.letGo();
        });
      },
    });
    requireSuccess(run);
    isLive('v1.1.0-c2-run1.1');
    assert.deepEqual([states(), world().servers.production.story().slice(2).map((line) => line.split(' ')[0])], [['in_progress', 'success'], ['publish_begin', 'publish_done']]);
  });

  scenario('sends an upload again that was cut in the middle', async () => {
    const cut = cutUploads(world().servers.production.toolsFolder, 1);
    world().machine['PATH'] = `${cut.folder}:${world().machine['PATH']}`;
    requireSuccess(await world().push('main'));
    isLive('v1.1.0-c2-run1.1');
    assert.deepEqual([existsSync(cut.times(1)), world().servers.production.list('incoming')], [true, []]);
  });

  scenario('gives up when no upload gets through, and nothing that is live has changed', async () => {
    world().sshd.limitFiles(world().servers.production.base, 100);
    const run = await world().push('main');
    assert.equal(stopOf(run), 'ship: upload_failed 53');
    assert.match(messageOf(run, 'ship'), /rsync ended with (11|12)\b/);
    isLive('v1.0.0-c1-past1.1');
    assert.deepEqual([states(), world().servers.production.story().length], [['in_progress', 'failure'], 2]);
  });

  scenario('is cancelled in the middle: the record is closed and people are sent to the server', async () => {
    const hold = holdHook(world().servers.production, 'reload');
    const run = await world().push('main', {
      duringStep: (moment) => {
        if (moment.step === 'Publish') void hold.reached().then(() => moment.cancel());
      },
    });
    hold.letGo();
    assert.equal(run.conclusion, 'cancelled');
    assert.deepEqual(states(), ['in_progress', 'error']);
    await eventually(() => assert.equal(world().servers.production.story().at(-1)?.split(' ')[0], 'publish_done'));
  });

  scenario('does not begin where the server cannot be reached, shows another key, is another one, or the secret is missing', async () => {
    const { sshd } = world();
    await sshd.stop();
    const down = await world().push('main');
    await sshd.start('other');
    const changed = await world().runner.rerun(down, 'failed');
    await sshd.stop();
    await sshd.start();
    writeFileSync(join(world().servers.production.base, '.relctl', 'environment'), 'staging\n');
    const another = await world().runner.rerun(changed, 'failed');
    delete world().environments.production.secrets['DEPLOY_SSH_KEY'];
    const missing = await world().runner.rerun(another, 'failed');
    assert.deepEqual([down, changed, another, missing].map(stopOf), ['ship: server_unreachable 52', 'ship: host_key_changed 51', 'ship: wrong_server 56', 'ship: secret_missing 50']);
    assert.match(messageOf(down, 'ship'), /refused/i);
    assert.match(messageOf(missing, 'ship'), /production lacks: DEPLOY_SSH_KEY/);
    assert.deepEqual([world().deployments(), world().servers.production.list('incoming')], [[], []]);
    isLive('v1.0.0-c1-past1.1');
  }, { ownSshd: true });

  scenario('is not taken up again a day later', async () => {
    world().environments.production.secrets['DEPLOY_SSH_KEY'] = '';
    const run = await world().push('main');
    world().skip(25 * 3_600_000);
    assert.equal(stopOf(await world().runner.rerun(run, 'failed')), 'ship: stale_run 38');
    assert.equal(stopOf(await world().runner.rerun(run, 'all')), 'plan: stale_run 38');
  });
});

/** An rsync that dies in the middle the first `times` it is used. */
function cutUploads(folder: string, times: number): { folder: string; times: (count: number) => string } {
  const path = join(folder, 'rsync');
  writeFileSync(path, `#!/bin/bash
for count in $(seq ${times}); do
  [[ -e '${folder}/cut'$count ]] && continue
  : >'${folder}/cut'$count
  PATH=/usr/bin:/bin timeout -s KILL 0.5 rsync --bwlimit=20 "$@"
  exit 30
done
PATH=/usr/bin:/bin exec rsync "$@"
`);
  chmodSync(path, 0o755);
  return { folder, times: (count) => join(folder, `cut${count}`) };
}
