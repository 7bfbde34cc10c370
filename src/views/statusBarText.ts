import type { Connection, EnvironmentState } from '../app/repositoryState.ts';
import type { DeployErrorKind } from '../core/deployError.ts';
import { sameEnvironment } from '../core/environment.ts';
import { fullName } from '../core/repositoryId.ts';
import { text } from '../core/text.ts';
import { deploysUnderway, type Underway } from './deploysUnderway.ts';
import { recentlyEnded, type EndedDeploy } from './ended.ts';
import { failedSince } from './failedSince.ts';
import { statusText } from './iconEscape.ts';
import { spoken } from './row.ts';
import type { Reader } from './reader.ts';
import { connectionWords } from './connectionWords.ts';
import { elapsed, stageIcon } from './stageWords.ts';
import type { StatusInput } from './statusInput.ts';
import { statusTooltip } from './statusTooltip.ts';
import { versionWithCommit } from './versionWords.ts';

/** The status bar's item as data. */
export interface StatusText {
  /** Icons and words; foreign text in it is escaped. */
  readonly text: string;
  /** Markdown lines, escaped. */
  readonly tooltip: readonly string[];
  readonly background: 'none' | 'warning' | 'error';
  readonly accessibilityLabel: string;
  /** True while the text changes with time alone. */
  readonly ticks: boolean;
}

/**
 * The status bar's words: own deploys under way, then what became of own ones, then teammates' deploys, then what is live.
 * `undefined` while there is nothing to say.
 */
export function statusBarText(inputs: readonly StatusInput[]): StatusText | undefined {
  const first = inputs[0];
  if (!first) return undefined;
  const underway = inputs.flatMap(({ state, reader }) => deploysUnderway(state, reader.now).map((deploy) => ({ deploy, reader, state })));
  const mine = underway.filter(({ deploy }) => deploy.isMine);
  const ended = inputs.flatMap(({ state, reader }) => recentlyEnded(state, reader.now).map((end) => ({ end, reader })));
  const trouble = ended.find(({ end }) => end.outcome !== 'succeeded' && end.outcome !== 'cancelled');
  const tooltip = statusTooltip(inputs);
  const multiple = inputs.length > 1;
  if (mine.length > 1) return { ...several(mine, first.reader), tooltip, ticks: true };
  if (mine[0]) return { ...own(mine[0].deploy, mine[0].reader, multiple ? fullName(mine[0].state.repository) : undefined), tooltip, ticks: true };
  const end = trouble ?? ended[0];
  if (end) return { ...ending(end.end, end.reader), tooltip, ticks: true };
  if (underway.length > 1) return { ...several(underway, first.reader), tooltip, ticks: true };
  if (underway[0]) return { ...teammate(underway[0].deploy, underway[0].reader), tooltip, ticks: true };
  const idle = quiet(first);
  return idle && { ...idle, tooltip, ticks: false };
}

type Words = Omit<StatusText, 'tooltip' | 'ticks'>;

function own(deploy: Underway, reader: Reader, repository: string | undefined): Words {
  const { say } = reader;
  const what = headline(deploy);
  const time = elapsed(deploy, reader);
  const moving = [time, deploy.step === undefined ? '' : statusText(deploy.step)].filter(Boolean).join(' · ');
  const icon = stageIcon(deploy.stage).codicon;
  const words = (): string => {
    switch (deploy.stage) {
      case 'sending':
        return say(text('{what}: sending', { what }));
      case 'looking':
        return say(text('{what}: looking for its run', { what }));
      case 'queued':
        return say(text('{what}: queued', { what }));
      case 'pending':
        return say(text('{what}: waits for another run', { what }));
      case 'waiting':
        return deploy.isDryRun ? say(text('{what}: dry run waits for approval', { what })) : say(text('{what}: waits for approval', { what }));
      case 'cancelling':
        return say(text('{what}: being cancelled', { what }));
      case 'running':
        return `${what} ${moving}`.trimEnd();
    }
  };
  const said = words() + (repository === undefined ? '' : ` (${statusText(repository)})`);
  return {
    text: `$(${icon}) ${said}`,
    background: deploy.stage === 'waiting' ? 'warning' : 'none',
    accessibilityLabel: deploy.isDryRun ? said : deploy.kind === 'rollback' ? say(text('Rolling back: {what}', { what: said })) : say(text('Deploying: {what}', { what: said })),
  };
}

/** `production v1.4.3`; a rollback shows its direction. */
function headline({ environment, version, title, kind }: Underway): string {
  const name = statusText(version ?? title, 30);
  const place = environment === undefined ? '' : statusText(environment, 24);
  return [place, kind === 'rollback' ? `↩ ${name}` : name].filter(Boolean).join(' ');
}

function several(deploys: readonly { readonly deploy: Underway; readonly reader: Reader }[], { say }: Reader): Words {
  const parts = deploys.slice(0, 3).map(({ deploy, reader }) => {
    const waits = deploy.stage === 'waiting' ? say(text('waits for approval')) : elapsed({ ...deploy, expectedMs: undefined }, reader);
    return `${headline(deploy)} ${waits}`.trim();
  });
  const rest = deploys.length > 3 ? '…' : '';
  const waiting = deploys.some(({ deploy }) => deploy.stage === 'waiting' && deploy.isMine);
  const said = say(text('{count} deploys: {list}', { count: deploys.length, list: parts.join(', ') + rest }));
  return { text: `$(${waiting ? 'bell-dot' : 'sync~spin'}) ${said}`, background: waiting ? 'warning' : 'none', accessibilityLabel: said };
}

