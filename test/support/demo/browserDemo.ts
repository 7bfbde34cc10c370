import { startHost } from '../host/hostServer.ts';
import { ourExtension } from '../host/ourExtension.ts';
import { startSecretsProxy } from '../host/secretsProxy.ts';
import { simulatedSettings } from '../simulatedGitHub.ts';
import { undoOnFailure } from '../undoList.ts';
import type { DemoWorld } from './demoWorld.ts';

/** VS Code, served on loopback for a browser. */
export interface BrowserDemo {
  readonly address: string;
  dispose(): Promise<void>;
}

/** Serves VS Code with the built extension, signed in to the simulated GitHub, the world's repository open. */
export function startBrowserDemo(world: DemoWorld, options: { readonly port?: number; readonly locale: 'en' | 'fr' }): Promise<BrowserDemo> {
  return undoOnFailure(async (undo) => {
    const host = await startHost({
      extensions: [ourExtension],
      folder: world.folder,
      locale: options.locale,
      settings: simulatedSettings(world.sim.url),
      env: { BOUSSOLE_TEST_TOKEN: world.sim.token },
    });
    undo.add(() => host.dispose());
    const proxy = await startSecretsProxy(host.url, options.port);
    undo.add(() => proxy.close());
    return { address: `${proxy.url}/`, dispose: () => undo.undo() };
  });
}
