import { createGitWorkspace } from '../gitWorkspace.ts';
import { type RunningSimulator, simulatedSettings, startSimulator } from '../simulatedGitHub.ts';

/** Where the host tests live: a simulator, and a repository whose remote points at it. */
export interface HostTestWorld {
  readonly folder: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  dispose(): Promise<void>;
}

/** The world of one run of the host tests; they read the simulator's address from BOUSSOLE_SIMULATOR_URL. */
export async function hostTestWorld(): Promise<HostTestWorld> {
  const simulator: RunningSimulator = await startSimulator({ scenario: 'team' });
  const workspace = await createGitWorkspace(simulator.repository.name, { origin: simulator.remoteUrl }, simulator.files);
  return {
    folder: workspace.folder,
    settings: simulatedSettings(simulator.url),
    env: { BOUSSOLE_SIMULATOR_URL: simulator.url, BOUSSOLE_TEST_TOKEN: simulator.token },
    async dispose() {
      workspace.dispose();
      await simulator.close();
    },
  };
}
