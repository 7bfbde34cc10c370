/**
 * The one of `environments` that a run's title is about: the only one it names, or the one after "to" or "back" where it names
 * several ("Deploy staging to production"); `undefined` when that proves nothing.
 */
export function environmentNamedIn(title: string, environments: readonly string[]): string | undefined {
  const shown = title.slice(0, 2_000);
  const named = environments.map((name) => ({ name, places: placesOf(shown, name) })).filter(({ places }) => places.length > 0);
  // "production-eu" holds "production": a shorter name inside a longer one is not named by it.
  const whole = named.filter(({ name, places }) => places.some((at) => !named.some((other) => covers(other, name, at))));
  if (whole.length <= 1) return whole[0]?.name;
  const target = whole.filter(({ places }) => places.some((at) => /\b(to|back|on)\s+["'“«]?$/i.test(shown.slice(Math.max(0, at - 12), at))));
  return target.length === 1 ? target[0]?.name : undefined;
}

function covers(other: { readonly name: string; readonly places: readonly number[] }, name: string, at: number): boolean {
  return other.name.length > name.length && other.places.some((place) => place <= at && at + name.length <= place + other.name.length);
}

function placesOf(text: string, name: string): readonly number[] {
  if (name === '') return [];
  const [where, what] = [text.toLowerCase(), name.toLowerCase()];
  const places: number[] = [];
  for (let at = where.indexOf(what); at >= 0; at = where.indexOf(what, at + 1)) {
    const before = where[at - 1];
    const after = where[at + what.length];
    if ((before === undefined || !isWordCharacter(before)) && (after === undefined || !isWordCharacter(after))) places.push(at);
  }
  return places;
}

function isWordCharacter(character: string): boolean {
  return /[\p{L}\p{N}_]/u.test(character);
}
