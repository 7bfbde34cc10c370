import { startServer, type SimulatorServer } from '../../src/simulator/server.ts';
import { createSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator/simulator.ts';

/** A simulator served on loopback, and what a window needs to use it. */
export interface RunningSimulator {
  readonly simulator: Simulator;
  /** Its address without a trailing slash; GitHub, Slack (`/slack/`) and the steering (`/__sim/`) live there. */
  readonly url: string;
  readonly token: string;
  /** The repository that the scenario is about. */
  readonly repository: { readonly owner: string; readonly name: string };
  /** The git remote of that repository. */
  readonly remoteUrl: string;
  /** The files of its default branch, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** Asks one of the simulator's steering addresses, for example `steer('POST', 'advance', { ms: 60_000 })`; answers its JSON. */
  steer(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown>;
  /** Stops answering: connections are refused until `reconnect`. The world goes on meanwhile. */
  disconnect(): Promise<void>;
  reconnect(): Promise<void>;
  close(): Promise<void>;
}

/** How a simulator is served: a scenario and its options, its delay before each answer, its port (a free one by default). */
export interface ServeOptions extends Partial<SimulatorOptions> {
  readonly latencyMs?: number;
  readonly port?: number;
}

const token = 'sim-token';

/** Serves a scenario on loopback with the real clock. */
export async function startSimulator({ latencyMs, port, ...options }: ServeOptions): Promise<RunningSimulator> {
  const simulator = createSimulator({ clock: { now: () => Date.now() }, ...options });
  const listen = (at?: number): Promise<SimulatorServer> => startServer(simulator, { ...(latencyMs === undefined ? {} : { latencyMs }), ...(at === undefined ? {} : { port: at }) });
  let server: SimulatorServer | undefined = await listen(port);
  const own = server.port;
  const url = server.url.replace(/\/$/, '');
  const { owner, name, commits, branches, defaultBranch } = simulator.world.home;
  return {
    simulator,
    url,
    token,
    repository: { owner, name },
    remoteUrl: `${url}/${owner}/${name}.git`,
    files: Object.fromEntries(commits.get(branches.get(defaultBranch) ?? '')?.files ?? []),
    async steer(method, path, body) {
      const response = await fetch(`${url}/__sim/${path}`, {
        method,
        headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`The simulator answered ${response.status} to ${method} ${path}: ${text}`);
      return text === '' ? undefined : JSON.parse(text);
    },
    async disconnect() {
      await server?.close();
      server = undefined;
    },
    async reconnect() {
      server ??= await listen(own);
    },
    async close() {
      await server?.close();
      server = undefined;
    },
  };
}

/** User settings under which VS Code and the extension take the simulator for their GitHub host and for Slack. */
export function simulatedSettings(url: string): Record<string, unknown> {
  return { 'github-enterprise.uri': url, 'boussole.slack.apiUrl': `${url}/slack/api/` };
}
