import type { SimResponse } from '../http.ts';
import type { RepositoryCall, RestCall } from './call.ts';
import { contentRoutes } from './contentRoutes.ts';
import { checkRoutes } from './checkRoutes.ts';
import { deploymentRoutes } from './deploymentRoutes.ts';
import { environmentRoutes } from './environmentRoutes.ts';
import { gitObjectRoutes } from './gitObjectRoutes.ts';
import { gitRoutes } from './gitRoutes.ts';
import { gitWriteRoutes } from './gitWriteRoutes.ts';
import { environmentWriteRoutes } from './environmentWriteRoutes.ts';
import { metaRoutes, repositoryRoutes } from './metaRoutes.ts';
import { pullRoutes } from './pullRoutes.ts';
import { releaseRoutes } from './releaseRoutes.ts';
import { reviewRoutes } from './reviewRoutes.ts';
import { runControlRoutes } from './runControlRoutes.ts';
import { runRoutes } from './runRoutes.ts';
import { secretRoutes } from './secretRoutes.ts';
import { workflowRoutes } from './workflowRoutes.ts';

/** Handlers by route, written as GitHub's OpenAPI description writes it: `GET /repos/{owner}/{repo}/releases`. */
export type Routes = Readonly<Record<string, (call: RestCall) => SimResponse>>;

/** The same for routes that belong to a repository. */
export type RepositoryRoutes = Readonly<Record<`${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /repos/{owner}/{repo}${string}`, (call: RepositoryCall) => SimResponse>>;

/** A route that matched a request. */
export interface Matched {
  readonly template: string;
  readonly params: Readonly<Record<string, string>>;
  readonly handler: { readonly kind: 'plain'; readonly answer: (call: RestCall) => SimResponse }
    | { readonly kind: 'repository'; readonly answer: (call: RepositoryCall) => SimResponse };
}

interface Compiled {
  readonly template: string;
  readonly method: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly handler: Matched['handler'];
}

/** Parameters that may span several segments of a path. */
const GREEDY = new Set(['path', 'ref', 'basehead', 'branch']);

const compiled: readonly Compiled[] = [
  ...Object.entries(metaRoutes).map(([template, answer]) => compile(template, { kind: 'plain', answer })),
  ...[
    repositoryRoutes, workflowRoutes, runRoutes, runControlRoutes, reviewRoutes, environmentRoutes, environmentWriteRoutes, pullRoutes, deploymentRoutes,
    releaseRoutes, gitRoutes, gitObjectRoutes, gitWriteRoutes, contentRoutes, checkRoutes, secretRoutes,
  ].flatMap((routes) => Object.entries(routes).map(([template, answer]) => compile(template, { kind: 'repository', answer }))),
].sort((a, b) => literalLength(b.template) - literalLength(a.template));

/** Every route simulated, in OpenAPI's spelling. */
export const simulatedRoutes: readonly string[] = compiled.map(({ template }) => template);

/** Finds the route of a request; `path` is without `/api/v3`. */
export function matchRoute(method: string, path: string): Matched | undefined {
  for (const route of compiled) {
    if (route.method !== method) continue;
    const match = route.pattern.exec(path);
    if (!match) continue;
    const params = Object.fromEntries(route.names.map((name, index) => [name, decode(match[index + 1] ?? '')]));
    return { template: route.template, params, handler: route.handler };
  }
  return undefined;
}

function compile(template: string, handler: Matched['handler']): Compiled {
  const [method = '', path = ''] = template.split(' ');
  const names: string[] = [];
  const source = path.replace(/\{(\w+)\}/g, (whole, name: string, offset: number) => {
    names.push(name);
    const isTail = offset + whole.length === path.length;
    if (name === 'path') return '?(.*)';
    return GREEDY.has(name) && (isTail || name === 'ref') ? '(.+)' : '([^/]+)';
  });
  return { template, method, names, handler, pattern: new RegExp(`^${source}/?$`) };
}

function literalLength(template: string): number {
  return template.replace(/\{\w+\}/g, '').length;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
