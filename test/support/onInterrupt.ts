const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs `clean` once on Ctrl-C, a kill or a closed terminal, then exits as that signal would have. Answers a function that takes it back. */
export function onInterrupt(clean: () => Promise<void>): () => void {
  let began = false;
  const listener = (name: NodeJS.Signals) => {
    if (began) return;
    began = true;
    const exit = () => process.exit(name === 'SIGINT' ? 130 : name === 'SIGHUP' ? 129 : 143);
    void clean().then(exit, exit);
  };
  for (const name of signals) process.on(name, listener);
  return () => {
    for (const name of signals) process.off(name, listener);
  };
}
