import type { Repository, Server, ServerRelease } from './model.ts';
import type { World } from './world.ts';

/** An environment's server; it exists from the first look on. */
export function serverOf(repository: Repository, environment: string): Server {
  const key = environment.toLowerCase();
  const known = repository.servers.get(key);
  if (known) return known;
  const server: Server = { journal: [] };
  repository.servers.set(key, server);
  return server;
}

/** What is live on a server. */
export function liveOn({ journal }: Server): Server['journal'][number] | undefined {
  return journal.at(-1);
}

/** Switches an environment to a release: from this moment its site serves it. */
export function goLive(world: World, repository: Repository, environment: string, release: ServerRelease, by: 'publish' | 'rollback'): void {
  const { id, version, sha } = release;
  serverOf(repository, environment).journal.push({ id, version, sha, at: world.now, by });
  repository.sites.set(environment.toLowerCase(), { version, sha, since: world.now });
}

/** Takes back the last switch, as if it had never been: what a failed look from outside does. */
export function revert(world: World, repository: Repository, environment: string): void {
  const server = serverOf(repository, environment);
  server.journal.pop();
  const live = liveOn(server);
  if (live) repository.sites.set(environment.toLowerCase(), { version: live.version, sha: live.sha, since: world.now });
  else repository.sites.delete(environment.toLowerCase());
}

/** Whether a name means a release: its id, its version, or at least seven digits of its commit. */
export function isCalled({ id, version, sha }: ServerRelease, name: string): boolean {
  return id === name || version === name || version === `v${name}` || (/^[0-9a-f]{7,40}$/.test(name) && sha.startsWith(name));
}

/** The newest release of that name that was ever live; without a name the one before the live one. */
export function releaseCalled(server: Server, name: string): ServerRelease | undefined {
  const live = liveOn(server);
  return server.journal.findLast((one) => (name === '' ? one.id !== live?.id : isCalled(one, name)));
}
