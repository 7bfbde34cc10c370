import type { RepositoryState } from '../app/repositoryState.ts';
import type { DeployError } from '../core/deployError.ts';
import type { DeployEvent } from '../core/deployEvent.ts';
import { isDryRun } from '../core/dryRun.ts';
import { ofEnvironment } from '../core/environment.ts';
import { plainText } from '../core/plainText.ts';
import { repositoryKey, repositoryUrl } from '../core/repositoryId.ts';
import type { RowArgument } from '../core/rowArgument.ts';
import { runTitle } from '../core/runTitle.ts';
import type { NotificationLevel, Settings } from '../core/settings.ts';
import { text, type Text } from '../core/text.ts';
import type { SeenRun, TrackedRun } from '../core/trackedRun.ts';
import { stateOf } from './deploysUnderway.ts';
import { dryRunToast } from './dryRunToast.ts';
import { duration } from './duration.ts';
import { errorWords } from './errorWords.ts';
import { isHoldRun } from './holdRun.ts';
import type { Reader } from './reader.ts';
import { runFacts } from './runFacts.ts';

/** A notification as data: what is said and what can be done next. */
export interface Toast {
  readonly severity: 'information' | 'warning' | 'error';
  readonly message: string;
  readonly actions: readonly ToastAction[];
}

export interface ToastAction {
  readonly title: string;
  readonly command: string;
  readonly argument: RowArgument;
}

/** What to notify of a moment in a deploy's life; `undefined` when the settings or the moment ask for silence. */
export function toastFor({ type, run }: DeployEvent, state: RepositoryState, settings: Settings, reader: Reader): Toast | undefined {
  const subject = subjectOf(run, state);
  const level = levelFor(subject.environment, settings);
  const outcome = outcomeOf(type);
  if (!outcome || !isWanted(outcome, level, subject)) return undefined;
  const isDry = isDryRun(run.request, 'seen' in run ? run.seen.run : undefined);
  // Whoever asked for it is told by the command itself, without the offer to deploy again.
  if (isDry && outcome === 'rejected') return undefined;
  if (isDry && (outcome === 'waiting' || outcome === 'succeeded' || outcome === 'failed' || outcome === 'cancelled')) {
    const whileWaiting = actionsFor('waiting', subject, run, state, reader);
    return dryRunToast(outcome, subject.environment ?? '', reviewersOf(subject), { ...openings(subject, run, state, reader), whileWaiting }, reader);
  }
  const { say } = reader;
  const message = [say(sentence(outcome, subject, run, reader)), consequence(outcome, subject, state, reader)].filter(Boolean).join(' ');
  return { severity: severityOf(outcome), message, actions: actionsFor(outcome, subject, run, state, reader) };
}

type Outcome = 'waiting' | 'succeeded' | 'failed' | 'cancelled' | 'rejected' | 'unconfirmed' | 'notSeen' | 'lost';

interface Subject {
  readonly environment: string | undefined;
  readonly version: string;
  readonly isRollback: boolean;
  readonly isMine: boolean;
  readonly actor: string;
  readonly seen: SeenRun | undefined;
}

function subjectOf(run: TrackedRun, state: RepositoryState): Subject {
  const { request } = run;
  const seen = 'seen' in run ? run.seen : undefined;
  const facts = runFacts(state);
  const environment = request?.environment ?? (seen?.run && facts.environmentOf(seen.run)) ?? seen?.pending[0]?.environment;
  const version = request?.version.label ?? (seen?.run && (environment === undefined ? runTitle(seen.run) : facts.versionOf(seen.run, environment)));
  const actor = request?.actor ?? seen?.run?.actor ?? '';
  return {
    environment,
    version: plainText(version ?? '', 80),
    isRollback: request?.kind === 'rollback',
    isMine: request !== undefined || (actor !== '' && actor === state.facts?.viewer),
    actor: plainText(actor, 40),
    seen,
  };
}

/** The level set for the environment, else for all others (`*`), else one's own deploys. */
function levelFor(environment: string | undefined, { notifications }: Settings): NotificationLevel {
  return (environment === undefined ? undefined : ofEnvironment(notifications, environment)) ?? notifications['*'] ?? 'mine';
}

