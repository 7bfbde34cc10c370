import assert from 'node:assert/strict';
import type { Budget } from '../../../src/core/gitHub.ts';
import { gitHubRig, refusalOf, type GitHubRig } from '../../support/gitHubRig.ts';

/** Lets requests pile up until the test lets them go. */
function held(rig: GitHubRig) {
  const waiting: (() => void)[] = [];
  let most = 0;
  let underWay = 0;
  rig.between = async (_, pass) => {
    most = Math.max(most, ++underWay);
    await new Promise<void>((resolve) => waiting.push(resolve));
    underWay--;
    return pass();
  };
  return { waiting, most: () => most, underWay: () => underWay };
}

const refuse = async () => new Response('{"message":"You have exceeded a secondary rate limit."}', { status: 403, headers: { 'content-type': 'application/json' } });

describe('The budget', () => {
  it('is what the last answers said, REST and GraphQL apart', async () => {
    const { github, repository, clock } = gitHubRig();
    assert.deepEqual({ ...github.budget }, { core: undefined, graphql: undefined, blockedUntil: undefined });
    await github.workflows(repository);
    await github.overview(repository, []);
    const { core, graphql, blockedUntil }: Budget = github.budget;
    assert.deepEqual([core?.limit, core?.remaining, blockedUntil], [5_000, 4_999, undefined]);
    assert.ok((core?.resetAt ?? 0) > clock.now());
    assert.ok((graphql?.remaining ?? 5_000) < 5_000);
  });

  it('is unknown where a server has no limits', async () => {
    const { github, repository } = gitHubRig({ scenario: 'old-enterprise' });
    await github.workflows(repository);
    assert.equal(github.budget.core, undefined);
  });

  it('that is used up stops that kind of request until the reset, and no other', async () => {
    const { github, repository, simulator, clock, requests } = gitHubRig();
    simulator.budgets.leave('camille', 'core', 0, clock.now() + 300_000);
    const refused = await refusalOf(github.workflows(repository));
    assert.equal(refused.kind, 'rateLimited');
    assert.equal(refused.retryAt, clock.now() + 300_000);
    assert.equal(github.budget.blockedUntil, refused.retryAt);
    assert.equal((await refusalOf(github.tags(repository))).retryAt, refused.retryAt);
    await github.overview(repository, []);
    assert.equal(requests().length, 2);
    await clock.advance(301_000);
    assert.equal(github.budget.blockedUntil, undefined);
    await github.workflows(repository);
  });

  it('of GraphQL that is used up, told with a 200, is honoured too', async () => {
    const { github, repository, simulator, clock, requests } = gitHubRig();
    simulator.budgets.leave('camille', 'graphql', 0, clock.now() + 120_000);
    const refused = await refusalOf(github.overview(repository, []));
    assert.deepEqual([refused.kind, refused.retryAt], ['rateLimited', clock.now() + 120_000]);
    await refusalOf(github.overview(repository, []));
    assert.equal(requests().length, 1);
    await github.workflows(repository);
  });

  it('that is nearly used up lets the last requests through', async () => {
    const { github, repository, simulator, clock } = gitHubRig();
    simulator.budgets.leave('camille', 'core', 2, clock.now() + 300_000);
    await github.workflows(repository);
    await github.tags(repository);
    assert.equal((await refusalOf(github.branches(repository))).kind, 'rateLimited');
  });

  it('without a time to wait makes us wait a minute, then twice as long, with jitter, until an answer comes', async () => {
    const rig = gitHubRig({ random: () => 1 });
    const waits: number[] = [];
    for (let round = 0; round < 6; round++) {
      rig.between = refuse;
      const { retryAt } = await refusalOf(rig.github.workflows(rig.repository));
      waits.push(((retryAt ?? 0) - rig.clock.now()) / 1_000);
      await rig.clock.advance((retryAt ?? 0) - rig.clock.now());
    }
    assert.deepEqual(waits, [72, 144, 288, 576, 1_080, 1_080]);
    rig.between = undefined;
    await rig.github.workflows(rig.repository);
    rig.between = refuse;
    const { retryAt } = await refusalOf(rig.github.tags(rig.repository));
    assert.equal((retryAt ?? 0) - rig.clock.now(), 72_000);
  });
});

