import type { PackageManager, PipelineAnswers, PipelineEnvironment } from './pipelineAnswers.ts';
import type { ServerAddress } from './serverAddress.ts';

/** An environment with the server behind it. */
export interface SetupEnvironment extends PipelineEnvironment {
  readonly server: ServerAddress;
  /** Answers 200 with the version that runs; empty: the site is not looked at from outside. */
  readonly versionUrl: string;
  /** Logins, or `organization/team`; one of them must agree to each deploy. */
  readonly reviewers: readonly string[];
}

/** How the pipeline tells Slack. */
export type SetupSlack = { readonly kind: 'bot'; readonly channel: string } | { readonly kind: 'webhook' } | { readonly kind: 'none' };

/** All that Set Up asked; kept in the workspace's state, so no secret may ever be in it. */
export interface SetupAnswers {
  readonly environments: readonly SetupEnvironment[];
  readonly packageManager: PackageManager;
  readonly slack: SetupSlack;
}

/** What the pipeline's files depend on. */
export function pipelineAnswers({ environments, packageManager }: SetupAnswers): PipelineAnswers {
  return { environments: environments.map(({ name, branch, isProduction }) => ({ name, branch, isProduction })), packageManager, records: 'own' };
}

/** The variables that an environment's jobs read. */
export function environmentVariables({ server, versionUrl }: SetupEnvironment): Readonly<Record<string, string>> {
  const address = { DEPLOY_HOST: server.host, DEPLOY_PORT: String(server.port), DEPLOY_USER: server.user };
  return versionUrl === '' ? address : { ...address, APP_URL: new URL(versionUrl).origin, VERSION_URL: versionUrl };
}

/** The branches whose workflows may use an environment: its own, for pushes, and the default one, where people dispatch. */
export function branchesOf(environment: PipelineEnvironment, defaultBranch: string): readonly string[] {
  return [...new Set([environment.branch, defaultBranch])];
}

/** The secret that holds Slack's credential. */
export function slackSecret(slack: SetupSlack): 'SLACK_BOT_TOKEN' | 'SLACK_WEBHOOK_URL' {
  return slack.kind === 'webhook' ? 'SLACK_WEBHOOK_URL' : 'SLACK_BOT_TOKEN';
}
