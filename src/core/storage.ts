/** Small JSON values that outlive the window: VS Code's workspace or global state. */
export interface Storage {
  get<T>(key: string): T | undefined;
  /** Stores `value`; `undefined` removes it. */
  set(key: string, value: unknown): Promise<void>;
}
