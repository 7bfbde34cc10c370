import type { Permissions } from '../workflow/workflow.ts';

/** What a request needs: the first entry whose pattern matches decides (docs.github.com, "Permissions required for GitHub Apps"). */
const needs: readonly (readonly [method: RegExp, path: RegExp, scope: string])[] = [
  [/^GET$/, /^$/, 'metadata'],
  [/./, /^\/(contents|commits|compare|branches|tags|releases|git)(\/|$)/, 'contents'],
  [/./, /^\/deployments(\/|$)/, 'deployments'],
  [/^GET$/, /^\/environments(\/|$)/, 'actions'],
  [/./, /^\/actions(\/|$)/, 'actions'],
];

const PREFIX = 'ghs_';

/** A token that says what its job declared. */
export function jobToken(permissions: Permissions): string {
  return PREFIX + Buffer.from(JSON.stringify(permissions)).toString('hex');
}

/** The permission that a request lacks, as `contents=write`; undefined when it may pass. `path` is what follows the repository's. */
export function missingPermission(token: string, method: string, path: string): string | undefined {
  if (!token.startsWith(PREFIX)) return 'a job\'s token';
  const permissions = JSON.parse(Buffer.from(token.slice(PREFIX.length), 'hex').toString()) as Permissions;
  const scope = needs.find(([methods, paths]) => methods.test(method) && paths.test(path))?.[2];
  if (scope === undefined) return `a permission that the test does not know of: ${method} ${path}`;
  const level = method === 'GET' || method === 'HEAD' ? 'read' : 'write';
  if (scope === 'metadata' || permissions[scope] === 'write' || permissions[scope] === level) return undefined;
  return `${scope}=${level}`;
}
