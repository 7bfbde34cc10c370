import assert from 'node:assert/strict';
import type { DispatchCall } from '../../../src/core/gitHub.ts';
import { gitHubRig, networkTrouble, refusalOf, type GitHubRig } from '../../support/gitHubRig.ts';

const call: DispatchCall = { workflow: '.github/workflows/deploy.yml', ref: 'develop', inputs: { environment: 'staging', correlation_id: 'abc-1' } };

/** Runs that the dispatches of a test started. */
function started(rig: GitHubRig): readonly string[] {
  return rig.simulator.world.home.runs.filter(({ inputs }) => inputs['correlation_id'] === 'abc-1').map(({ event }) => event);
}

function posts(rig: GitHubRig): number {
  return rig.requests().filter((line) => line.startsWith('POST')).length;
}

const refused = async (change: Partial<DispatchCall>, prepare: (rig: GitHubRig) => void = () => undefined, token = 'sim-token') => {
  const rig = gitHubRig({ token });
  prepare(rig);
  const error = await refusalOf(rig.github.dispatch(rig.repository, { ...call, ...change }));
  assert.equal(started(rig).length, 0);
  assert.equal(posts(rig), 1);
  return error;
};

const disable = (rig: GitHubRig) => {
  for (const workflow of rig.simulator.world.home.workflows) workflow.state = 'disabled_manually';
};

const demote = (rig: GitHubRig) => rig.simulator.world.home.collaborators.set('camille', 'read');

