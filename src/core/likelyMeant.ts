/** The one of `known` that a mistyped name most likely means; `undefined` when none is near: two slips at most, and one in three letters. */
export function likelyMeant(name: string, known: readonly string[]): string | undefined {
  const near = known
    .map((candidate) => ({ candidate, slips: slipsBetween(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, slips }) => slips > 0 && slips <= Math.min(2, Math.floor(Math.max(name.length, candidate.length) / 3)))
    // `eu-1` and `eu-2` are different on purpose.
    .filter(({ candidate }) => digits(candidate) === digits(name))
    .sort((a, b) => a.slips - b.slips);
  return near[0]?.candidate;
}

/** What most teams call theirs. */
export const usualEnvironments: readonly string[] = ['production', 'staging', 'development', 'preview', 'testing'];

/**
 * The usual environment that one which exists is a slip of, where both exist: GitHub made it up when a job named it wrongly. Names
 * that only go on (`preview-2`, `stagings`) and those near no usual one (`prod-eu`, `prod-us`) are different on purpose.
 */
export function slipOf(name: string, existing: readonly string[]): string | undefined {
  const key = name.toLowerCase();
  const usual = existing.filter((one) => usualEnvironments.includes(one.toLowerCase()) && !key.startsWith(one.toLowerCase()));
  return usualEnvironments.includes(key) ? undefined : likelyMeant(name, usual);
}

function digits(name: string): string {
  return name.replace(/\D+/g, ' ').trim();
}

/** Letters to add, drop, change or swap with their neighbour (optimal string alignment). Names are short: anything longer counts as far. */
function slipsBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2 || a.length > 100) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same, swapped));
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
