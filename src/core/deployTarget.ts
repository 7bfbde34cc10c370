import type { KnownInput } from './settings.ts';
import type { WorkflowFile } from './workflowFile.ts';

/** An environment and the workflows that deploy to it and roll it back. */
export interface DeployTarget {
  readonly environment: string;
  readonly isProduction: boolean;
  /** Branch whose commits wait for the environment. */
  readonly branch: string;
  /** `undefined`: nothing can deploy to it by hand, and `whyNot` says why. */
  readonly deploy: TargetWorkflow | undefined;
  readonly rollback: TargetWorkflow | undefined;
  /** English template for why `deploy` is missing. */
  readonly whyNot: string | undefined;
  readonly versionUrl: string | undefined;
}

/** A workflow seen as the way to one environment. */
export interface TargetWorkflow {
  readonly file: WorkflowFile;
  /** Names of this workflow's inputs by what they mean to Boussole; absent where it has no such input. */
  readonly inputs: Readonly<Partial<Record<KnownInput, string>>>;
  /**
   * The branch it is started on when it is told a version: the environment's own, or the default branch where the workflow checks by
   * itself what it ships or replaces, so that the branch it runs on decides nothing but whose workflow file runs.
   */
  readonly branch: string;
}

/** A version that a person can pick to ship. */
export interface Version {
  /** What people call it: a release's tag, a branch, or a short SHA. */
  readonly label: string;
  readonly kind: 'release' | 'tag' | 'branch' | 'commit';
  /** The ref or SHA to ask for. */
  readonly ref: string;
  readonly sha: string;
}
