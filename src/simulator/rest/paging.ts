import { json, type SimResponse } from '../http.ts';
import { repositoryApi } from '../wire/urls.ts';
import type { RestCall } from './call.ts';

/** A page of a list and where it stands. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Cuts the page out of a list that `page` and `per_page` ask for, with GitHub's `Link` header. */
export function pageOf<T>(call: RestCall, items: readonly T[], { perPage = 30, max = 100 }: { perPage?: number; max?: number } = {}): Page<T> {
  const size = Math.min(max, positive(call.query.get('per_page'), perPage));
  const page = positive(call.query.get('page'), 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const links: string[] = [];
  const link = (rel: string, target: number): void => {
    links.push(`<${addressOfPage(call, target)}>; rel="${rel}"`);
  };
  if (page > 1) link('prev', Math.min(page - 1, last));
  if (page < last) {
    link('next', page + 1);
    link('last', last);
  }
  if (page > 1) link('first', 1);
  return {
    items: items.slice((page - 1) * size, page * size),
    total: items.length,
    headers: links.length > 0 ? { link: links.join(', ') } : {},
  };
}

/** Answers with a bare array. */
export function arrayAnswer<T>(page: Page<T>, wire: (item: T) => unknown): SimResponse {
  return json(page.items.map(wire), 200, page.headers);
}

/** Answers with `{ total_count, [name]: [...] }`. */
export function countedAnswer<T>(name: string, page: Page<T>, wire: (item: T) => unknown): SimResponse {
  return json({ total_count: page.total, [name]: page.items.map(wire) }, 200, page.headers);
}

/** Answers with everything at once, without pages. */
export function completeAnswer<T>(name: string, items: readonly T[], wire: (item: T) => unknown): SimResponse {
  return json({ total_count: items.length, [name]: items.map(wire) });
}

function addressOfPage(call: RestCall, page: number): string {
  const query = new URLSearchParams(call.query);
  query.set('page', String(page));
  const path = call.request.path.replace(/^\/api\/v3/, '');
  const match = /^\/repos\/([^/]+)\/([^/]+)(\/.*)$/.exec(path);
  const base = match ? repositoryApi(call.urls, { owner: match[1] ?? '', name: match[2] ?? '' }) + (match[3] ?? '') : call.urls.api + path;
  return `${base}?${query.toString()}`;
}

function positive(text: string | null, fallback: number): number {
  const value = Number(text ?? fallback);
  return Number.isInteger(value) && value > 0 ? value : fallback;
}
