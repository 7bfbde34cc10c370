import type { SetupPicture } from '../app/setupGuide.ts';
import type { SetupSection } from '../app/setupChecklist.ts';
import { plainText } from '../core/plainText.ts';
import { fullName, repositoryKey } from '../core/repositoryId.ts';
import type { SetupItem, SetupState } from '../core/setupItem.ts';
import { text, type Text } from '../core/text.ts';
import { bold, escaped } from './markdownEscape.ts';
import type { Reader } from './reader.ts';
import { contextValue, spoken, type Capability, type Row, type RowIcon } from './row.ts';
import { colors } from './runState.ts';

/** The checklists of the repositories that are being set up; with several of them below a row for each. */
export function setupRows(pictures: readonly SetupPicture[], reader: Reader): readonly Row[] {
  const [only] = pictures;
  if (!only) return [];
  if (pictures.length === 1) return sectionRows(only, reader);
  return pictures.map((picture) => repositoryRow(picture, reader));
}

/** What stands above the rows: that it is being looked, that GitHub was not reached, or that all is done. */
export function setupMessage(pictures: readonly SetupPicture[], reader: Reader): string | undefined {
  const { say } = reader;
  if (pictures.some(({ sections }) => sections === undefined)) return say(text('Asking GitHub how everything stands…'));
  const trouble = troubleMessage(pictures, reader);
  if (trouble !== undefined) return trouble;
  if (pictures.length > 0 && pictures.every(({ isDone }) => isDone)) return say(text('All is set up. The next push deploys.'));
  return undefined;
}

/** What stood between us and GitHub, each trouble once. */
export function troubleMessage(looks: readonly { readonly trouble?: Text | undefined }[], { say }: Reader): string | undefined {
  const said = looks.flatMap(({ trouble }) => (trouble ? [plainText(say(trouble), 300)] : []));
  return said.length === 0 ? undefined : [...new Set(said)].join('\n');
}

/** One point as a row; its keys begin with `prefix`. */
export function setupItemRow(item: SetupItem, prefix: string, repository: string, { say }: Reader): Row {
  const label = plainText(say(item.title), 120);
  const { action, also } = item;
  const offered = [action, also].filter((one) => one !== undefined);
  const { icon, word } = item.state === 'todo' && !action ? later : looks[item.state];
  const description = plainText(say(item.detail), 200);
  return {
    key: `${prefix}|${item.id}`,
    label,
    description,
    icon,
    tooltip: [bold(label, 120), escaped(say(text('{state}: {detail}', { state: say(word), detail: description })), 300), '', escaped(say(item.why), 600), ...(action ? ['', escaped(offered.map(({ title }) => say(title)).join(' · '), 160)] : []), `<${item.source}>`],
    contextValue: contextValue('setup', Object.fromEntries(offered.flatMap(({ command }) => capabilities[command] ?? []).map((capability) => [capability, true]))),
    collapsible: 'none',
    // What is done is not done again by a stray click; its menu offers it.
    ...(action && (item.state !== 'ok' || action.command === 'boussole.openOnGitHub') ? { command: action.command } : {}),
    accessibilityLabel: spoken([label, say(word), description, action && say(action.title)]),
    argument: { repositoryKey: repository, ...also?.argument, ...action?.argument },
  };
}

/** A state's picture and its word: colour never speaks alone. */
export const looks: Readonly<Record<SetupState, { readonly icon: RowIcon; readonly word: Text }>> = {
  ok: { icon: { codicon: 'pass-filled', color: colors.good }, word: text('done') },
  todo: { icon: { codicon: 'circle-large-outline', color: colors.busy }, word: text('to do') },
  problem: { icon: { codicon: 'warning', color: colors.attention }, word: text('problem') },
  unknown: { icon: { codicon: 'question', color: colors.quiet }, word: text('unknown') },
};

/** Something else must be done first. */
const later = { icon: { codicon: 'circle-large-outline', color: colors.quiet }, word: text('to do later') };

/** The word by which a menu knows what a row's action is. */
const capabilities: Readonly<Partial<Record<string, Capability>>> = {
  'boussole.openOnGitHub': 'openable',
  'boussole.openLog': 'hasLog',
  'boussole.setUp': 'answerable',
  'boussole.setUpCommit': 'committable',
  'boussole.setUpPullRequest': 'mergeable',
  'boussole.setUpEnvironment': 'creatable',
  'boussole.setUpKey': 'keyed',
  'boussole.setUpCopyKey': 'keyCopyable',
  'boussole.setUpServer': 'scripted',
  'boussole.setUpHostKey': 'pinnable',
  'boussole.setUpVariables': 'settable',
  'boussole.setUpSlackSecret': 'sealable',
  'boussole.setUpDryRun': 'triable',
};

function repositoryRow(picture: SetupPicture, reader: Reader): Row {
  const { repository } = picture;
  const label = fullName(repository);
  return {
    key: `${repositoryKey(repository)}|setup`,
    label,
    description: '',
    icon: { codicon: 'repo' },
    tooltip: [bold(label, 160)],
    contextValue: contextValue('repository', {}),
    collapsible: 'expanded',
    accessibilityLabel: label,
    argument: { repositoryKey: repositoryKey(repository) },
    children: () => sectionRows(picture, reader),
  };
}

function sectionRows({ repository, sections = [] }: SetupPicture, reader: Reader): readonly Row[] {
  return sections.map((section) => sectionRow(section, repositoryKey(repository), reader));
}

function sectionRow({ id, title, items }: SetupSection, repository: string, reader: Reader): Row {
  const { say } = reader;
  const label = plainText(say(title), 80);
  const done = items.filter(({ state }) => state === 'ok').length;
  const description = say(text('{done} of {count}', { done, count: items.length }));
  const key = `${repository}|setup|${id}`;
  const isDone = done === items.length;
  return {
    key,
    label,
    description,
    icon: isDone ? looks.ok.icon : { codicon: id === 'pipeline' ? 'git-pull-request' : id === 'slack' ? 'comment-discussion' : 'server-environment' },
    tooltip: [bold(label, 80), escaped(say(text('{done} of {count} done', { done, count: items.length })))],
    contextValue: contextValue('setup', {}),
    collapsible: isDone ? 'collapsed' : 'expanded',
    accessibilityLabel: spoken([label, say(text('{done} of {count} done', { done, count: items.length }))]),
    argument: { repositoryKey: repository },
    children: () => items.map((item) => setupItemRow(item, key, repository, reader)),
  };
}
