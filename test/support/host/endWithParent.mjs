// Loaded before the VS Code server: when the process that started it is gone without having ended it (killed, crashed), the
// server ends itself and everything in its process group.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid === parent) return;
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    process.exit(1);
  }
}, 1000).unref();