describe('A dispatch', () => {
  it('names the run that it started', async () => {
    const rig = gitHubRig();
    const answer = await rig.github.dispatch(rig.repository, call);
    const run = rig.simulator.world.home.runs.at(-1);
    assert.deepEqual(answer, {
      kind: 'started', runId: run?.id, url: `http://git.test/${rig.repository.owner}/${rig.repository.name}/actions/runs/${run?.id}`, at: rig.clock.now(),
    });
    assert.deepEqual(run?.inputs['correlation_id'], 'abc-1');
  });

  it('leaves the inputs out when there are none', async () => {
    const rig = gitHubRig();
    let body = '';
    rig.between = async (request, pass) => {
      body = await request.clone().text();
      return pass();
    };
    await refusalOf(rig.github.dispatch(rig.repository, { ...call, inputs: {} }));
    assert.deepEqual(JSON.parse(body), { ref: 'develop', return_run_details: true });
  });

  it('is asked once more without the run details where a server does not know them, and from then on without', async () => {
    const rig = gitHubRig({ scenario: 'old-enterprise' });
    const answer = await rig.clock.until(rig.github.dispatch(rig.repository, call));
    assert.deepEqual(answer, { kind: 'accepted', at: rig.clock.now() });
    assert.equal(posts(rig), 2);
    assert.equal((await rig.clock.until(rig.github.dispatch(rig.repository, call))).kind, 'accepted');
    assert.equal(posts(rig), 1);
    assert.equal(started(rig).length, 2);
  });

  for (const [how, status, body] of [
    ['204', 204, null], ['200 without a body', 200, ''], ['200 without a run', 200, '{}'], ['202', 202, '{"message":"queued"}'],
  ] as const) {
    it(`is accepted by ${how}`, async () => {
      const rig = gitHubRig();
      rig.between = async () => new Response(body, { status, headers: { 'content-type': 'application/json' } });
      assert.equal((await rig.github.dispatch(rig.repository, call)).kind, 'accepted');
    });
  }

  describe('whose answer proves nothing is unconfirmed and never sent again', () => {
    for (const kind of ['502AfterEffect', 'droppedAfterEffect', 'malformedBody'] as const) {
      it(`with the effect: ${kind}`, async () => {
        const rig = gitHubRig();
        rig.simulator.inject({ kind, match: { method: 'POST' }, times: 9 });
        const answer = await rig.github.dispatch(rig.repository, call);
        assert.deepEqual([answer.kind, started(rig).length, posts(rig)], ['unconfirmed', 1, 1]);
        await rig.clock.advance(3_600_000);
        assert.deepEqual([started(rig).length, rig.clock.waiting], [1, 0]);
      });
    }

    for (const kind of ['500', 'droppedSocket'] as const) {
      it(`without it: ${kind}`, async () => {
        const rig = gitHubRig();
        rig.simulator.inject({ kind, match: { method: 'POST' }, times: 9 });
        const answer = await rig.github.dispatch(rig.repository, call);
        assert.deepEqual([answer.kind, started(rig).length, posts(rig)], ['unconfirmed', 0, 1]);
      });
    }

    it('after ten seconds of silence, with the time it was sent', async () => {
      const rig = gitHubRig();
      const sentAt = rig.clock.now();
      rig.between = (request) => new Promise((_, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason as Error));
      });
      const dispatch = rig.github.dispatch(rig.repository, call);
      await rig.clock.advance(9_999);
      assert.equal(rig.clock.waiting, 1);
      assert.deepEqual(await rig.clock.until(dispatch), { kind: 'unconfirmed', sentAt, reason: 'timeout' });
    });

    it('when the body breaks off', async () => {
      const rig = gitHubRig();
      rig.between = async () => new Response(new ReadableStream({ start: (controller) => controller.error(networkTrouble('UND_ERR_SOCKET')) }), { status: 200 });
      assert.equal((await rig.github.dispatch(rig.repository, call)).kind, 'unconfirmed');
    });

    it('when a page for people comes instead', async () => {
      const rig = gitHubRig();
      rig.between = async () => new Response('<html>Welcome to our Wi-Fi</html>', { status: 200, headers: { 'content-type': 'text/html' } });
      assert.equal((await rig.github.dispatch(rig.repository, call)).kind, 'unconfirmed');
    });

    it('even when the caller gives up in the meantime', async () => {
      const rig = gitHubRig();
      const caller = new AbortController();
      rig.between = async (_, pass) => {
        caller.abort();
        return pass();
      };
      assert.equal((await rig.github.dispatch(rig.repository, call, caller.signal)).kind, 'started');
    });
  });

  describe('that cannot have had an effect is refused', () => {
    for (const [code, syscall, kind] of [
      ['ECONNREFUSED', 'connect', 'offline'], ['ENOTFOUND', 'getaddrinfo', 'offline'], ['ETIMEDOUT', 'connect', 'offline'],
      ['CERT_HAS_EXPIRED', undefined, 'certificate'], ['ERR_PROXY_CONNECTION_FAILED', undefined, 'proxy'],
    ] as const) {
      it(`by ${code}`, async () => {
        const rig = gitHubRig();
        rig.between = async () => {
          throw networkTrouble(code, syscall);
        };
        assert.equal((await refusalOf(rig.github.dispatch(rig.repository, call))).kind, kind);
      });
    }

    it('when it was aborted while it waited for its turn', async () => {
      const rig = gitHubRig();
      await rig.github.dispatch(rig.repository, call);
      const caller = new AbortController();
      const second = rig.github.dispatch(rig.repository, call, caller.signal);
      await rig.clock.advance(500);
      caller.abort();
      await assert.rejects(second, { name: 'AbortError' });
      await rig.clock.advance(5_000);
      assert.equal(started(rig).length, 1);
    });

    it('while GitHub asks for a pause', async () => {
      const rig = gitHubRig();
      rig.simulator.inject({ kind: 'rateLimitSecondary', match: { method: 'POST' } });
      const limited = await refusalOf(rig.github.dispatch(rig.repository, call));
      assert.deepEqual([limited.kind, limited.retryAt], ['rateLimited', rig.clock.now() + 60_000]);
      assert.equal((await refusalOf(rig.clock.until(rig.github.dispatch(rig.repository, call)))).kind, 'rateLimited');
      assert.equal(posts(rig), 1);
      await rig.clock.advance(61_000);
      assert.equal((await rig.github.dispatch(rig.repository, call)).kind, 'started');
    });
  });

  describe('that GitHub refuses says why', () => {
    it('the ref does not exist', async () => {
      const { kind, values } = await refused({ ref: 'v9.9.9' });
      assert.deepEqual([kind, values['ref']], ['refNotFound', 'v9.9.9']);
    });

    it('the workflow has no trigger for it, there', async () => {
      assert.equal((await refused({ workflow: 'ci.yml', inputs: {} })).kind, 'noDispatchTrigger');
    });

    it('the workflow is disabled', async () => {
      assert.equal((await refused({}, disable)).kind, 'workflowDisabled');
    });

    it('an input is unexpected, missing or wrong, without telling the log its value', async () => {
      const unexpected = await refused({ inputs: { ...call.inputs, nonsense: 'x' } });
      assert.deepEqual([unexpected.kind, unexpected.values['inputs']], ['inputRejected', 'nonsense']);
      const missing = await refused({ inputs: { correlation_id: 'abc-1' } });
      assert.deepEqual([missing.kind, missing.values['inputs']], ['inputRejected', 'environment']);
      const wrong = await refused({ inputs: { ...call.inputs, environment: 'secret-place' } });
      assert.deepEqual([wrong.kind, wrong.values['inputs']], ['inputRejected', 'environment']);
      assert.doesNotMatch(wrong.detail ?? '', /secret-place/);
    });

    it('the workflow is unknown', async () => {
      assert.equal((await refused({ workflow: 'none.yml' })).kind, 'forbidden');
    });

    it('the repository is archived', async () => {
      assert.equal((await refused({}, (rig) => (rig.simulator.world.home.archived = true))).kind, 'repositoryArchived');
    });

    it('the account may only read', async () => {
      assert.equal((await refused({}, demote)).kind, 'forbidden');
    });

    for (const [token, kind] of [
      ['sim-token-codespaces', 'codespacesToken'], ['sim-token-no-scope', 'missingScope'], ['sim-token-revoked', 'tokenRejected'], ['sim-token-saml', 'samlRequired'],
    ] as const) {
      it(`the token is ${token}`, async () => assert.equal((await refused({}, undefined, token)).kind, kind));
    }
  });

  it('follows a renamed repository without becoming another request', async () => {
    const rig = gitHubRig();
    const old = { ...rig.repository, name: 'old-name' };
    const seen: string[] = [];
    rig.between = async (request, pass) => {
      seen.push(`${request.method}, redirect: ${request.redirect}`);
      if (!request.url.includes('/old-name/')) return pass();
      return new Response('{"message":"Moved Permanently"}', { status: 307, headers: { location: request.url.replace('old-name', rig.repository.name) } });
    };
    assert.equal((await rig.github.dispatch(old, call)).kind, 'started');
    assert.deepEqual(seen, ['POST, redirect: manual', 'POST, redirect: manual']);
    assert.equal(started(rig).length, 1);
  });

  it('does not carry the token to another host', async () => {
    const rig = gitHubRig();
    let requests = 0;
    rig.between = async () => {
      requests++;
      return new Response('{}', { status: 307, headers: { location: 'http://elsewhere.test/api/v3/x' } });
    };
    await refusalOf(rig.github.dispatch(rig.repository, call));
    assert.equal(requests, 1);
  });
});
