import type { CheckedSettings, SetupChecks } from '../app/setupChecks.ts';
import type { SetupSection } from '../app/setupChecklist.ts';
import { fullName, repositoryKey } from '../core/repositoryId.ts';
import type { SetupState } from '../core/setupItem.ts';
import { text } from '../core/text.ts';
import { escaped } from './markdownEscape.ts';
import type { Reader } from './reader.ts';
import { contextValue, spoken, type Row } from './row.ts';
import { looks, setupItemRow } from './setupRows.ts';

/** Worst first: what the eye should meet. */
const order: readonly SetupState[] = ['problem', 'todo', 'unknown', 'ok'];

/** The list of the last check: the workflow files in one row, then the settings by environment; repositories have rows of their own when there are several. */
export function checkRows({ files, settings }: Pick<SetupChecks, 'files' | 'settings'>, reader: Reader): readonly Row[] {
  const many = settings.length > 1;
  return [
    ...(files.looked > 0 ? [filesRow(files, reader)] : []),
    ...settings.flatMap((one) => (many ? [repositoryRow(one, reader)] : sectionRows(one, reader))),
  ];
}

function filesRow({ problems, files }: SetupChecks['files'], { say }: Reader): Row {
  const label = say(text('Workflow files'));
  const description = problems === 0 ? say(text('no problem')) : problemWords(problems, files, say);
  return {
    key: 'check|files',
    label,
    description,
    icon: problems === 0 ? looks.ok.icon : looks.problem.icon,
    tooltip: [escaped(say(text('The problems stand in the editor and in the list “Problems”, each with why and how to mend it.')))],
    contextValue: contextValue('note', {}),
    collapsible: 'none',
    ...(problems === 0 ? {} : { command: 'workbench.actions.view.problems' }),
    accessibilityLabel: spoken([label, description]),
    argument: { repositoryKey: '' },
  };
}

function problemWords(problems: number, files: number, say: Reader['say']): string {
  if (problems === 1) return say(text('1 problem'));
  return files === 1 ? say(text('{problems} problems in 1 file', { problems })) : say(text('{problems} problems in {files} files', { problems, files }));
}

function repositoryRow(checked: CheckedSettings, reader: Reader): Row {
  const label = checked.repository ? fullName(checked.repository) : reader.say(text('Settings on GitHub'));
  return {
    key: `check|${keyOf(checked)}`,
    label,
    description: '',
    icon: { codicon: 'repo' },
    tooltip: [],
    contextValue: contextValue('note', {}),
    collapsible: 'expanded',
    accessibilityLabel: label,
    argument: { repositoryKey: keyOf(checked) },
    children: () => sectionRows(checked, reader),
  };
}

function sectionRows(checked: CheckedSettings, reader: Reader): readonly Row[] {
  return checked.sections.map((section) => sectionRow(checked, section, reader));
}

function sectionRow(checked: CheckedSettings, { id, title, items }: SetupSection, reader: Reader): Row {
  const { say } = reader;
  const label = say(title);
  const worst = order.find((state) => items.some((item) => item.state === state)) ?? 'ok';
  const open = items.filter(({ state }) => state === 'problem' || state === 'todo').length;
  const description = open > 0 ? say(text('{count} to mend', { count: open })) : worst === 'unknown' ? say(text('not known')) : say(text('in order'));
  return {
    key: `check|${keyOf(checked)}|${id}`,
    label,
    description,
    icon: looks[worst].icon,
    tooltip: [],
    contextValue: contextValue('note', {}),
    collapsible: worst === 'ok' ? 'collapsed' : 'expanded',
    accessibilityLabel: spoken([label, description]),
    argument: { repositoryKey: keyOf(checked) },
    children: () => items.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state)).map((item) => setupItemRow(item, `check|${keyOf(checked)}|${id}`, keyOf(checked), reader)),
  };
}

function keyOf({ repository }: CheckedSettings): string {
  return repository ? repositoryKey(repository) : '';
}
