import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandIds } from '../../src/commands/commandIds.ts';
import { projectRoot } from '../support/projectRoot.ts';

interface Menu {
  readonly command: string;
  readonly when?: string;
}

interface Setting {
  readonly scope: string;
  readonly default?: unknown;
}

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly supported: string; readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string; readonly title: string; readonly icon?: string; readonly enablement?: string }[];
    readonly menus: Readonly<Record<string, readonly Menu[]>>;
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Setting>> }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
    readonly viewsWelcome: readonly { readonly contents: string }[];
    readonly walkthroughs: readonly { readonly steps: readonly { readonly description: string; readonly media: { readonly svg: string } }[] }[];
  };
}

const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8');
const manifest = JSON.parse(read('package.json')) as Manifest;
const { contributes } = manifest;
const ids: readonly string[] = commandIds;

/** What each text of a language file links to. */
function links(path: string): Readonly<Record<string, string>> {
  const texts = Object.entries(JSON.parse(read(path)) as Record<string, string>);
  return Object.fromEntries(texts.map(([key, text]) => [key, [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target ?? '').sort().join(' ')]));
}

describe('the manifest', () => {
  it('declares exactly the commands that are registered', () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), [...ids].sort());
    assert.ok(contributes.commands.every(({ category }) => category === 'Boussole'));
  });

  it('has only declared commands in menus, welcome texts and the walkthrough', () => {
    const named = Object.values(contributes.menus).flat().map(({ command }) => command);
    const linked = ['package.nls.json', 'package.nls.fr.json'].flatMap((path) => [...read(path).matchAll(/\(command:(boussole\.\w+)\)/g)].map(([, id]) => id ?? ''));
    assert.ok(linked.length > 0);
    assert.deepEqual([...named, ...linked].filter((id) => !ids.includes(id)), []);
  });

  it('links the same commands in both languages', () => {
    assert.deepEqual(links('package.nls.fr.json'), links('package.nls.json'));
  });

  it('offers in menus only what rows can do, and every capability of rows somewhere', () => {
    const source = read('src/views/row.ts');
    const declared = /export type Capability =([^;]+);/.exec(source)?.[1] ?? '';
    const capabilities = [...declared.matchAll(/'(\w+)'/g)].map(([, name]) => name ?? '');
    const kinds = [...(/export type RowKind =([^;]+);/.exec(source)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(([, name]) => name ?? '');
    assert.ok(capabilities.length > 5 && kinds.length > 5);
    const clauses = [...(contributes.menus['view/item/context'] ?? []).map(({ when }) => when), ...contributes.commands.map(({ enablement }) => enablement)].map((when) => /viewItem =~ \/(.*)\/$/.exec(when ?? '')?.[1] ?? '');
    const words = new Set(clauses.flatMap((clause) => clause.replaceAll(String.raw`\b`, ' ').match(/\w+/g) ?? []));
    assert.deepEqual([...words].filter((word) => !capabilities.includes(word) && !kinds.includes(word)), []);
    assert.deepEqual(capabilities.filter((name) => !words.has(name)), []);
    for (const clause of clauses) assert.doesNotThrow(() => new RegExp(clause, 'u'), clause);
  });

  it('keeps the views that are created at activation', () => {
    const views = contributes.views['boussole'] ?? [];
    assert.deepEqual(views.map(({ id }) => id), ['boussole.setup', 'boussole.checks', 'boussole.environments', 'boussole.releases', 'boussole.runs']);
    // The list of the check is made by the first check, and its view is hidden until then.
    for (const { id } of views) assert.ok(read(id === 'boussole.checks' ? 'src/views/checkTree.ts' : 'src/extension.ts').includes(`'${id}'`), id);
  });

  it('declares every setting that is read, and reads every one', () => {
    const declared = contributes.configuration.flatMap(({ properties }) => Object.keys(properties)).map((name) => name.replace('boussole.', ''));
    const found = [...read('src/host/settingsReader.ts').matchAll(/#(?:text|user)\('([\w.]+)'|inspect<unknown>\('([\w.]+)'\)/g)].map(([, user, own]) => user ?? own ?? '');
    assert.deepEqual([...new Set(found)].sort(), declared.sort());
  });

  it('lets a workspace decide nothing about where something is sent', () => {
    const properties = Object.assign({}, ...contributes.configuration.map((one) => one.properties)) as Readonly<Record<string, Setting>>;
    const ofWorkspace = Object.entries(properties).filter(([, { scope }]) => scope !== 'application').map(([name]) => name);
    assert.deepEqual(ofWorkspace.sort(), [...manifest.capabilities.untrustedWorkspaces.restrictedConfigurations].sort());
    assert.ok(!ofWorkspace.some((name) => name.includes('slack')));
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
    assert.ok(!/token|secret|webhookUrl/i.test(Object.keys(properties).join()));
  });

  it('activates by a plain file check', () => {
    assert.deepEqual(manifest.activationEvents, ['workspaceContains:.github/workflows']);
  });

  it('names files that exist', () => {
    const files = [manifest.icon, ...contributes.viewsContainers.activitybar.map(({ icon }) => icon), ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg)), 'l10n/bundle.l10n.fr.json', 'LICENSE'];
    assert.deepEqual(files.filter((path) => !existsSync(join(projectRoot, path))), []);
  });

  it('has a context key behind every condition', () => {
    const conditions = JSON.stringify([contributes.menus, contributes.viewsWelcome]);
    const used = new Set([...conditions.matchAll(/(?<![\w./])!?(boussole\.\w+)(?= (?:==|=~|&&)|"| \|\|)/g)].map(([, key]) => key ?? '').filter((key) => !ids.includes(key) && !(contributes.views['boussole'] ?? []).some(({ id }) => id === key)));
    const set = ['src/views/contextKeys.ts', 'src/composition/productViews.ts', 'src/composition/doctor.ts', 'src/views/setupTree.ts'].map(read).join('');
    assert.ok(used.size > 3);
    assert.deepEqual([...used].filter((key) => !set.includes(`'${key}'`)), []);
  });
});
