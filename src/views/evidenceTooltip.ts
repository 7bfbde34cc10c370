import { shortSha } from '../core/commit.ts';
import type { Evidence, LiveVersion } from '../core/liveVersion.ts';
import { text, type Text } from '../core/text.ts';
import { bold, escaped, link } from './markdownEscape.ts';
import { absoluteTime } from './relativeTime.ts';
import type { Reader } from './reader.ts';

/** Why we believe what we say: each source with its answer, and what they amount to. */
export function evidenceLines({ evidence, verdict, conflict }: Pick<LiveVersion, 'evidence' | 'verdict' | 'conflict'>, reader: Reader): readonly string[] {
  if (evidence.length === 0) return [];
  return [verdictLine(verdict, conflict, reader), ...evidence.map((one) => evidenceLine(one, conflict, reader))];
}

function verdictLine(verdict: LiveVersion['verdict'], conflict: LiveVersion['conflict'], { say }: Reader): string {
  if (conflict === 'recordOnly') return `$(info) ${say(text('Only GitHub’s own record differs: it names the commit that the run ran on.'))}`;
  switch (verdict) {
    case 'agree':
      return `$(pass) ${say(text('The sources agree:'))}`;
    case 'disagree':
      return `$(warning) **${say(text('The sources disagree:'))}**`;
    case 'unknown':
      return `$(question) ${say(text('Nothing else confirms it:'))}`;
  }
}

function evidenceLine(one: Evidence, conflict: LiveVersion['conflict'], reader: Reader): string {
  const { say } = reader;
  const sha = one.sha === undefined ? undefined : `\`${shortSha(one.sha).replace(/[^0-9a-zA-Z]/g, '')}\``;
  const said = [one.version === undefined ? undefined : bold(one.version, 80), sha].filter((part) => part !== undefined).join(' ');
  const source = say(sourceName(one.source));
  const why = conflict === 'none' || one.namesRunCommit?.branch === undefined ? '' : ` ${say(text('on {branch}', { branch: bold(one.namesRunCommit.branch, 80) }))}`;
  const name = one.url === undefined ? escaped(source) : link(source, one.url);
  return `- ${say(text('{name}: {value}', { name, value: `${said || say(text('nothing'))}${why}` }))} — ${escaped(absoluteTime(one.at, reader))}`;
}

function sourceName(source: Evidence['source']): Text {
  switch (source) {
    case 'ownRecord':
      return text('Asked for with Boussole');
    case 'payload':
      return text('Written by the pipeline');
    case 'runTitle':
      return text('Title of the run');
    case 'deploymentRecord':
      return text('GitHub’s deployment record');
    case 'site':
      return text('The site itself');
  }
}
