import { fullName } from '../core/repositoryId.ts';
import { text } from '../core/text.ts';
import { connectionWords } from './connectionWords.ts';
import { deploysUnderway } from './deploysUnderway.ts';
import { recentlyEnded } from './ended.ts';
import { errorWords } from './errorWords.ts';
import { bold, escaped } from './markdownEscape.ts';
import { relativeTime } from './relativeTime.ts';
import { elapsed, kindWord, stageIcon, stageWords } from './stageWords.ts';
import type { Reader } from './reader.ts';
import type { StatusInput } from './statusInput.ts';
import { versionWithCommit } from './versionWords.ts';

/** All deploys and all environments at a glance, one line each. */
export function statusTooltip(inputs: readonly StatusInput[]): readonly string[] {
  return inputs.flatMap((input) => repositoryLines(input));
}

function repositoryLines({ state, reader }: StatusInput): readonly string[] {
  const { say } = reader;
  const connection = connectionWords(state.connection, reader);
  const underway = deploysUnderway(state, reader.now).map((deploy) => {
    const what = escaped(stageWords({ ...deploy, startedAt: undefined }, deploy.version ?? deploy.title, reader));
    const time = deploy.stage === 'running' ? escaped(elapsed(deploy, reader)) : '';
    const tail = [time, escaped(deploy.step ?? '', 80), `${kindWord(deploy, reader)}, ${escaped(deploy.actor, 80)}`].filter(Boolean).join(' — ');
    const said = `${what} — ${tail}`;
    const place = deploy.environment === undefined ? undefined : bold(deploy.environment, 80);
    return `$(${stageIcon(deploy.stage).codicon.replace('~spin', '')}) ${place === undefined ? said : placed(place, said, reader)}`;
  });
  const refused = recentlyEnded(state, reader.now).flatMap(({ tracked }) => (tracked.phase === 'rejected' ? [`$(error) ${escaped(say(errorWords(tracked.error)))}`] : []));
  const environments = state.environments.map(({ target, live }) => {
    const place = bold(target.environment, 80);
    if (live === 'nothing') return placed(place, say(text('nothing deployed yet')), reader);
    if (live === 'unknown') return placed(place, say(text('live version unknown')), reader);
    const version = escaped(versionWithCommit(live));
    const conflict = live.conflict === 'sources' ? ` — $(warning) ${say(text('sources disagree'))}` : '';
    const since = live.since === undefined ? say(text('as the site says')) : `${escaped(relativeTime(live.since, reader))}, ${escaped(live.by, 80)}`;
    return placed(place, `${version} — ${since}${conflict}`, reader);
  });
  return [`$(repo) ${escaped(fullName(state.repository))}`, ...(connection === undefined ? [] : [`$(warning) ${escaped(connection, 500)}`]), ...underway, ...refused, ...environments];
}

/** Languages differ in what stands before a colon. */
function placed(name: string, value: string, { say }: Reader): string {
  return say(text('{name}: {value}', { name, value }));
}
