import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DeployServer, startDeployServer } from '../support/pipeline/deployServer.ts';
import { describeWith } from '../support/pipeline/tools.ts';

const healthyUnless = (pattern: string) => `[[ ! $2 =~ ${pattern} ]]`;

describeWith(['bash', 'flock'], 'relctl health check', () => {
  let server: DeployServer;
  beforeEach(async () => void (server = await startDeployServer()));
  afterEach(() => server.dispose());

  it('puts the earlier release back when the new one is bad', async () => {
    server.hook('health', healthyUnless('bad'));
    await server.publish('v1', 'none');
    const answer = await server.publish('v2-bad', 'v1');
    assert.deepEqual([answer.outcome, answer.code, answer['current']], ['health_failed_reverted', 20, 'v1']);
    assert.equal(server.live(), 'v1');
    assert.deepEqual(server.story().slice(2), ['publish_begin v2-bad', 'publish_unhealthy v2-bad']);
    const status = await server.relctl('status');
    assert.deepEqual([status['confirmed'], status['previous'], status['unfinished']], [true, null, null]);
  });

  it('says so when the earlier release is not healthy either', async () => {
    await server.publish('v1', 'none');
    server.hook('health', 'false');
    const answer = await server.publish('v2', 'v1');
    assert.deepEqual([answer.outcome, answer.code, server.live()], ['revert_unhealthy', 21, 'v1']);
  });

  it('leaves a bad first release, for there is nothing to go back to', async () => {
    server.hook('health', 'false');
    const answer = await server.publish('v1', 'none');
    assert.deepEqual([answer.outcome, answer.code, server.live()], ['no_previous', 22, 'v1']);
    assert.equal((await server.relctl('status'))['confirmed'], false);
  });

  it('goes past it to a better one afterwards', async () => {
    server.hook('health', healthyUnless('bad'));
    await server.publish('v1-bad', 'none');
    assert.equal((await server.publish('v2', 'v1-bad')).outcome, 'published');
    assert.equal((await server.relctl('rollback')).outcome, 'no_such_release', 'what never was healthy is not gone back to');
  });

  it('takes a failed reload for a bad release', async () => {
    server.hook('reload', healthyUnless('bad'));
    await server.publish('v1', 'none');
    assert.deepEqual([(await server.publish('v2-bad', 'v1')).code, server.live()], [20, 'v1']);
  });

  it('wants several good answers in a row, and waits for them until the deadline', async () => {
    server.configure({ health_successes: 3, health_deadline_s: 30 });
    server.hook('health', 'echo x >> "$1/../../asked"; n=$(wc -l < "$1/../../asked"); [[ $n != 2 ]]');
    assert.equal((await server.publish('v1', 'none')).outcome, 'published');
    const asked = readFileSync(`${server.base}/asked`, 'utf8');
    assert.equal(asked.length / 2, 5, 'good, bad, good, good, good');
  });

  it('puts a rollback back whose target is not healthy any more', async () => {
    await server.publish('v1', 'none');
    await server.publish('v2', 'v1');
    server.hook('health', healthyUnless('v1'));
    const answer = await server.relctl('rollback', 'v1', 'v2');
    assert.deepEqual([answer.outcome, server.live()], ['health_failed_reverted', 'v2']);
  });

  describe('over HTTP', () => {
    let site: Server;
    let page: () => { status: number; body: string };
    const hosts: (string | undefined)[] = [];
    beforeEach((done) => {
      site = createServer((request, response) => {
        hosts.push(request.headers.host);
        response.writeHead(page().status).end(page().body);
      }).listen(0, '127.0.0.1', done);
    });
    afterEach((done) => void site.close(done));
    const url = () => `http://127.0.0.1:${(site.address() as AddressInfo).port}/version?plain=1`;

    it('wants status 200 and the id of the release that was just made live', async () => {
      server.configure({ health_url: url(), health_host: 'crm.example' });
      page = () => ({ status: 200, body: `release ${server.live()}` });
      assert.equal((await server.publish('v1', 'none')).outcome, 'published');
      assert.equal(hosts.at(-1), 'crm.example');
      page = () => ({ status: 200, body: 'release v1' });
      assert.equal((await server.publish('v2', 'v1')).outcome, 'health_failed_reverted', 'a site that still shows the old one');
      page = () => ({ status: server.live() === 'v3' ? 500 : 200, body: server.live() });
      assert.equal((await server.publish('v3', 'v1')).outcome, 'health_failed_reverted');
    });

    it('takes a site that does not answer for a bad one', async () => {
      page = () => ({ status: 200, body: '' });
      server.configure({ health_url: 'http://127.0.0.1:1/' });
      assert.equal((await server.publish('v1', 'none')).outcome, 'no_previous');
    });
  });
});
