import assert from 'node:assert/strict';
import sodium, { base64_variants as variants, from_base64 as fromBase64, ready, to_string as toText } from 'libsodium-wrappers';
import { seal } from '../../../src/github/sealedBox.ts';
import { createChance } from '../../../src/simulator/world/chance.ts';

function open(box: string, { publicKey, privateKey }: { publicKey: Uint8Array; privateKey: Uint8Array }): string {
  return toText(sodium.crypto_box_seal_open(fromBase64(box, variants.ORIGINAL), publicKey, privateKey));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

describe('a sealed box', () => {
  before(() => ready);

  it('is opened by libsodium, whatever its size and letters', () => {
    const chance = createChance(20_261);
    const letters = ['a', 'Z', '0', '+', '/', '=', ' ', '\n', '"', '{', '$', '`', 'é', 'œ', '界', '🔑', '\u0000', '\u202e'];
    const pair = sodium.crypto_box_keypair();
    const sizes = [0, 1, 15, 16, 17, 63, 64, 65, 127, 128, 129, 4096, ...Array.from({ length: 188 }, () => chance.int(0, 3000))];
    for (const size of sizes) {
      const value = Array.from({ length: size }, () => chance.pick(letters)).join('');
      assert.equal(open(seal(value, base64(pair.publicKey)), pair), value);
    }
    assert.equal(sizes.length, 200);
  });

  it('is opened by the owner of the key only, and only whole', () => {
    const [own, other] = [sodium.crypto_box_keypair(), sodium.crypto_box_keypair()];
    const box = seal('hush', base64(own.publicKey));
    assert.throws(() => open(box, other));
    const bytes = Buffer.from(box, 'base64');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    assert.throws(() => open(bytes.toString('base64'), own));
  });

  it('is another one each time, 48 bytes longer than what it holds', () => {
    const { publicKey } = sodium.crypto_box_keypair();
    const [one, two] = [seal('hush', base64(publicKey)), seal('hush', base64(publicKey))];
    assert.notEqual(one, two);
    assert.equal(Buffer.from(one, 'base64').length, 48 + 4);
  });

  it('is not made for what is no key', () => {
    assert.throws(() => seal('hush', base64(new Uint8Array(31))), TypeError);
    // Of small order: whatever the other half, the shared secret would be known to all.
    assert.throws(() => seal('hush', base64(new Uint8Array(32))));
  });
});
