/** Milliseconds since the Unix epoch. Times of runs, deployments and releases are the server's, never this machine's. */
export type Instant = number;
