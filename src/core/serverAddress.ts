import { text, type Text } from './text.ts';

/** Where a site lives: the machine, who deploys there, and the folder that holds its releases (`BASE` of the server's scripts). */
export interface ServerAddress {
  readonly user: string;
  readonly host: string;
  readonly port: number;
  readonly base: string;
}

/**
 * Reads `user@host:/base` or `user@host:port/base`, as one would write it for scp or in an ssh URL. The answer is the address, or
 * what is wrong with it. Nothing but plain characters passes: the parts go into a forced command and into shell scripts.
 */
export function readServerAddress(written: string): ServerAddress | Text {
  const match = /^([^@\s]+)@(\[[^\]\s]*\]|[^:/\s[\]]+)(?::(\d+))?:?(\/\S*)$/.exec(written.trim());
  if (!match) return text('Write it as {example}.', { example: 'deploy@www.example.com:/srv/app' });
  const [, user = '', bracketed = '', digits, path = ''] = match;
  const host = bracketed.replace(/^\[|\]$/g, '').toLowerCase();
  const port = digits === undefined ? 22 : Number(digits);
  const base = path.replace(/\/+$/, '');
  if (!/^[a-z_][a-z0-9_-]{0,31}$/.test(user)) return text('“{user}” is no name of a Linux user.', { user });
  if (user === 'root') return text('Deploy as a user of its own, never as root.');
  if (!/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(host) && !/^[0-9a-f:.]{2,45}$/.test(host)) return text('“{host}” is no host name.', { host });
  if (port < 1 || port > 65_535) return text('A port is a number from 1 to 65535.');
  if (!/^(?:\/[A-Za-z0-9_][\w.-]*){2,}$/.test(base)) return text('The folder is an absolute path of its own, such as {example}, without spaces.', { example: '/srv/app' });
  return { user, host, port, base };
}

/** The address as `readServerAddress` reads it. */
export function writtenAddress({ user, host, port, base }: ServerAddress): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === 22 ? `${user}@${name}:${base}` : `${user}@${name}:${port}${base}`;
}

/** The host as known_hosts names it: a port other than 22 is part of the name (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"). */
export function knownHostName({ host, port }: Pick<ServerAddress, 'host' | 'port'>): string {
  return port === 22 ? host : `[${host}]:${port}`;
}
