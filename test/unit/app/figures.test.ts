import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { startWorld, type World } from '../../support/startWorld.ts';

const latencyMs = 80;
const minute = 60_000;

/** Opens a window and answers when the last row got its final text, in latencies. */
async function openMeasured(world: World) {
  const start = world.clock.now();
  let finalAt = start;
  const listening = world.session.store.onDidChange(({ before, after }) => {
    if (before.environments !== after.environments || before.releases !== after.releases || before.runs !== after.runs) finalAt = world.clock.now();
  });
  world.session.refresher.setAttention({ focused: true, visible: true });
  world.session.refresher.start();
  await world.clock.advance(2_000);
  listening.dispose();
  const sent = world.sent.filter(({ at }) => at <= finalAt);
  return { requests: sent.length, bytes: sent.reduce((sum, { bytes }) => sum + bytes, 0), roundTrips: (finalAt - start) / latencyMs };
}

describe('what the views cost', () => {
  it('shows team whole within 8 requests, 3 round trips and 400 KB', async () => {
    const world = startWorld({ scenario: 'team', latencyMs });
    const first = await openMeasured(world);
    console.log(`      team: ${first.requests} requests, ${first.roundTrips} round trips, ${Math.round(first.bytes / 1000)} KB`);
    assert.ok(first.requests <= 8 && first.roundTrips <= 3 && first.bytes <= 400_000, JSON.stringify(first));
    assertWhole(world);
    world.dispose();
  });

  it('shows large whole within 4 round trips', async () => {
    const world = startWorld({ scenario: 'large', latencyMs });
    const first = await openMeasured(world);
    console.log(`      large: ${first.requests} requests, ${first.roundTrips} round trips, ${Math.round(first.bytes / 1000)} KB`);
    assert.ok(first.roundTrips <= 4, JSON.stringify(first));
    assertWhole(world);
    world.dispose();
  });

  it('needs no title twice: a second window reads less', async () => {
    const world = startWorld({ scenario: 'large', latencyMs });
    const first = await openMeasured(world);
    const again = world.reload();
    const second = await openMeasured(again);
    console.log(`      large again: ${second.requests} requests, ${second.roundTrips} round trips`);
    assert.ok(second.requests <= 4 && second.requests < first.requests, JSON.stringify({ first, second }));
    assertWhole(again);
    again.dispose();
  });

  it('asks at most once a minute while idle and looked at, for nothing', async () => {
    const world = startWorld({ scenario: 'quiet', latencyMs });
    await world.open();
    await world.clock.advance(5_000);
    world.forget();
    await world.clock.advance(10 * minute);
    const points = world.sent.reduce((sum, { cost }) => sum + cost, 0);
    console.log(`      quiet for ten minutes: ${world.sent.length} requests, ${points} points`);
    assert.ok(world.sent.length <= 10 && points === 0, JSON.stringify(world.sent));
    assert.ok(world.sent.length >= 8, 'it does look');
    world.dispose();
  });

  it('asks at most twelve times an hour while hidden, and never while unfocused', async () => {
    const world = startWorld({ scenario: 'quiet', latencyMs });
    await world.open();
    world.session.refresher.setAttention({ focused: true, visible: false });
    world.forget();
    await world.clock.advance(60 * minute);
    console.log(`      hidden for an hour: ${world.sent.length} requests, ${world.sent.reduce((sum, { cost }) => sum + cost, 0)} points`);
    assert.ok(world.sent.length <= 12 && world.sent.length >= 8, String(world.sent.length));
    world.session.refresher.setAttention({ focused: false, visible: true });
    world.forget();
    await world.clock.advance(60 * minute);
    assert.equal(world.sent.length, 0);
    assert.equal(world.clock.waiting, 0, 'no timer waits in a window that nobody looks at');
    world.dispose();
  });

  it('refreshes with nothing changed by six requests that are all “not modified”', async () => {
    const world = startWorld({ scenario: 'quiet', latencyMs });
    await world.open();
    await world.clock.advance(5_000);
    const { runs } = world.session.store.state;
    await world.clock.until(Promise.all((runs?.runs ?? []).map((run) => world.session.refresher.loadJobs(run.id))));
    world.forget();
    const before = world.session.store.state;
    await world.clock.until(world.session.refresher.refresh());
    console.log(`      refresh: ${world.sent.length} requests, ${world.sent.filter(({ status }) => status === 304).length} not modified`);
    assert.ok(world.sent.length <= 6 && world.sent.every(({ status }) => status === 304), JSON.stringify(world.sent));
    const { connection: _, ...after } = world.session.store.state;
    for (const [part, value] of Object.entries(after)) assert.equal(value, before[part as keyof typeof before], `${part} is the same object`);
    world.dispose();
  });
});

function assertWhole(world: World): void {
  const { environments, runs, releases, facts } = world.session.store.state;
  assert.ok(facts && runs && runs.runs.length > 0 && releases.length > 0 && environments.length > 0);
  for (const { target, live, waiting } of environments) {
    assert.notEqual(live, 'unknown', `${target.environment} is known`);
    if (live !== 'nothing') assert.equal(waiting.kind, 'known', `what waits for ${target.environment} is known`);
  }
}
