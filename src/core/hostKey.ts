import { knownHostName, type ServerAddress } from './serverAddress.ts';
import { text, type Text } from './text.ts';

const types = new Set(['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521', 'ssh-rsa', 'sk-ssh-ed25519@openssh.com', 'sk-ecdsa-sha2-nistp256@openssh.com']);

/** Run on the server itself: only there is the answer known to be the server's own. `ssh-keyscan` over the network proves nothing. */
export const hostKeyCommand = 'cat /etc/ssh/ssh_host_ed25519_key.pub';

/**
 * Reads what a person pasted as the server's host key, `.pub` files and lines of known_hosts alike, into the lines of the variable
 * `DEPLOY_KNOWN_HOSTS`. The answer is those lines, or what is wrong.
 */
export function readHostKeys(pasted: string, server: Pick<ServerAddress, 'host' | 'port'>): string | Text {
  const lines = pasted.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
  if (lines.length === 0) return text('Paste the line that the command gave.');
  if (lines.some((line) => line.startsWith('#'))) {
    return text('This looks like the output of ssh-keyscan, which asks whoever answers on the network. Take the key on the server itself.');
  }
  if (lines.some((line) => line.includes('PRIVATE KEY'))) return text('This is a private key. It must never leave the server: take the file that ends in “.pub”.');
  const read: string[] = [];
  for (const line of lines) {
    const words = line.split(/\s+/);
    const isPublicKey = types.has(words[0] ?? '');
    const [names, type = '', key = ''] = isPublicKey ? [undefined, ...words] : words;
    if (!types.has(type)) return text('A host key is a line such as {example}.', { example: 'ssh-ed25519 AAAAC3Nza…' });
    if (keyType(key) !== type) return text('The key after {type} is cut or damaged. Copy the whole line.', { type });
    const wanted = knownHostName(server);
    if (names !== undefined && !names.split(',').includes(wanted)) return text('This line is for {names}, and the server is {wanted}.', { names, wanted });
    read.push(`${wanted} ${type} ${key}`);
  }
  return read.join('\n');
}

/** What is wrong with the lines that stand in `DEPLOY_KNOWN_HOSTS`; `undefined`: nothing. */
export function problemWithKnownHosts(value: string, server: Pick<ServerAddress, 'host' | 'port'>): Text | undefined {
  const wanted = knownHostName(server);
  const lines = value.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  const own = lines.filter((line) => line.split(/\s+/)[0]?.split(',').includes(wanted) ?? false);
  // Hashed names cannot be read, so they are left to ssh itself.
  if (own.length === 0 && lines.some((line) => line.startsWith('|1|'))) return undefined;
  if (own.length === 0) return text('It names no {wanted}.', { wanted });
  const read = readHostKeys(own.join('\n'), server);
  return typeof read === 'string' ? undefined : read;
}

/** The type that a key's base64 begins with (RFC 4253, 6.6), or nothing where it is no whole key. */
function keyType(base64: string): string | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0) return undefined;
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + 4 > bytes.length) return undefined;
    const length = view.getUint32(at);
    if (at + 4 + length > bytes.length) return undefined;
    parts.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return parts.length < 2 ? undefined : new TextDecoder().decode(parts[0]);
}
