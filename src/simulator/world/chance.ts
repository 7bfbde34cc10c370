/** A seeded source of chance: the same seed tells the same story, always. */
export interface Chance {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number between both ends, ends included. */
  int(from: number, to: number): number;
  /** One element of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** A positive whole number near `median`, at most `spread` (a share) away from it. */
  around(median: number, spread?: number): number;
}

/** A generator after mulberry32: small, fast and good enough for a believable history. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    int,
    pick: (list) => list[int(0, list.length - 1)] as (typeof list)[number],
    around: (median, spread = 0.25) => Math.max(1, Math.round(median * (1 + (next() * 2 - 1) * spread))),
  };
}

/** 53 bits of a text, as 14 hexadecimal digits (cyrb53): for ETags and names, not for security. */
export function fingerprint(text: string, seed = 0): string {
  let h1 = 0xdeadbeef ^ seed;
  let h2 = 0x41c6ce57 ^ seed;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    h1 = Math.imul(h1 ^ code, 2_654_435_761);
    h2 = Math.imul(h2 ^ code, 1_597_334_677);
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2_246_822_507) ^ Math.imul(h2 ^ (h2 >>> 13), 3_266_489_909);
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2_246_822_507) ^ Math.imul(h1 ^ (h1 >>> 13), 3_266_489_909);
  return (h2 >>> 0).toString(16).padStart(8, '0') + (h1 >>> 8).toString(16).padStart(6, '0').slice(-6);
}

/** Forty hexadecimal digits that look and behave like a commit's name. */
export function sha(text: string): string {
  return (fingerprint(text, 1) + fingerprint(text, 2) + fingerprint(text, 3)).slice(0, 40);
}
