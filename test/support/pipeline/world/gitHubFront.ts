import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SimRequest, SimResponse } from '../../../../src/simulator/http.ts';
import { json } from '../../../../src/simulator/http.ts';
import type { Simulator } from '../../../../src/simulator/simulator.ts';
import { missingPermission } from './jobToken.ts';

/** The token under which the simulator knows the workflows' bot. */
export const BOT_TOKEN = 'sim-token-workflows';

/** What stands before the simulator. */
export interface FrontSetup {
  readonly simulator: Simulator;
  readonly repositoryPath: string;
  /** Answers what the simulator does not know of: the site, the runs of this machine. */
  readonly before: (request: SimRequest) => Promise<SimResponse | undefined> | SimResponse | undefined;
  /** Called after the simulator has answered a request that may have changed something. */
  readonly afterChange: () => Promise<void>;
}

/** The simulated GitHub and Slack on loopback, where a job's token may do only what its job declared. */
export interface GitHubFront {
  readonly url: string;
  /** Requests that a token was not allowed, in words. */
  readonly refused: string[];
  /** Whatever broke while a request was answered. */
  readonly broken: string[];
  close(): Promise<void>;
}

/** Starts listening on a free port. */
export async function startGitHubFront({ simulator, repositoryPath, before, afterChange }: FrontSetup): Promise<GitHubFront> {
  const refused: string[] = [];
  const broken: string[] = [];
  const answer = async (request: SimRequest): Promise<SimResponse | 'dropped'> => {
    let passed = request;
    if (request.path.startsWith('/api/v3/')) {
      const token = /^(?:bearer|token)\s+(\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1] ?? '';
      const path = request.path.slice('/api/v3'.length);
      if (!path.startsWith(repositoryPath)) throw new Error(`A job asks for something outside its repository: ${path}`);
      const missing = missingPermission(token, request.method, path.slice(repositoryPath.length));
      if (missing !== undefined) {
        refused.push(`${request.method} ${path} needs ${missing}`);
        return json({ message: 'Resource not accessible by integration' }, 403, { 'x-accepted-github-permissions': missing });
      }
      passed = { ...request, headers: { ...request.headers, authorization: `Bearer ${BOT_TOKEN}` } };
    }
    const own = await before(passed);
    if (own) return own;
    const outcome = await simulator.perform(passed);
    if (outcome.kind === 'dropped') return 'dropped';
    if (request.method !== 'GET') await afterChange();
    return outcome.response;
  };
  const server = createServer((message, reply) => {
    const serve = async (): Promise<void> => {
      const response = await answer(await toRequest(message));
      if (response === 'dropped') message.socket.destroy();
      else reply.writeHead(response.status, response.headers).end(response.body);
    };
    serve().catch((error: unknown) => {
      broken.push(error instanceof Error ? error.message : String(error));
      reply.writeHead(500).end('The simulated GitHub broke.');
    });
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    refused,
    broken,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function toRequest(message: IncomingMessage): Promise<SimRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const url = new URL(message.url ?? '/', 'http://localhost');
  const headers = Object.entries(message.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]);
  return {
    method: message.method ?? 'GET', path: url.pathname, query: url.searchParams,
    headers: Object.fromEntries(headers) as Record<string, string>, body: Buffer.concat(chunks).toString('utf8'),
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
