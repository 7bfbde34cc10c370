import { hasNextPage } from './mapper.ts';
import type { Parameters, ReadOptions, Wire } from './wire.ts';

/** Reads whole lists page by page; a list of which no page changed is the very same array as before. */
export class Paging {
  readonly #wire: Wire;
  readonly #joined = new Map<string, { readonly pages: readonly unknown[]; readonly all: unknown }>();

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  /** All items of a list, a hundred at a time unless the parameters say otherwise, at most `mostPages` pages. */
  async all<T>(
    route: string, parameters: Parameters, map: (data: never) => readonly T[], mostPages: number, options: ReadOptions = {},
  ): Promise<readonly T[]> {
    const pages: { readonly items: readonly T[]; readonly hasMore: boolean }[] = [];
    do {
      pages.push(
        await this.#wire.get(
          route,
          { per_page: 100, ...parameters, page: pages.length + 1 },
          (data: never, headers) => ({ items: map(data), hasMore: hasNextPage(headers) }),
          options,
        ),
      );
    } while (pages.at(-1)?.hasMore && pages.length < mostPages);
    return pages.length === 1 ? pages[0]?.items ?? [] : this.#join(`${route} ${JSON.stringify(parameters)}`, pages);
  }

  #join<T>(key: string, pages: readonly { readonly items: readonly T[] }[]): readonly T[] {
    const before = this.#joined.get(key);
    if (before && before.pages.length === pages.length && before.pages.every((page, index) => page === pages[index])) return before.all as readonly T[];
    const all = pages.flatMap((page) => page.items);
    this.#joined.clear();
    this.#joined.set(key, { pages, all });
    return all;
  }
}
