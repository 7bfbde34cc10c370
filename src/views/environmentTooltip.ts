import type { EnvironmentState, RepositoryState } from '../app/repositoryState.ts';
import type { ProtectionRule } from '../core/environment.ts';
import { leavesRecords } from '../core/environmentUse.ts';
import { holdSentence } from '../core/hold.ts';
import { text } from '../core/text.ts';
import { duration } from './duration.ts';
import { evidenceLines } from './evidenceTooltip.ts';
import type { Underway } from './deploysUnderway.ts';
import { failedSince } from './failedSince.ts';
import { bold, escaped, link } from './markdownEscape.ts';
import { absoluteTime } from './relativeTime.ts';
import type { Reader } from './reader.ts';
import { kindWord, stageIcon, stageWords } from './stageWords.ts';
import { versionWithCommit } from './versionWords.ts';

/** All that is known of an environment: what is live and why we believe it, what is on its way, what waits, what guards it. */
export function environmentTooltip(
  environment: EnvironmentState,
  underway: readonly Underway[],
  state: RepositoryState,
  reader: Reader,
): readonly string[] {
  return [
    ...liveLines(environment, reader),
    ...holdLines(environment, reader),
    ...underway.map((deploy) => underwayLine(deploy, reader)),
    ...failureLines(environment, reader),
    ...waitingLines(environment, reader),
    ...workflowLines(environment, reader),
    ...protectionLines(environment, reader),
    ...(state.facts?.isArchived ? [`$(archive) ${reader.say(text('The repository is archived: nothing can be deployed from it.'))}`] : []),
  ];
}

function liveLines({ live, target }: EnvironmentState, reader: Reader): readonly string[] {
  const { say } = reader;
  const environment = bold(target.environment, 80);
  if (live === 'nothing') return [say(text('Nothing was deployed to {environment} yet.', { environment }))];
  if (live === 'unknown' && !leavesRecords(target)) {
    return [say(text('The workflow leaves no deployment records (`deployment: false`), so GitHub cannot tell what is live in {environment}. Its runs can.', { environment })), ...silentSiteLines(target, reader)];
  }
  if (live === 'unknown') return [say(text('What is live in {environment} could not be read.', { environment }))];
  const site = live.evidence.find(({ source }) => source === 'site');
  return [
    say(text('{version} is live in {environment}', { version: bold(versionWithCommit(live)), environment })),
    live.since === undefined
      ? say(text('As the site says; since when and by whom is not known'))
      : live.isRollback
        ? say(text('Rolled back {time} by {who}', { time: escaped(absoluteTime(live.since, reader)), who: escaped(live.by, 80) }))
        : say(text('Since {time}, by {who}', { time: escaped(absoluteTime(live.since, reader)), who: escaped(live.by, 80) })),
    ...evidenceLines(live, reader),
    ...(site ? [] : silentSiteLines(target, reader)),
  ];
}

function holdLines({ hold }: EnvironmentState, reader: Reader): readonly string[] {
  if (!hold) return [];
  const { say } = reader;
  const { message, values } = holdSentence(hold);
  const sentence = say(text(message, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, escaped(String(value))]))));
  const { told } = hold;
  const where = told?.url === undefined ? '' : ` ${link(say(text('Where it was set')), told.url)}`;
  return [
    `$(lock) ${sentence}${where}`,
    ...(told?.at === undefined ? [] : [say(text('Held since {time}.', { time: escaped(absoluteTime(told.at, reader)) }))]),
    told?.isSticky === false
      ? say(text('It is the lock of a deploy under way, which lifts it when it ends.'))
      : say(text('Only rollbacks pass until it is lifted by “Lift Hold…”.')),
  ];
}

function silentSiteLines({ versionUrl }: EnvironmentState['target'], { say }: Reader): readonly string[] {
  if (versionUrl === undefined) return [];
  return [`$(debug-disconnect) ${say(text('The site did not tell its version: {address}', { address: link(versionUrl, versionUrl) }))}`];
}

