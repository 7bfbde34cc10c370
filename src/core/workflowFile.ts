/** A workflow file as data. What cannot be read is said in `problem`, and then the rest is empty. */
export interface WorkflowFile {
  /** `.github/workflows/deploy.yml` */
  readonly path: string;
  readonly name: string;
  readonly runName: string | undefined;
  /** `undefined` when it has no `workflow_dispatch` trigger. */
  readonly dispatchInputs: readonly WorkflowInput[] | undefined;
  /** Branches a push to which starts it; patterns as written. */
  readonly pushBranches: readonly string[];
  readonly environments: readonly EnvironmentUse[];
  /** True when a step posts to Slack (an action, `SLACK_` variables, hooks.slack.com or chat.postMessage in a script). */
  readonly postsToSlack: boolean;
  readonly problem: string | undefined;
}

/** How a job names its environment. */
export interface EnvironmentUse {
  /** The literal name, or the expression as written (`${{ inputs.environment }}`). */
  readonly name: string;
  readonly isExpression: boolean;
  /** Literal names that the expression can give (quoted words in it), for matching with real environments. */
  readonly candidates: readonly string[];
  /** Inputs that the expression reads. */
  readonly inputs: readonly string[];
  /** False where no deployment record comes of it: `deployment: false` (gates and secrets only) in a job that writes none itself. */
  readonly recordsDeployment: boolean;
}

export type WorkflowInputType = 'string' | 'choice' | 'boolean' | 'number' | 'environment';

export interface WorkflowInput {
  readonly name: string;
  readonly type: WorkflowInputType;
  readonly description: string;
  readonly required: boolean;
  /** As the string GitHub would send. */
  readonly default: string | undefined;
  /** Only for `choice`. */
  readonly options: readonly string[];
}

/** Reads workflow files (port over a YAML parser). */
export interface WorkflowFiles {
  /** Never throws: malformed text answers with `problem`. */
  parse(path: string, text: string): WorkflowFile;
}
