import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../eventually.ts';
import type { DeployServer } from './deployServer.ts';

/** A hook or tool that stops in the middle until it is let go, so that a test can do something at exactly that moment. */
export interface Hold {
  /** Resolves once it runs. */
  reached(): Promise<void>;
  letGo(): void;
}

/** Makes a hook of the server hold. */
export function holdHook(server: DeployServer, name: 'health' | 'reload' | 'migrate'): Hold {
  return hold(server, name, (script) => server.hook(name, script));
}

/** Makes a tool of the server hold. */
export function holdTool(server: DeployServer, name: string): Hold {
  return hold(server, name, (script) => server.tool(name, script));
}

function hold(server: DeployServer, name: string, make: (script: string) => void): Hold {
  const reached = join(server.base, `${name}.reached`);
  const go = join(server.base, `${name}.go`);
  // It ends by itself when the test's folder is gone.
  make(`: > '${reached}'; while [[ -e '${reached}' && ! -e '${go}' ]]; do sleep 0.02; done`);
  return {
    reached: () =>
      eventually(() => {
        if (!existsSync(reached)) throw new Error(`${name} was not reached.`);
      }),
    letGo: () => writeFileSync(go, ''),
  };
}
