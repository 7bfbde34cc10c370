import { text, type SimResponse } from './http.ts';
import type { DownloadLinks } from './rest/call.ts';
import { fingerprint } from './world/chance.ts';
import type { World } from './world/world.ts';

const VALID_MS = 60_000;

/** Download addresses that need no token and work for one minute. */
export class Downloads {
  readonly #world: World;
  readonly #links = new Map<string, { readonly until: number; readonly body: () => string }>();

  constructor(world: World) {
    this.#world = world;
  }

  /** The links as one request may issue them: absolute, below `web`. */
  under(web: string): DownloadLinks {
    return {
      issue: (name, body) => {
        const key = fingerprint(`${name} ${this.#world.now} ${this.#links.size}`);
        this.#links.set(key, { until: this.#world.now + VALID_MS, body });
        return `${web}/_downloads/${key}/${name}`;
      },
    };
  }

  /** Serves a link, or says that it has expired. */
  serve(path: string): SimResponse {
    const link = this.#links.get(path.split('/')[2] ?? '');
    if (!link || link.until < this.#world.now) return text('<Error><Code>AuthenticationFailed</Code></Error>', 403);
    return text(link.body());
  }
}
