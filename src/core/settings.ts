/** What a team says of one environment in `boussole.environments`. Everything is optional; convention fills the rest. */
export interface EnvironmentSettings {
  /** File name or path of the workflow that deploys to it. */
  readonly workflow?: string;
  readonly rollbackWorkflow?: string;
  /** The branch whose commits wait for this environment and that deploys without a version ship. */
  readonly branch?: string;
  /** Names of the workflow's inputs where they differ from the convention. */
  readonly inputs?: Partial<Record<KnownInput, string>>;
  readonly production?: boolean;
  /** Answers the version that the site itself runs, as JSON (`version`, `sha`) or text. */
  readonly versionUrl?: string;
  /** Where Slack messages about it go; a channel id or name. User and machine settings only. */
  readonly slackChannel?: string;
}

/** Inputs that Boussole fills by itself. */
export type KnownInput = 'environment' | 'version' | 'expectedSha' | 'expectedCurrent' | 'reason' | 'correlationId';

export type NotificationLevel = 'all' | 'mine' | 'failures' | 'none';

export type SlackEvent = 'start' | 'waiting' | 'progress' | 'success' | 'failure' | 'cancelled';

/** Every setting the product reads, already checked; a wrong value is reported once and the default used. */
export interface Settings {
  readonly environments: Readonly<Record<string, EnvironmentSettings>>;
  readonly stagingEnvironment: string | undefined;
  readonly productionEnvironment: string | undefined;
  /** Environments, by name, or `*` for all others. */
  readonly notifications: Readonly<Record<string, NotificationLevel>>;
  /** False: nothing is asked of GitHub unless the user asks or a deploy is followed. */
  readonly backgroundRefresh: boolean;
  readonly slack: {
    /** Whether the deploy workflow posts by itself, so that only who and why are told: `auto` as its file shows, else always or never. */
    readonly whenWorkflowPosts: 'auto' | 'always' | 'never';
    readonly channels: Readonly<Record<string, string>>;
    readonly events: Readonly<Record<string, readonly SlackEvent[]>>;
  };
}