function outcomeOf(type: DeployEvent['type']): Outcome | undefined {
  switch (type) {
    case 'waiting':
    case 'succeeded':
    case 'failed':
    case 'cancelled':
    case 'rejected':
    case 'unconfirmed':
    case 'notSeen':
    case 'lost':
      return type;
    case 'dispatched':
    case 'found':
    case 'started':
    case 'progressed':
    case 'rerun':
      return undefined;
  }
}

/** A refused or unanswered request is the answer to what the user just did: only `none` silences it. */
function isWanted(outcome: Outcome, level: NotificationLevel, { isMine, seen }: Subject): boolean {
  const isTrouble = outcome === 'failed' || outcome === 'notSeen' || outcome === 'lost' || outcome === 'rejected' || outcome === 'unconfirmed';
  switch (level) {
    case 'none':
      return false;
    case 'failures':
      return isTrouble && (isMine || outcome === 'failed');
    case 'mine':
      return isMine;
    case 'all':
      return isMine || outcome === 'succeeded' || outcome === 'failed' || outcome === 'cancelled' || (outcome === 'waiting' && canApprove(seen));
  }
}

function canApprove(seen: SeenRun | undefined): boolean {
  return seen?.pending.some((pending) => pending.canApprove) ?? false;
}

function severityOf(outcome: Outcome): Toast['severity'] {
  if (outcome === 'failed' || outcome === 'rejected') return 'error';
  return outcome === 'succeeded' || outcome === 'waiting' ? 'information' : 'warning';
}

function sentence(outcome: Outcome, { environment, version, isRollback, isMine, actor, seen }: Subject, run: TrackedRun, { say }: Reader): Text {
  const values = { environment: plainText(environment ?? '', 40), version, actor };
  if (environment === undefined) return text('{what}: {state}.', { what: version || say(text('A deploy')), state: say(shortWord(outcome)) });
  switch (outcome) {
    case 'waiting': {
      const names = reviewersOf({ seen });
      if (!isMine) return text('{actor} asks for approval to deploy {version} to {environment}.', values);
      return names === ''
        ? text('{version} waits for approval before it goes to {environment}.', values)
        : text('{version} waits for the approval of {names} before it goes to {environment}.', { ...values, names });
    }
    case 'succeeded':
      if (isRollback) return text('{environment} is back on {version}.', values);
      return isMine ? text('{version} is live in {environment}.', values) : text('{actor} deployed {version} to {environment}.', values);
    case 'failed':
      if (isRollback) return text('The rollback of {environment} to {version} failed.', values);
      return isMine ? text('The deploy of {version} to {environment} failed.', values) : text('{actor}’s deploy of {version} to {environment} failed.', values);
    case 'cancelled':
      return isMine
        ? text('The deploy of {version} to {environment} was cancelled.', values)
        : text('{actor}’s deploy of {version} to {environment} was cancelled.', values);
    case 'rejected':
      return run.phase === 'rejected'
        ? text('{version} was not deployed to {environment}: {reason}', { ...values, reason: say(errorWords(run.error)) })
        : text('{version} was not deployed to {environment}.', values);
    case 'unconfirmed':
      return text('GitHub did not confirm the deploy of {version} to {environment}. Its run is being looked for; nothing is sent twice.', values);
    case 'notSeen':
      return text('No run appeared for the deploy of {version} to {environment}. Look on GitHub before you try again.', values);
    case 'lost':
      return text('The run that deploys {version} to {environment} can no longer be seen.', values);
  }
}

function reviewersOf({ seen }: Pick<Subject, 'seen'>): string {
  return plainText([...new Set(seen?.pending.flatMap((pending) => pending.reviewers))].join(', '), 120);
}

function shortWord(outcome: Outcome): Text {
  switch (outcome) {
    case 'waiting':
      return text('waiting for approval');
    case 'succeeded':
      return text('succeeded');
    case 'failed':
      return text('failed');
    case 'cancelled':
      return text('cancelled');
    case 'rejected':
      return text('refused');
    case 'unconfirmed':
      return text('unconfirmed');
    case 'notSeen':
      return text('no run seen');
    case 'lost':
      return text('out of sight');
  }
}