function underwayLine(deploy: Underway, reader: Reader): string {
  const { say } = reader;
  const what = escaped(stageWords({ ...deploy, startedAt: undefined }, deploy.version ?? deploy.title, reader));
  const who = say(text('{kind} by {who}: {what}', { kind: kindWord(deploy, reader), who: escaped(deploy.actor, 80), what }));
  const reviewers = deploy.reviewers.length === 0 ? '' : ` — ${say(text('Reviewers: {names}', { names: escaped(deploy.reviewers.join(', ')) }))}`;
  return `$(${stageIcon(deploy.stage).codicon.replace('~spin', '')}) ${who}${deploy.step === undefined ? '' : ` — ${escaped(deploy.step, 80)}`}${reviewers}`;
}

function failureLines(environment: EnvironmentState, reader: Reader): readonly string[] {
  const failed = failedSince(environment);
  if (!failed) return [];
  const values = { version: bold(versionWithCommit(failed)), time: escaped(absoluteTime(failed.createdAt, reader)), who: escaped(failed.by, 80) };
  return [`$(error) ${reader.say(text('{version} failed, started {time} by {who}', values))}`];
}

/** Of the commits that wait; the others are counted. */
const listed = 5;

function waitingLines({ live, waiting, target }: EnvironmentState, { say }: Reader): readonly string[] {
  if (typeof live !== 'object') return [];
  const branch = bold(target.branch, 80);
  if (waiting.kind === 'unknown') return [say(text('How many commits of {branch} wait is not known.', { branch }))];
  const lines = [
    waiting.ahead === 0
      ? say(text('Every commit of {branch} is live.', { branch }))
      : waiting.ahead === 1
        ? say(text('1 commit of {branch} waits:', { branch }))
        : say(text('{count} commits of {branch} wait:', { count: waiting.ahead, branch })),
    ...waiting.commits.slice(0, listed).map((commit) => `- ${escaped(commit.headline, 80)} — ${escaped(commit.author, 40)}`),
  ];
  const more = waiting.ahead - Math.min(waiting.commits.length, listed);
  if (waiting.commits.length > 0 && more > 0) lines.push(`- ${say(text('{count} more', { count: more }))}`);
  if (waiting.behind) {
    lines.push(
      waiting.behind === 1
        ? say(text('1 live commit is not on {branch}.', { branch }))
        : say(text('{count} live commits are not on {branch}.', { count: waiting.behind, branch })),
    );
  }
  return lines;
}

function workflowLines({ target, expected }: EnvironmentState, reader: Reader): readonly string[] {
  const { say } = reader;
  const lines: string[] = [];
  if (target.deploy) lines.push(`$(rocket) ${say(text('Deploys with {workflow}', { workflow: fileName(target.deploy.file.path) }))}`);
  else lines.push(`$(circle-slash) ${say(target.whyNot === undefined ? text('No workflow deploys to {environment}.', { environment: escaped(target.environment, 80) }) : text(target.whyNot, { environment: escaped(target.environment, 80) }))}`);
  if (target.rollback) lines.push(`$(discard) ${say(text('Rolls back with {workflow}', { workflow: fileName(target.rollback.file.path) }))}`);
  if (expected) {
    lines.push(`$(watch) ${say(text('A deploy takes about {time} (median of {count})', { time: duration(expected.medianMs, reader), count: expected.count }))}`);
  }
  return lines;
}

function protectionLines({ environment }: EnvironmentState, reader: Reader): readonly string[] {
  if (!environment) return [`$(info) ${reader.say(text('GitHub has no environment of this name yet; the first deploy creates it.'))}`];
  return environment.protectionRules.map((rule) => `$(shield) ${ruleWords(rule, reader)}`);
}

function ruleWords(rule: ProtectionRule, { say }: Reader): string {
  switch (rule.type) {
    case 'requiredReviewers': {
      const names = escaped(rule.reviewers.join(', '));
      return rule.preventSelfReview
        ? say(text('Needs the approval of {names}, not of who deploys', { names }))
        : say(text('Needs the approval of {names}', { names }));
    }
    case 'waitTimer':
      return rule.minutes === 1 ? say(text('Waits 1 minute before it starts')) : say(text('Waits {count} minutes before it starts', { count: rule.minutes }));
    case 'branchPolicy':
      return say(text('Takes only certain branches or tags'));
    case 'unknown':
      return say(text('Has a protection rule that Boussole does not know'));
  }
}

function fileName(path: string): string {
  return bold(path.replace(/^.*\//, ''), 80);
}
