import type { ReleaseFiles } from '../../test/support/pipeline/release.ts';
import { createChance } from '../../src/simulator/world/chance.ts';

const folders = ['app', 'app/modules', 'config', 'lib/vendor', 'lib/vendor/deep/er', 'public/assets', 'public/images', 'views/pages'];
const endings = ['css', 'html', 'js', 'json', 'php', 'png', 'svg'];

/**
 * The files of a believable release of `count` files and `bytes` bytes: many small ones, few big ones (log-normal sizes). The
 * same seed makes the same files.
 */
export function releaseTree(count: number, bytes: number, seed = 1): Record<string, Buffer> {
  const chance = createChance(seed);
  const weights = Array.from({ length: count }, () => Math.exp(1.6 * normal(chance)));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return Object.fromEntries(
    weights.map((weight, index) => [
      `${chance.pick(folders)}/file-${index}.${chance.pick(endings)}`,
      content(chance, Math.max(1, Math.round((weight / whole) * bytes))),
    ]),
  );
}

/** The next release: one file in fifty has changed within its size, a few are new, a few are gone. */
export function nextReleaseTree(tree: ReleaseFiles, seed: number): Record<string, Buffer> {
  const chance = createChance(seed);
  const entries = Object.entries(tree).filter((_, index) => index % 400 !== 7);
  const next = entries.map(([path, before], index) => [path, index % 50 === seed % 50 ? content(chance, before.length) : Buffer.from(before)] as const);
  const added = Array.from({ length: 5 }, (_, index) => [`public/assets/new-${seed}-${index}.js`, content(chance, chance.int(500, 50_000))] as const);
  return Object.fromEntries([...next, ...added]);
}

/** Half random, half repeating, as code and pictures together are. */
function content(chance: ReturnType<typeof createChance>, length: number): Buffer {
  const words = new Uint32Array(Math.ceil(length / 8));
  for (let index = 0; index < words.length; index++) words[index] = chance.next() * 4_294_967_296;
  const random = Buffer.from(words.buffer);
  return Buffer.concat([random, Buffer.alloc(length, 'return value;\n')]).subarray(0, length);
}

/** One number of the standard normal distribution (Box and Muller). */
function normal(chance: ReturnType<typeof createChance>): number {
  return Math.sqrt(-2 * Math.log(1 - chance.next())) * Math.cos(2 * Math.PI * chance.next());
}
