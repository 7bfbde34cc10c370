/** A scalar as text, the way YAML's and GitHub's expressions write it; `undefined` for nothing, lists and mappings. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