describe('Requests', () => {
  it('are at most six at once, the others in their order', async () => {
    const rig = gitHubRig();
    const line = held(rig);
    const runs = rig.simulator.world.home.runs.slice(-15).map(({ id }) => rig.github.run(rig.repository, id));
    const newcomers: Promise<unknown>[] = [];
    await rig.clock.advance(0);
    assert.equal(line.underWay(), 6);
    for (let released = 0; line.waiting.length > 0; released++) {
      line.waiting.shift()?.();
      if (released === 8) newcomers.push(...[1, 2, 3, 4, 5, 6].map((page) => rig.github.runs(rig.repository, { page, perPage: 1 })));
      await rig.clock.advance(0);
    }
    await Promise.all([...runs, ...newcomers]);
    assert.equal(newcomers.length, 6);
    assert.equal(line.most(), 6);
    assert.deepEqual(rig.requests().map((request) => Number(/\/(\d+) /.exec(request)?.[1])).slice(0, 15), rig.simulator.world.home.runs.slice(-15).map(({ id }) => id));
  });

  it('that are aborted while they wait leave the line and give their place to nobody twice', async () => {
    const rig = gitHubRig();
    const line = held(rig);
    const caller = new AbortController();
    const ids = rig.simulator.world.home.runs.slice(-9).map(({ id }) => id);
    const first = ids.slice(0, 6).map((id) => rig.github.run(rig.repository, id));
    const second = ids.slice(6, 8).map((id) => rig.github.run(rig.repository, id, caller.signal));
    const third = rig.github.run(rig.repository, ids[8] ?? 0);
    await rig.clock.advance(0);
    caller.abort();
    await Promise.all(second.map((read) => assert.rejects(read, { name: 'AbortError' })));
    while (line.waiting.length > 0) {
      line.waiting.shift()?.();
      await rig.clock.advance(0);
    }
    await Promise.all([...first, third]);
    assert.equal(rig.requests().length, 7);
    assert.equal(line.most(), 6);
  });

  it('that write go one at a time, a second apart, while reads go on', async () => {
    const rig = gitHubRig();
    const sentAt: number[] = [];
    rig.between = (request, pass) => {
      if (request.method === 'POST') sentAt.push(rig.clock.now());
      return pass();
    };
    const call = { workflow: 'deploy.yml', ref: 'develop', inputs: { environment: 'staging' } };
    const began = rig.clock.now();
    const writes = [1, 2, 3].map(() => rig.github.dispatch(rig.repository, call));
    await rig.github.workflows(rig.repository);
    assert.equal(rig.clock.now(), began);
    await rig.clock.until(Promise.all(writes));
    assert.deepEqual(sentAt.map((at) => at - began), [0, 1_000, 2_000]);
  });

  it('that write go on after one has failed', async () => {
    const rig = gitHubRig();
    const call = { workflow: 'deploy.yml', ref: 'nowhere', inputs: { environment: 'staging' } };
    await refusalOf(rig.github.dispatch(rig.repository, call));
    assert.equal((await rig.clock.until(rig.github.dispatch(rig.repository, { ...call, ref: 'develop' }))).kind, 'started');
  });
});

describe("The server's clock", () => {
  it("is this machine's until an answer says otherwise", async () => {
    const rig = gitHubRig();
    assert.equal(rig.github.serverNow(), rig.clock.now());
    const ahead = 3_600_000;
    rig.between = async (_, pass) => {
      const answer = await pass();
      answer.headers.set('date', new Date(rig.clock.now() + ahead).toUTCString());
      return answer;
    };
    await rig.github.workflows(rig.repository);
    assert.equal(rig.github.serverNow(), rig.clock.now() + ahead);
    await rig.clock.advance(5_000);
    assert.equal(rig.github.serverNow(), rig.clock.now() + ahead);
  });

  it('does not jitter with the whole seconds of the header, and ignores answers out of a cache', async () => {
    const rig = gitHubRig();
    for (const step of [300, 450, 700, 50]) {
      await rig.clock.advance(step);
      await rig.github.hasChanged(rig.repository, 'runs');
      assert.equal(rig.github.serverNow(), rig.clock.now());
    }
    rig.between = async (_, pass) => {
      const answer = await pass();
      answer.headers.set('date', new Date(rig.clock.now() - 900_000).toUTCString());
      answer.headers.set('age', '900');
      return answer;
    };
    await rig.github.hasChanged(rig.repository, 'runs');
    assert.equal(rig.github.serverNow(), rig.clock.now());
  });

  it('decides how long a pause lasts when this machine is an hour late', async () => {
    const rig = gitHubRig();
    const offset = 3_600_000;
    rig.between = async () => new Response('{"message":"API rate limit exceeded"}', {
      status: 403,
      headers: {
        'content-type': 'application/json', date: new Date(rig.clock.now() + offset).toUTCString(),
        'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String((rig.clock.now() + offset) / 1_000 + 60),
      },
    });
    await refusalOf(rig.github.workflows(rig.repository));
    rig.between = undefined;
    assert.equal((await refusalOf(rig.github.workflows(rig.repository))).kind, 'rateLimited');
    await rig.clock.advance(60_000);
    await rig.github.workflows(rig.repository);
  });
});
