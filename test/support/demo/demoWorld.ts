import { createGitWorkspace } from '../gitWorkspace.ts';
import { type RunningSimulator, type ServeOptions, startSimulator } from '../simulatedGitHub.ts';
import { undoOnFailure } from '../undoList.ts';

/** A served scenario, and a repository on disk whose remote is the simulated one. */
export interface DemoWorld {
  readonly sim: RunningSimulator;
  readonly folder: string;
  dispose(): Promise<void>;
}

/** Starts the world that a person explores: the wall clock, and a kind pace (a deploy takes well under a minute). */
export function startDemoWorld(options: ServeOptions): Promise<DemoWorld> {
  return undoOnFailure(async (undo) => {
    const sim = await startSimulator({ pace: 'kind', ...options });
    undo.add(() => sim.close());
    const workspace = await createGitWorkspace(sim.repository.name, { origin: sim.remoteUrl }, sim.files);
    undo.add(() => workspace.dispose());
    return { sim, folder: workspace.folder, dispose: () => undo.undo() };
  });
}
