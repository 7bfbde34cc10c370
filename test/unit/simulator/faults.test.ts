import assert from 'node:assert/strict';
import type { Fault, FaultKind } from '../../../src/simulator/faults.ts';
import { createSimulator } from '../../../src/simulator/simulator.ts';
import { SimulatorRig } from '../../support/simulatorRig.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

const DISPATCH = { method: 'POST', path: '/dispatches$' };
const BODY = { ref: 'main', inputs: { environment: 'staging' } };

/** Dispatches once under a fault: what the client sees, and whether a run was started. */
async function dispatchUnder(fault: Omit<Fault, 'match'>): Promise<{ seen: string; started: number; again: number }> {
  const rig = new SimulatorRig('quiet');
  const before = rig.simulator.world.home.runs.length;
  rig.simulator.faults.inject({ ...fault, match: DISPATCH });
  const url = `http://github.test/api/v3${rig.repo}/actions/workflows/deploy.yml/dispatches`;
  const ask = (): Promise<Response> => rig.simulator.fetch(url, {
    method: 'POST', body: JSON.stringify({ ...BODY, return_run_details: true }), headers: { authorization: 'Bearer sim-token' },
  });
  let seen: string;
  try {
    const response = await ask();
    const text = await response.text();
    seen = `${response.status} ${JSON.stringify(text).slice(1, 40)}`;
  } catch (error) {
    seen = `${(error as Error).message}: ${((error as Error).cause as { code: string }).code}`;
  }
  const started = rig.simulator.world.home.runs.length - before;
  return { seen, started, again: (await ask()).status };
}

describe('a fault in front of the simulated GitHub', () => {
  const cases: readonly (readonly [kind: FaultKind, seen: RegExp, started: number])[] = [
    ['500', /^500 .*Server Error/, 0],
    ['401', /^401 .*Bad credentials/, 0],
    ['403saml', /^403 .*Resource/, 0],
    ['rateLimitPrimary', /^403 .*API rate/, 0],
    ['rateLimitSecondary', /^403 .*You have/, 0],
    ['rateLimit429', /^429 .*You have/, 0],
    ['droppedSocket', /^fetch failed: ECONNRESET$/, 0],
    ['502AfterEffect', /^502 .*502 Bad/, 1],
    ['droppedAfterEffect', /^fetch failed: ECONNRESET$/, 1],
    ['malformedBody', /^200 .*workflow_run/, 1],
    ['slow', /^200 .*workflow_run/, 1],
  ];
  for (const [kind, seen, started] of cases) {
    it(`of kind ${kind} strikes once, ${started === 1 ? 'after' : 'instead of'} its effect`, async () => {
      const outcome = await dispatchUnder({ kind });
      assert.match(outcome.seen, seen);
      assert.deepEqual([outcome.started, outcome.again], [started, 200]);
    });
  }

  it('strikes only what it matches, as often as it was told', async () => {
    const rig = new SimulatorRig('quiet');
    rig.simulator.faults.inject({ kind: '500', times: 2, match: { path: '/releases$' } });
    const status = async (path: string): Promise<number> => (await rig.rest('GET', path)).status;
    assert.deepEqual([await status('R'), await status('R/releases'), await status('R/releases'), await status('R/releases')], [200, 500, 500, 200]);
    assert.deepEqual(rig.simulator.faults.armed, []);
  });

  it('tells how late an answer is, and that a body broke off', async () => {
    const rig = new SimulatorRig('quiet');
    rig.simulator.faults.inject({ kind: 'slow', delayMs: 12_000 });
    const request = { method: 'GET', path: '/api/v3/user', query: new URLSearchParams(), headers: { authorization: 'token sim-token' }, body: '' };
    const outcome = await rig.simulator.perform(request);
    assert.equal(outcome.kind === 'answer' && outcome.delayMs, 12_000);
    rig.simulator.faults.inject({ kind: 'malformedBody' });
    const { body } = await rig.simulator.handle(request);
    assert.throws(() => JSON.parse(body), SyntaxError);
  });

  it('is as slow to a client as the clock says, and lets it go when it gives up', async () => {
    const clock = new VirtualClock();
    const simulator = createSimulator({ scenario: 'quiet', clock });
    simulator.inject({ kind: 'slow', delayMs: 12_000, times: 2 });
    let answered = 0;
    const ask = (signal?: AbortSignal) =>
      simulator.fetch('http://github.test/api/v3/user', { headers: { authorization: 'token sim-token' }, ...(signal ? { signal } : {}) }).then(({ status }) => (answered = status));
    void ask();
    await clock.advance(11_999);
    assert.equal(answered, 0);
    await clock.advance(1);
    assert.equal(answered, 200);
    const leaving = new AbortController();
    const left = assert.rejects(ask(leaving.signal), { name: 'AbortError' });
    await clock.advance(100);
    leaving.abort();
    await left;
  });

  it('names the reset of the budget, or how long to wait', async () => {
    const rig = new SimulatorRig('quiet');
    rig.simulator.faults.inject({ kind: 'rateLimitPrimary' });
    rig.simulator.faults.inject({ kind: 'rateLimitSecondary' });
    const [primary, secondary] = [await rig.rest('GET', 'R'), await rig.rest('GET', 'R')];
    assert.equal(primary.headers['x-ratelimit-remaining'], '0');
    assert.ok(Number(primary.headers['x-ratelimit-reset']) * 1000 > rig.simulator.world.now);
    assert.equal(secondary.headers['retry-after'], '60');
  });
});
