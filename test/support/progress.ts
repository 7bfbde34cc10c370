const heartbeatMs = 10_000;

/** Says on stderr what is being done, every ten seconds that it is still being done, and how long it took. */
export async function progress<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = Date.now();
  const seconds = () => `${((Date.now() - start) / 1000).toFixed(0)} s`;
  process.stderr.write(`${what} …\n`);
  const heartbeat = setInterval(() => process.stderr.write(`  … still at it after ${seconds()}\n`), heartbeatMs);
  try {
    const result = await work();
    process.stderr.write(`  done in ${seconds()}\n`);
    return result;
  } finally {
    clearInterval(heartbeat);
  }
}
