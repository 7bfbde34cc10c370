import { randomBytes } from 'node:crypto';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** A running proxy: its address without a trailing slash. */
export interface SecretsProxy {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * A loopback proxy (HTTP and WebSocket) before a VS Code server that answers the one request the server itself does not:
 * `POST /mint-key`, the key with which the browser seals secrets. With it secrets survive a reload of the window; the key is
 * new with every proxy. Answers only requests that name its own loopback address, so that no other web page can reach it.
 */
export async function startSecretsProxy(hostUrl: string, port = 0): Promise<SecretsProxy> {
  const target = { host: '127.0.0.1', port: Number(new URL(hostUrl).port) };
  const key = randomBytes(32);
  const sockets = new Set<Socket>();
  let own = '';

  const forward = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const onward = request({ ...target, method: incoming.method, path: incoming.url, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.headersSent || outgoing.writeHead(502).end());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  };

  const server = createServer((incoming, outgoing) => {
    const asksForKey = incoming.method === 'POST' && incoming.url?.split('?')[0] === '/mint-key';
    if (!isOurs(incoming, own)) outgoing.writeHead(421).end();
    else if (asksForKey) outgoing.writeHead(200, { 'content-type': 'application/octet-stream' }).end(key);
    else forward(incoming, outgoing);
  });
  server.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    if (!isOurs(incoming, own)) {
      socket.destroy();
      return;
    }
    const onward = connect(target, () => {
      onward.write(headOf(incoming));
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    const end = () => (onward.destroy(), socket.destroy());
    for (const each of [onward, socket]) each.on('error', end).on('close', end);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  own = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${own}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** The request as it came, for a server that is to answer the upgrade itself. */
function headOf({ method, url, rawHeaders }: IncomingMessage): string {
  const lines = rawHeaders.flatMap((text, index) => (index % 2 === 0 ? [`${text}: ${rawHeaders[index + 1]}`] : []));
  return [`${method} ${url} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}

/** A page of another site may point its name at this address; the browser then names that site as the host or the origin. */
function isOurs({ headers }: IncomingMessage, own: string): boolean {
  const names = [own, own.replace('127.0.0.1', 'localhost')];
  return names.includes(headers.host ?? '') && (headers.origin === undefined || names.includes(headers.origin.replace('http://', '')));
}
