import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes an ssh that runs a script first, and is the real one unless that ends it. Answers the folder to put in front of PATH. */
export function sshThat(folder: string, script: string): string {
  const path = join(folder, 'ssh');
  writeFileSync(path, `#!/bin/bash\n${script}\nexec /usr/bin/ssh "$@"\n`);
  chmodSync(path, 0o755);
  return folder;
}
