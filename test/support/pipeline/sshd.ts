import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { type ProcessGroup, startGroup } from '../processGroup.ts';
import { temporaryFolder } from '../temporaryFolder.ts';
import { type Answer, toAnswer } from './answer.ts';
import { serverScripts } from './deployServer.ts';
import { execute, type Executed } from './execute.ts';
import { findTool } from './tools.ts';

/** A real sshd on loopback whose only key is bound to the gate, and a client that knows its host key. */
export interface Sshd {
  /** Options of ssh as the pipeline gives them, without the destination. */
  readonly options: readonly string[];
  readonly destination: string;
  /** What rsync takes as `-e`. */
  readonly remoteShell: string;
  /** Sends a command as it stands. */
  ssh(command: string, env?: Readonly<Record<string, string>>): Promise<Executed>;
  relctl(...words: string[]): Promise<Answer>;
  /** Sends a folder to a place on the server, with the pipeline's options or others. */
  rsync(folder: string, target: string, options?: readonly string[]): Promise<Executed>;
  /** The words after "rsync" that `rsync` runs with. */
  rsyncWords(folder: string, target: string, options?: readonly string[]): string[];
  /** Binds the key to the gate of a server, in place of the one before. `allowed` narrows what the key may do. */
  serve(base: string, allowed?: readonly string[]): void;
  /** The private half of the key that `serve` binds, as a secret holds it. */
  readonly key: string;
  /** Makes a key, binds it to the gate of a server besides what is served already, and answers its private half as a secret holds it. */
  admit(base: string): Promise<string>;
  /** From now on no file on a server may be larger, as if its disk were full. */
  limitFiles(base: string, largestKb: number): void;
  readonly port: number;
  /** The line that pins the host key. */
  readonly knownHosts: string;
  /** Gives the key an ordinary login instead, to compare the gate with. */
  serveShell(): void;
  stop(): Promise<void>;
  /** Starts again; with another host key when asked. */
  start(hostKey?: 'usual' | 'other'): Promise<void>;
  dispose(): Promise<void>;
}

/** The options of rsync that the pipeline uploads with. */
export const uploadOptions = ['-rpt', '--checksum', '--delete', '--chmod=D0755,Fu=rwX,Fgo=rX', '--timeout=20'];

/** Starts sshd as this user, everything it needs in a temporary folder. No key may enter until a server is served. */
export async function startSshd(): Promise<Sshd> {
  const folder = await temporaryFolder('sshd');
  const at = (name: string) => join(folder.path, name);
  let admitted = 0;
  const makeKey = (key: string) => execute('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', key, '-f', at(key)]);
  for (const key of ['client', 'usual', 'other']) await makeKey(key);
  const port = await freePort();
  const knownHosts = `[127.0.0.1]:${port} ${readFileSync(at('usual.pub'), 'utf8')}`;
  writeFileSync(at('known_hosts'), knownHosts);
  const bound = (key: string, base: string, allowed: readonly string[] = []) =>
    `restrict,command="${[join(serverScripts, 'gate'), base, ...allowed].join(' ')}" ${readFileSync(at(`${key}.pub`), 'utf8')}`;
  // Root's sshd wants this folder, which Debian makes when the service starts.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });

  let daemon: ProcessGroup | undefined;
  const pinned = ['BatchMode=yes', 'StrictHostKeyChecking=yes', `UserKnownHostsFile=${at('known_hosts')}`, 'GlobalKnownHostsFile=/dev/null',
    'UpdateHostKeys=no', 'IdentitiesOnly=yes', 'ConnectTimeout=10', 'SendEnv=RELCTL_* LC_* BASH_FUNC_*'];
  const options = ['-F', '/dev/null', '-i', at('client'), '-p', String(port), ...pinned.flatMap((option) => ['-o', option])];
  const destination = `${userInfo().username}@127.0.0.1`;
  const remoteShell = `ssh ${options.map((word) => (word.includes(' ') || word.includes('*') ? `'${word}'` : word)).join(' ')}`;
  const sshd: Sshd = {
    options,
    destination,
    remoteShell,
    ssh: (asked, env = {}) => execute('ssh', [...options, destination, asked], { env: { ...process.env, ...env } }),
    relctl: async (...words) => toAnswer(await sshd.ssh(['relctl', ...words].join(' '))),
    rsync: (from, target, chosen) => execute('rsync', sshd.rsyncWords(from, target, chosen)),
    rsyncWords: (from, target, chosen = uploadOptions) => [...chosen, '-e', remoteShell, from, `${destination}:${target}`],
    serve: (base, allowed) => writeFileSync(at('authorized_keys'), bound('client', base, allowed)),
    key: readFileSync(at('client'), 'utf8'),
    admit: async (base) => {
      const key = `admitted-${++admitted}`;
      await makeKey(key);
      appendFileSync(at('authorized_keys'), bound(key, base));
      return readFileSync(at(key), 'utf8');
    },
    limitFiles: (base, largestKb) => {
      const gate = `${join(serverScripts, 'gate')} ${base}`;
      writeFileSync(at('authorized_keys'), readFileSync(at('authorized_keys'), 'utf8').replace(`"${gate}"`, `"ulimit -f ${largestKb}; exec ${gate}"`));
    },
    port,
    knownHosts,
    serveShell: () => writeFileSync(at('authorized_keys'), readFileSync(at('client.pub'), 'utf8')),
    stop: async () => {
      await daemon?.end();
      daemon = undefined;
    },
    start: async (hostKey = 'usual') => {
      const path = at('sshd_config');
      writeFileSync(path, config(port, at(hostKey), at('authorized_keys')));
      daemon = startGroup(findTool('sshd') ?? 'sshd', ['-D', '-e', '-f', path], { cwd: folder.path, env: process.env });
      await daemon.waitFor(/Server listening on 127\.0\.0\.1/, 10_000);
    },
    dispose: async () => {
      await sshd.stop();
      folder.dispose();
    },
  };
  await sshd.start();
  return sshd;
}

/** AcceptEnv is wider than any default, so that the tests show what the gate itself keeps out. */
function config(port: number, hostKey: string, keys: string): string {
  return `ListenAddress 127.0.0.1
Port ${port}
HostKey ${hostKey}
AuthorizedKeysFile ${keys}
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
MaxStartups 100
KexAlgorithms curve25519-sha256
AcceptEnv RELCTL_* LC_* BASH_FUNC_*
`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No port is free.'))));
    });
  });
}
