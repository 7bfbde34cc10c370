import type { GitHubHost } from './gitHubHost.ts';

/** What a git remote's address says of its repository. */
export interface RemoteAddress {
  /** Host in lower case, with its port where that is a web port; an ssh alias is given as it is written. */
  readonly authority: string;
  readonly owner: string;
  readonly name: string;
  /** An ssh address says nothing about the port of the web pages, so only its host name can be compared. */
  readonly viaSsh: boolean;
}

/**
 * Reads `git@host:owner/name.git`, `ssh://…`, `git://…` and `http(s)://…`; `undefined` for a local path, a wiki, or anything that
 * does not name an owner and a repository. Never throws, and never hands on a password that the address may hold.
 */
export function parseRemote(address: string): RemoteAddress | undefined {
  const text = address.trim();
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? fromUrl(text) : fromScpLike(text);
}

/** True when the remote lives on that host and on no other: names are compared whole, never by a part. */
export function isOnHost(remote: RemoteAddress, host: GitHubHost): boolean {
  if (!remote.viaSsh) return remote.authority === host.authority;
  return withoutPort(remote.authority) === withoutPort(host.authority);
}

function fromUrl(text: string): RemoteAddress | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) return undefined;
  if (url.protocol === 'https:' || url.protocol === 'http:') return repository(url.host, url.pathname, false);
  return ['ssh:', 'git+ssh:', 'git:'].includes(url.protocol) ? repository(url.hostname, url.pathname, true) : undefined;
}

function fromScpLike(text: string): RemoteAddress | undefined {
  const [, host, path] = /^(?:[^@/\s]+@)?(\[[0-9a-f:]+\]|[^@:/\\\s]{2,}):(?!\/\/)(\S+)$/i.exec(text) ?? [];
  return host === undefined || path === undefined ? undefined : repository(host, path, true);
}

function repository(host: string, path: string, viaSsh: boolean): RemoteAddress | undefined {
  const parts = decoded(path).split('/').filter((part) => part !== '');
  const [owner, last] = parts;
  const name = last?.replace(/\.git$/i, '');
  if (parts.length !== 2 || !isName(owner) || !isName(name) || /\.wiki$/i.test(name)) return undefined;
  const authority = gitHubAliases.get(host.toLowerCase()) ?? host.toLowerCase();
  return authority === '' ? undefined : { authority, owner, name, viaSsh };
}

/** Other names that github.com answers to; the ssh one is for networks that close port 22 (GitHub's page "Using SSH over the HTTPS port"). */
const gitHubAliases = new Map([
  ['ssh.github.com', 'github.com'],
  ['www.github.com', 'github.com'],
]);

function isName(part: string | undefined): part is string {
  return part !== undefined && /^[\w.-]+$/.test(part) && !/^\.+$/.test(part);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function withoutPort(authority: string): string {
  return authority.replace(/:\d+$/, '');
}