/** How long it took, or what users see now. */
function consequence(outcome: Outcome, { environment, seen }: Subject, state: RepositoryState, reader: Reader): string | undefined {
  const { say } = reader;
  const tracked = state.tracked.find((run) => 'seen' in run && run.seen.runId === seen?.runId);
  if (outcome === 'succeeded') {
    const startedAt = seen?.run?.startedAt;
    if (startedAt === undefined || tracked?.phase !== 'completed') return undefined;
    return say(text('It took {time}.', { time: duration(tracked.completedAt - startedAt, reader) }));
  }
  const live = stateOf(state, environment)?.live;
  if ((outcome !== 'failed' && outcome !== 'cancelled') || typeof live !== 'object' || live.runId === seen?.runId) return undefined;
  return say(text('{version} is the last one that succeeded.', { version: plainText(live.label, 60) }));
}

function openings({ environment, seen }: Subject, run: TrackedRun, state: RepositoryState, { say }: Reader): { readonly argument: RowArgument; readonly openLog: ToastAction; readonly openRun: ToastAction } {
  const argument: RowArgument = {
    repositoryKey: repositoryKey(state.repository),
    trackedKey: run.key,
    ...(environment === undefined ? {} : { environment }),
    ...(seen ? { runId: seen.runId, url: seen.url } : {}),
  };
  return {
    argument,
    openLog: { title: say(text('Open Log')), command: 'boussole.openLog', argument },
    openRun: { title: say(text('Open Run')), command: 'boussole.openRun', argument },
  };
}

function actionsFor(outcome: Outcome, subject: Subject, run: TrackedRun, state: RepositoryState, reader: Reader): readonly ToastAction[] {
  const { seen, isRollback } = subject;
  const { say } = reader;
  const { argument, openLog, openRun } = openings(subject, run, state, reader);
  const rollBack = { title: say(text('Roll Back…')), command: 'boussole.rollBack', argument };
  const undo = isHoldRun(run, state) ? [] : [rollBack];
  switch (outcome) {
    case 'waiting':
      return canApprove(seen) ? [{ title: say(text('Approve or Reject…')), command: 'boussole.approve', argument }, openRun] : [openRun];
    case 'succeeded':
      return [openRun, ...undo];
    case 'failed':
      return [openLog, ...undo, { title: say(text('Retry')), command: hasJobs(run) ? 'boussole.rerunFailed' : 'boussole.rerun', argument }];
    case 'cancelled':
      return [openLog, { title: say(text('Re-Run')), command: 'boussole.rerun', argument }];
    case 'rejected':
      return [
        ...(run.phase === 'rejected' ? answersTo(run.error, argument, state, say) : []),
        isRollback ? rollBack : { title: say(text('Deploy Again…')), command: 'boussole.deploy', argument },
        { title: say(text('Show Log')), command: 'boussole.showLog', argument },
      ];
    case 'unconfirmed':
    case 'notSeen':
      return [{ title: say(text('Show Runs')), command: 'boussole.runs.focus', argument }];
    case 'lost':
      return [openRun];
  }
}

/** False where not even a job was started, so that none of them can be repeated. */
function hasJobs(run: TrackedRun): boolean {
  return run.phase !== 'completed' || run.conclusion !== 'startupFailure';
}

/** What mends the refusal itself, the first of what the error offers. */
function answersTo({ actions }: DeployError, argument: RowArgument, { repository }: RepositoryState, say: Reader['say']): readonly ToastAction[] {
  for (const action of actions) {
    switch (action) {
      case 'signIn':
      case 'signInAgain':
        return [{ title: say(text('Sign In Again')), command: 'boussole.signIn', argument }];
      case 'authorizeSaml':
        return [{ title: say(text('Authorize')), command: 'boussole.signIn', argument }];
      case 'useToken':
        return [{ title: say(text('Use a Token…')), command: 'boussole.useToken', argument }];
      case 'openOnGitHub':
        return [{ title: say(text('Open on GitHub')), command: 'boussole.openOnGitHub', argument: { ...argument, url: `${repositoryUrl(repository)}/actions` } }];
      case 'retry':
      case 'showLog':
      case 'openSettings':
      case 'selectRepository':
      case 'connectSlack':
      case 'liftHold':
        continue;
    }
  }
  return [];
}
