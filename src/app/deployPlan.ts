import type { Comparison } from '../core/commit.ts';
import type { DeployKind, DeployRequest } from '../core/deployRequest.ts';
import type { DeployTarget, Version } from '../core/deployTarget.ts';
import type { ShippedVersion } from '../core/liveVersion.ts';
import type { RollbackWay } from '../core/rollbackWay.ts';
import type { Text } from '../core/text.ts';
import type { WorkflowInput } from '../core/workflowFile.ts';

/** A version on offer; `disabled` says why this workflow cannot ship it. */
export interface VersionChoice {
  readonly version: Version;
  /** Names of environments where it is live. */
  readonly liveIn: readonly string[];
  /** Release name, commit headline or branch note; hostile text. */
  readonly note: string;
  readonly at: number | undefined;
  readonly isPrerelease: boolean;
  readonly disabled: Text | undefined;
}

/** An earlier deployment that can come back, best first. */
export interface RollbackChoice {
  readonly shipped: ShippedVersion;
  readonly version: Version | undefined;
  readonly way: RollbackWay;
}

/** What a person is about to confirm. */
export interface DeployPlan {
  readonly kind: DeployKind;
  readonly target: DeployTarget;
  readonly version: Version;
  readonly replaces: { readonly label: string; readonly sha: string | undefined } | undefined;
  /** False when it could not be told what is live: then nothing was confirmed about it. */
  readonly isLiveKnown: boolean;
  /** Between what is live and the version; `undefined` when it could not be read. For a rollback `behindBy` counts what is undone. */
  readonly comparison: Comparison | undefined;
  readonly pullRequests: number;
  readonly way: { readonly workflow: string; readonly ref: string };
  /** Filled silently. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Must be asked: required, without a default, and not known to Boussole. */
  readonly asks: readonly WorkflowInput[];
  /** Can be changed behind "Change Inputs…". */
  readonly changeable: readonly WorkflowInput[];
  /** The input that takes the reason, where the workflow has one. */
  readonly reasonInput?: string | undefined;
  /** The workflow cannot be started without a reason. */
  readonly isReasonRequired?: boolean;
  /** Things to know before confirming, worst first. */
  readonly warnings: readonly Text[];
  /** The request as it would be sent, to be completed by the answers. */
  readonly request: DeployRequest;
}
