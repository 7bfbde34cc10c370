/** JSON as a value, or `undefined` when it is none. */
export function parsedJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}
