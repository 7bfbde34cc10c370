import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import type { Environment } from './model.ts';

/** The key pair for which an environment's secrets are sealed (X25519). */
export interface EnvironmentKey {
  readonly keyId: string;
  /** Base64. */
  readonly publicKey: string;
  /** 32 bytes; on GitHub nobody outside sees it, here tests open with it what was stored. */
  readonly privateKey: Buffer;
}

/** What stands before an X25519 private key in PKCS #8 (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');

/** The same environment always has the same key. */
export function environmentKey({ id }: Pick<Environment, 'id'>): EnvironmentKey {
  const privateKey = createHash('sha256').update(`environment ${id}`).digest();
  const pair = createPrivateKey({ key: Buffer.concat([PKCS8, privateKey]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(pair).export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
  return { keyId: String(3_380_204_578_043_523_000n + BigInt(id)), publicKey, privateKey };
}
