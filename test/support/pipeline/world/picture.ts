import { readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Deployment } from '../../../../src/simulator/world/model.ts';
import type { SlackMessage } from '../../../../src/simulator/slack/workspace.ts';
import type { DeployServer } from '../deployServer.ts';
import { pictureOf, type Run } from '../workflow/run.ts';
import type { EnvironmentName, PipelineWorld } from './pipelineWorld.ts';

/**
 * What everybody sees of an environment after a run, as text that is the same on every machine: the run's page, the server's
 * folders and journal, tags, deployment records, the hold and Slack.
 */
export async function picture(world: PipelineWorld, run: Run, environment: EnvironmentName = 'production'): Promise<string> {
  const tags = Object.entries(await world.tags()).map(([name, sha]) => `${name} = ${sha}`);
  const records = world.deployments().filter((one) => one.environment === environment).map(recordLine);
  const lines = [
    pictureOf(run),
    ...section('server', serverLines(world.servers[environment])),
    ...section('tags', tags),
    ...section('releases', world.repository.releases.map(({ name, draft, prerelease }) => `${name}${draft ? ' (draft)' : ''}${prerelease ? ' (prerelease)' : ''}`)),
    ...section('records', records),
    ...section('hold', holdLines(world, environment)),
    ...section('Slack', slackLines(world.messages())),
  ];
  return stable(world, lines.join('\n'));
}

/** The same text with names in place of what differs from one machine or day to the next: commits `c1`, `c2` …, runs, addresses, times. */
export function stable(world: PipelineWorld, text: string): string {
  let named = text;
  for (const [index, { sha }] of world.commits.entries()) named = named.replaceAll(sha, `c${index + 1}`).replaceAll(sha.slice(0, 7), `c${index + 1}`);
  return named
    .replaceAll(world.url, 'http://github')
    .replaceAll(/\b([67])0000000(\d\d)\b/g, (_whole, kind: string, digits: string) => `${kind === '7' ? 'run' : 'past'}${Number(digits)}`)
    .replaceAll(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?( ?Z| UTC)?/g, 'TIME')
    .replaceAll(/\b(\d+ min )?\d+ (s|ms|seconds|minutes)\b/g, 'DURATION')
    .replaceAll(/\b[0-9a-f]{64}\b/g, 'HASH');
}

/** The server's own view: what is live, what is kept, what is half done, and the journal without switches. */
function serverLines(server: DeployServer): string[] {
  const half = [...server.list('incoming').map((name) => `incoming/${name}`), ...server.list('.relctl/checking').map((name) => `checking/${name}`)];
  let current = 'nothing';
  try {
    current = readlinkSync(join(server.base, 'current'));
  } catch {
    // Nothing was ever live.
  }
  return [`current -> ${current}`, `releases: ${server.list('releases').join(', ') || 'none'}`, ...(half.length > 0 ? [`half: ${half.join(', ')}`] : []), ...server.story()];
}

/** A deployment record as its page shows it. */
function recordLine({ task, sha, payload, statuses, description }: Deployment): string {
  const states = statuses.map(({ state, description: words }) => `${state} “${words}”`).join(', ');
  return `${task} ${String(payload['release_id'])} of ${sha} after ${String(payload['previous_release_id'])} “${description}”: ${states}`;
}

function holdLines({ repository }: PipelineWorld, environment: EnvironmentName): string[] {
  const sha = repository.branches.get(`${environment}-branch-deploy-lock`);
  const text = sha === undefined ? undefined : repository.commits.get(sha)?.files.get('lock.json');
  if (text === undefined) return [];
  const { reason, created_by } = JSON.parse(text) as Record<string, unknown>;
  return [`${String(created_by)}: ${String(reason)}`];
}

function slackLines(messages: readonly SlackMessage[]): string[] {
  return messages.flatMap(({ text, blocks, threadTs, editedTs }) => {
    const mark = `${threadTs === undefined ? '' : '↳ '}${editedTs === undefined ? '' : '(edited) '}`;
    const said = blocks.flatMap(wordsOf).filter((line) => line !== text);
    return [`${mark}${text}`, ...said.map((line) => `  ${line}`)];
  });
}

/** Everything that is text somewhere in a block. */
function wordsOf(block: unknown): string[] {
  if (typeof block !== 'object' || block === null) return [];
  return Object.entries(block).flatMap(([key, value]) => (key === 'text' && typeof value === 'string' ? [value.replaceAll('\n', ' ')] : Array.isArray(value) ? value.flatMap(wordsOf) : wordsOf(value)));
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`)];
}

/** The report that a run keeps as its artifact. */
export function reportOf(run: Run): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(join(run.artifacts, 'deploy-report', 'deploy-report.json'), 'utf8')) as Record<string, unknown>;
}

/** Everything a run has said, for a failed assertion. */
export function logOf(run: Run): string {
  return [...run.jobs.values()].flatMap(({ name, steps }) => steps.map((step) => `── ${name}: ${step.name}: ${step.outcome}\n${step.stdout}${step.stderr}`)).join('\n');
}
