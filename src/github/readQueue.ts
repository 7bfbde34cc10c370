import { abortError } from './abort.ts';

/** Lets at most `limit` reads be under way together; the others wait their turn, and leave it when they are aborted. */
export class ReadQueue {
  readonly #limit: number;
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;

  constructor(limit = 6) {
    this.#limit = limit;
  }

  async run<T>(read: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (signal?.aborted) throw abortError();
    if (this.#underWay >= this.#limit) await this.#turn(signal);
    else this.#underWay++;
    try {
      return await read();
    } finally {
      this.#next();
    }
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(go), 1);
        reject(abortError());
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.push(go);
    });
  }

  /** Hands the free place on: who waits takes it over, so that a newcomer cannot slip in between. */
  #next(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#underWay--;
  }
}
