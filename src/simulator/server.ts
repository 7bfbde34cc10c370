import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SimRequest } from './http.ts';
import type { Simulator } from './simulator.ts';

/** A simulator that listens on loopback. */
export interface SimulatorServer {
  readonly url: string;
  readonly port: number;
  /** Stops listening and ends every connection. */
  close(): Promise<void>;
}

/** Serves a simulator over HTTP, each answer after `latencyMs`. Port 0, the default, takes a free one. */
export async function startServer(
  simulator: Pick<Simulator, 'perform'>,
  { port = 0, host = '127.0.0.1', latencyMs = 0 }: { readonly port?: number; readonly host?: string; readonly latencyMs?: number } = {},
): Promise<SimulatorServer> {
  const server = createServer((message, reply) => {
    const serve = async (): Promise<void> => {
      const outcome = await simulator.perform(await toSimRequest(message));
      if (outcome.kind === 'dropped') {
        message.socket.destroy();
        return;
      }
      await pause(latencyMs + outcome.delayMs);
      const { status, headers, body } = outcome.response;
      reply.writeHead(status, { 'access-control-allow-origin': '*', ...headers }).end(body);
    };
    serve().catch((error: unknown) => {
      reply.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
      reply.end(`The simulator failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    });
  });
  await listen(server, port, host);
  const { port: actual } = server.address() as AddressInfo;
  return {
    port: actual,
    url: `http://${host}:${actual}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => { server.close(() => { resolve(); }); });
      server.closeAllConnections();
      await closed;
    },
  };
}

async function toSimRequest(message: IncomingMessage): Promise<SimRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const url = new URL(message.url ?? '/', 'http://localhost');
  const headers = Object.entries(message.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]);
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

async function pause(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => { setTimeout(resolve, ms); });
}
