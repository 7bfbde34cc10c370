import assert from 'node:assert/strict';
import { createServer, request, type IncomingMessage, type OutgoingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { startSecretsProxy, type SecretsProxy } from '../../support/host/secretsProxy.ts';

describe('the proxy before a VS Code server', () => {
  let server: Server;
  let proxy: SecretsProxy;

  beforeEach(async () => {
    server = createServer((incoming, outgoing) => {
      void text(incoming).then((body) => outgoing.writeHead(201, { 'x-from': 'server' }).end(`${incoming.method} ${incoming.url} ${body}`));
    });
    server.on('upgrade', (_request: IncomingMessage, socket: Socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
      socket.on('end', () => socket.end());
      socket.on('data', (data) => socket.write(`heard ${data.toString()}`));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    proxy = await startSecretsProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });

  afterEach(async () => {
    await proxy.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('hands requests on and answers back as they are', async () => {
    const answer = await fetch(`${proxy.url}/some/path?a=b`, { method: 'POST', body: 'hello' });
    assert.deepEqual([answer.status, answer.headers.get('x-from'), await answer.text()], [201, 'server', 'POST /some/path?a=b hello']);
  });

  it('answers the same 32-byte key every time it is asked for one', async () => {
    const first = await keyFrom(proxy.url);
    assert.equal(first.length, 32);
    assert.deepEqual(await keyFrom(proxy.url), first);
  });

  it('carries a WebSocket both ways', async () => {
    const socket = await upgrade(proxy.url);
    socket.write('you');
    const heard = await new Promise<Buffer>((resolve) => socket.once('data', resolve));
    assert.equal(heard.toString(), 'heard you');
    socket.destroy();
  });

  it('refuses requests that name another host or come from a page of another site', async () => {
    assert.equal(await statusOf({ host: 'evil.example' }), 421);
    assert.equal(await statusOf({ origin: 'http://evil.example' }), 421);
    assert.equal(await statusOf({ host: new URL(proxy.url).host.replace('127.0.0.1', 'localhost') }), 201);
  });

  function statusOf(headers: OutgoingHttpHeaders): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      request(proxy.url, { method: 'POST', path: '/x', headers, agent: false }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
  }
});

async function keyFrom(url: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(`${url}/mint-key`, { method: 'POST' })).arrayBuffer());
}

function upgrade(url: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    request(url, { path: '/ws', headers: { connection: 'Upgrade', upgrade: 'websocket' }, agent: false })
      .on('upgrade', (_answer, socket: Socket) => resolve(socket))
      .on('error', reject)
      .end();
  });
}
