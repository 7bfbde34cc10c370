import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';

/** What stands before an X25519 public key in its DER form (RFC 8410). */
const SPKI = Buffer.from('302a300506032b656e032100', 'hex');
const KEY_BYTES = 32;
const NONCE_BYTES = 24;

/**
 * Seals a text so that only the owner of the key can open it: libsodium's `crypto_box_seal`, as GitHub asks for secrets. The key and the
 * answer are base64. Throws a `TypeError` for what is no X25519 key.
 */
export function seal(value: string, publicKey: string): string {
  const recipient = Buffer.from(publicKey, 'base64');
  if (recipient.length !== KEY_BYTES) throw new TypeError(`a public key has ${KEY_BYTES} bytes, not ${recipient.length}`);
  const own = generateKeyPairSync('x25519');
  const ephemeral = own.publicKey.export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES);
  const shared = diffieHellman({
    privateKey: own.privateKey,
    publicKey: createPublicKey({ key: Buffer.concat([SPKI, recipient]), format: 'der', type: 'spki' }),
  });
  const nonce = blake2b(Buffer.concat([ephemeral, recipient]), { dkLen: NONCE_BYTES });
  const box = xsalsa20poly1305(boxKey(shared), nonce).encrypt(new TextEncoder().encode(value));
  return Buffer.concat([ephemeral, box]).toString('base64');
}

/** NaCl's `crypto_box_beforenm`: HSalsa20 of the shared secret and nothing else. */
function boxKey(shared: Uint8Array): Uint8Array {
  const key = new Uint32Array(KEY_BYTES / 4);
  hsalsa(words(new TextEncoder().encode('expand 32-byte k')), words(shared), new Uint32Array(4), key);
  const bytes = new DataView(new ArrayBuffer(KEY_BYTES));
  key.forEach((word, index) => bytes.setUint32(index * 4, word, true));
  return new Uint8Array(bytes.buffer);
}

function words(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.length / 4 }, (_, index) => view.getUint32(index * 4, true));
}
