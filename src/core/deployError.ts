import type { Text } from './text.ts';

/** Why something that the user asked for could not be done, in kinds that each have an answer of their own. */
export type DeployErrorKind =
  | 'notSignedIn' | 'tokenRejected' | 'forbidden' | 'samlRequired' | 'missingScope' | 'codespacesToken' | 'rateLimited' | 'offline' | 'proxy'
  | 'certificate' | 'serverError' | 'notFound' | 'repositoryArchived' | 'workflowDisabled' | 'noDispatchTrigger' | 'refNotFound' | 'inputRejected'
  | 'conflict' | 'malformedAnswer' | 'noRepository' | 'noTarget' | 'notAvailable' | 'workflowUnreadable' | 'refMoved' | 'held' | 'untrusted'
  | 'slackNotConnected' | 'slackTokenRejected' | 'slackMissingScope' | 'slackChannel' | 'slackNotInChannel' | 'slackRefused' | 'slackRateLimited'
  | 'slackUnreachable' | 'slackUnconfirmed' | 'unknownOutcome' | 'workflowScopeMissing' | 'branchTaken';

/** Something the user can do about an error; `commands` turns it into a button. */
export type ErrorAction =
  | 'signIn' | 'signInAgain' | 'useToken' | 'retry' | 'showLog' | 'openSettings' | 'selectRepository' | 'connectSlack' | 'openOnGitHub' | 'authorizeSaml' | 'liftHold';

/**
 * An error fit to show: `message` is an English template with `{name}` places that the view translates and fills from `values`.
 * Decide by `kind`; bundles are loaded apart, so `instanceof` is not reliable across them: use `isDeployError`.
 */
export class DeployError extends Error {
  override readonly name = 'DeployError';
  readonly kind: DeployErrorKind;
  readonly values: Readonly<Record<string, string>>;
  readonly actions: readonly ErrorAction[];
  /** When asking again makes sense, server time; only for rate limits. */
  readonly retryAt: number | undefined;
  /** From when what is in the way stands, server time; only for holds. */
  readonly since: number | undefined;
  /** Facts for the log: never tokens, addresses of webhooks, or input values. */
  readonly detail: string | undefined;

  constructor(
    kind: DeployErrorKind,
    message: string,
    more: { values?: Readonly<Record<string, string>>; actions?: readonly ErrorAction[]; retryAt?: number; since?: number | undefined; detail?: string; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.kind = kind;
    this.values = more.values ?? {};
    this.actions = more.actions ?? [];
    this.retryAt = more.retryAt;
    this.since = more.since;
    this.detail = more.detail;
  }
}

/** A sentence as an error. */
export function errorSaying(kind: DeployErrorKind, { message, values }: Text, actions: readonly ErrorAction[] = []): DeployError {
  return new DeployError(kind, message, { values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])), actions });
}

/** Recognises a `DeployError` from any bundle. */
export function isDeployError(error: unknown): error is DeployError {
  return error instanceof Error && error.name === 'DeployError' && 'kind' in error;
}

/** True for what an `AbortSignal` throws: nothing to report, somebody changed their mind. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
