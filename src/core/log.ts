/** The log a person can open. Never hand it tokens, webhook addresses or input values. */
export interface Log {
  info(message: string): void;
  debug(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
}
