import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';

/** An SSH key pair that exists in memory only; whoever asked for it decides where each half goes. */
export interface SshKey {
  /** OpenSSH's own format, without a passphrase, ending in a line feed (ssh refuses a key without one). Never to be logged or kept. */
  readonly privateKey: string;
  /** One line for `authorized_keys`: type, key, comment. */
  readonly publicLine: string;
  /** `SHA256:…`, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
}

const TYPE = 'ssh-ed25519';
const KEY_BYTES = 32;
const LINE = 70;

/** Makes an Ed25519 key pair. The comment ends up in both halves; line breaks and control characters in it become spaces. */
export function createSshKey(comment: string): SshKey {
  const pair = generateKeyPairSync('ed25519');
  const secret = pair.privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-KEY_BYTES);
  const open = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES);
  const oneLine = comment.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  const blob = Buffer.concat([field(TYPE), field(open)]);
  return {
    privateKey: armoured(container(blob, secretPart(secret, open, oneLine))),
    publicLine: [TYPE, blob.toString('base64'), oneLine].filter((part) => part !== '').join(' '),
    fingerprint: `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`,
  };
}

/** OpenSSH's PROTOCOL.key: no cipher, no key derivation, one key. */
function container(publicBlob: Buffer, secret: Buffer): Buffer {
  return Buffer.concat([Buffer.from('openssh-key-v1\0'), field('none'), field('none'), field(''), number(1), field(publicBlob), field(secret)]);
}

/** Two equal random numbers (a reader sees from them that nothing is encrypted), the key, and 1, 2, 3 … up to a whole block of eight. */
function secretPart(secret: Buffer, open: Buffer, comment: string): Buffer {
  const check = randomBytes(4);
  const content = Buffer.concat([check, check, field(TYPE), field(open), field(Buffer.concat([secret, open])), field(comment)]);
  const padding = Buffer.from(Array.from({ length: (8 - (content.length % 8)) % 8 }, (_, index) => index + 1));
  return Buffer.concat([content, padding]);
}

function armoured(content: Buffer): string {
  const lines = content.toString('base64').match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n');
}

function field(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([number(bytes.length), bytes]);
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
