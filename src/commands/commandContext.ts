import type { PipelineChange } from '../app/pipelineChange.ts';
import type { RepositorySession } from '../app/repositorySession.ts';
import type { Sessions } from '../app/sessions.ts';
import type { CheckedFiles, CheckedSettings } from '../app/setupChecks.ts';
import type { SetupGuide } from '../app/setupGuide.ts';
import type { WindowState } from '../app/windowState.ts';
import type { GitHubHost } from '../core/gitHubHost.ts';
import type { GitHubSetup } from '../core/gitHubSetup.ts';
import type { Log } from '../core/log.ts';
import type { PipelineTemplate } from '../core/pipelineTemplate.ts';
import type { CloneCandidates } from '../core/repositoryCandidates.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import type { RowArgument } from '../core/rowArgument.ts';
import type { Slack } from '../core/slack.ts';
import type { SlackCredential } from '../core/slackCredential.ts';
import type { Prompts } from '../host/prompts.ts';

/** All that commands are given. */
export interface CommandContext {
  readonly sessions: Sessions;
  /** Why there are no sessions, when there are none; waits until the window was looked at once. */
  readonly windowState: () => Promise<WindowState>;
  readonly prompts: Prompts;
  readonly isTrusted: () => boolean;
  readonly repositories: {
    readonly candidates: () => readonly CloneCandidates[];
    readonly choose: (root: string, repository: RepositoryId) => Promise<void>;
    /** Looks at the window anew and opens what is not open yet. */
    readonly reopen: () => Promise<void>;
  };
  readonly accounts: {
    readonly hosts: () => readonly GitHubHost[];
    /** With `why` a new session is made although there is one. */
    readonly signIn: (host: GitHubHost, why?: string) => Promise<void>;
    readonly useToken: (host: GitHubHost, token: string | undefined) => Promise<void>;
    readonly hasToken: (host: GitHubHost) => Promise<boolean>;
  };
  readonly slack: {
    readonly isConnected: () => Promise<boolean>;
    /** The connection as it is kept; `undefined` when there is none. */
    readonly current: () => Promise<Slack | undefined>;
    /** A connection that is not kept yet, to try it. */
    readonly open: (credential: SlackCredential) => Promise<Slack>;
    readonly keep: (credential: SlackCredential | undefined) => Promise<void>;
    /** Channel for an environment, or `undefined` where none is set. */
    readonly channelFor: (environment: string) => string | undefined;
    readonly setChannel: (environment: string, channel: string) => Promise<void>;
  };
  readonly setUp: {
    readonly guide: (session: RepositorySession) => SetupGuide;
    readonly templates: () => Promise<readonly PipelineTemplate[]>;
    /** GitHub with the right to write workflow files; asks for the scope where the sign-in lacks it. */
    readonly committer: (session: RepositorySession, signal: AbortSignal) => Promise<GitHubSetup>;
    /** An SSH key that is nowhere but in the answer. */
    readonly generateKey: (comment: string) => Promise<{ readonly privateKey: string; readonly publicLine: string }>;
    readonly showChanges: (repository: string, change: PipelineChange) => Promise<void>;
    readonly showText: (name: string, text: string) => Promise<void>;
    /** Brings the checklist to front. */
    readonly show: () => Promise<void>;
  };
  readonly doctor: {
    /** Checks the workflow files of every open folder. */
    readonly checkFiles: () => Promise<CheckedFiles>;
    /** Shows the settings that were checked as a list, with the files beside them. */
    readonly show: (settings: readonly CheckedSettings[]) => void;
    /** Puts that list away. */
    readonly close: () => void;
  };
  readonly sample: { readonly isOn: () => boolean; readonly explore: () => Promise<void>; readonly leave: () => Promise<void> };
  readonly log: Log & { show(): void };
  /** Brings a row of the Runs view to front; false when the view does not show it. */
  readonly revealRun: (argument: RowArgument) => Promise<boolean>;
  readonly openLogDocument: (argument: RowArgument & { readonly runId: number; readonly jobId: number }) => Promise<void>;
}

/** One command: what it does when asked, with or without a row. Throwing is fine: the error boundary answers. */
export type Command = (context: CommandContext, argument: RowArgument | undefined, signal: AbortSignal) => Promise<void>;