function teammate(deploy: Underway, reader: Reader): Words {
  const { say } = reader;
  const values = {
    who: statusText(deploy.actor, 24),
    version: statusText(deploy.version ?? deploy.title, 30),
    environment: statusText(deploy.environment ?? '', 24),
  };
  const sentence = (): string => {
    if (deploy.environment === undefined) return say(text('{who} is running {version}', values));
    if (deploy.isDryRun) return deploy.canApprove ? say(text('{who} needs your approval: dry run of {environment}', values)) : say(text('{who} waits for approval of a dry run of {environment}', values));
    if (deploy.stage === 'waiting' && deploy.canApprove) return say(text('{who} needs your approval: {version} to {environment}', values));
    if (deploy.stage === 'waiting') return say(text('{who} waits for approval of {version} in {environment}', values));
    if (deploy.kind === 'rollback') return say(text('{who} is rolling {environment} back to {version}', values));
    return say(text('{who} is deploying {version} to {environment}', values));
  };
  const said = sentence();
  const time = deploy.stage === 'running' ? ` ${elapsed({ ...deploy, expectedMs: undefined }, reader)}` : '';
  const background = deploy.stage === 'waiting' && deploy.canApprove ? 'warning' : 'none';
  return { text: `$(${stageIcon(deploy.stage).codicon}) ${said}${time}`.trimEnd(), background, accessibilityLabel: said };
}

function ending(end: EndedDeploy, { say }: Reader): Words {
  const what = `${statusText(end.environment, 24)} ${statusText(end.version, 30)}`;
  const [icon, said, background] = ((): readonly [string, string, StatusText['background']] => {
    switch (end.outcome) {
      case 'succeeded':
        return ['pass-filled', end.isRollback ? say(text('{what}: rolled back', { what })) : say(text('{what}: deployed', { what })), 'none'];
      case 'cancelled':
        return ['circle-slash', say(text('{what}: cancelled', { what })), 'none'];
      case 'failed':
        return ['error', end.isRollback ? say(text('{what}: rollback failed', { what })) : say(text('{what}: failed', { what })), 'error'];
      case 'rejected':
        return ['error', say(text('{what}: not started', { what })), 'error'];
      case 'notSeen':
        return ['question', say(text('{what}: no run seen', { what })), 'warning'];
      case 'lost':
        return ['question', say(text('{what}: out of sight', { what })), 'warning'];
    }
  })();
  return { text: `$(${icon}) ${said}`, background, accessibilityLabel: said };
}

/** How long somebody else's failed deploy is said beside what is live; the view says it until a later one succeeds. */
const freshFailureMs = 3_600_000;

function quiet({ state, reader, environment }: StatusInput): Words | undefined {
  const { say } = reader;
  const { connection } = state;
  const cared = caredFor(state.environments, environment);
  if (!cared) {
    if (connection.kind !== 'failed') return undefined;
    const said = connectionWords(connection, reader) ?? '';
    return { text: `$(${troubleIcon(connection)}) Boussole`, background: 'none', accessibilityLabel: spoken(['Boussole', said]) };
  }
  const name = statusText(cared.target.environment, 24);
  const version = ((): string => {
    if (cared.live === 'nothing') return say(text('nothing deployed yet'));
    if (cared.live === 'unknown') return say(text('live version unknown'));
    return statusText(cared.live.label, 30);
  })();
  const isConflict = typeof cared.live === 'object' && cared.live.conflict === 'sources';
  const failed = failedSince(cared);
  const isFresh = failed !== undefined && reader.now - failed.createdAt < freshFailureMs;
  const news = isConflict ? say(text('sources disagree')) : isFresh ? say(text('{version} failed', { version: statusText(failed.label, 30) })) : undefined;
  const age = connection.kind === 'failed' ? connectionWords(connection, reader) : undefined;
  const icon = connection.kind === 'failed' ? troubleIcon(connection) : isConflict ? 'warning' : isFresh ? 'error' : 'rocket';
  return {
    text: `$(${icon}) ${name} ${version}${news === undefined ? '' : ` · ${news}`}`,
    background: 'none',
    accessibilityLabel: spoken([
      say(text('Live in {environment}: {version}', { environment: name, version: typeof cared.live === 'object' ? versionWithCommit(cared.live) : version })),
      news,
      age,
    ]),
  };
}

/** The chosen environment, else production, else the last on the way to the users. */
export function caredFor(environments: readonly EnvironmentState[], chosen: string | undefined): EnvironmentState | undefined {
  return (
    environments.find(({ target }) => chosen !== undefined && sameEnvironment(target.environment, chosen)) ??
    environments.find(({ target }) => target.isProduction) ??
    environments.at(-1)
  );
}

const noAccount = new Set<DeployErrorKind>(['notSignedIn', 'tokenRejected', 'samlRequired', 'missingScope']);
const noNetwork = new Set<DeployErrorKind>(['offline', 'proxy', 'certificate']);

function troubleIcon({ error }: Extract<Connection, { kind: 'failed' }>): string {
  if (noAccount.has(error.kind)) return 'account';
  return noNetwork.has(error.kind) ? 'debug-disconnect' : 'warning';
}
