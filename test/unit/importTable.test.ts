import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, posix, sep } from 'node:path';
import { projectRoot } from '../support/projectRoot.ts';

type Room = 'core' | 'app' | 'github' | 'slack' | 'workflows' | 'simulator' | 'webview' | 'host' | 'views' | 'commands' | 'pipeline' | 'composition';

interface Rule {
  readonly rooms: readonly Room[];
  /** Single files of other rooms that may be imported as well. */
  readonly files?: readonly string[];
  readonly packages: readonly string[];
  /** All of Node's own modules, or those named. */
  readonly builtins?: true | readonly string[];
}

/** Who may import whom; `docs/architecture.md` says why. `src/extension.ts` and `src/composition` see everything. */
const table: Readonly<Record<Exclude<Room, 'composition'>, Rule>> = {
  core: { rooms: ['core'], packages: ['semver'] },
  app: { rooms: ['core', 'app'], packages: [] },
  github: { rooms: ['core', 'github'], packages: ['@octokit/rest', '@noble/ciphers', '@noble/hashes'], builtins: ['node:crypto'] },
  slack: { rooms: ['core', 'slack'], packages: ['@slack/web-api'] },
  workflows: { rooms: ['core', 'workflows'], packages: ['yaml'] },
  pipeline: { rooms: ['core', 'pipeline'], packages: [], builtins: true },
  simulator: { rooms: ['core', 'simulator', 'pipeline'], packages: ['graphql', 'yaml', 'semver'], builtins: true },
  webview: { rooms: ['core', 'webview'], packages: [] },
  host: { rooms: ['core', 'host'], packages: ['vscode'], builtins: true },
  views: { rooms: ['core', 'app', 'views'], files: ['src/commands/commandIds.ts', 'src/webview/protocol.ts'], packages: ['vscode'] },
  commands: { rooms: ['core', 'app', 'commands'], files: ['src/host/prompts.ts'], packages: ['vscode'] },
};

interface Import {
  readonly from: string;
  readonly to: string;
}

const files = globSync('src/**/*.ts', { cwd: projectRoot }).map((path) => path.split(sep).join('/'));

function importsOf(file: string): readonly Import[] {
  const source = readFileSync(join(projectRoot, file), 'utf8').replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');
  const found = source.matchAll(/(?:\bfrom\s+|\bimport\s+|\bimport\(\s*)'([^']+)'/g);
  return [...found].map(([, to]) => ({ from: file, to: to?.startsWith('.') ? posix.join(dirname(file), to) : (to ?? '') }));
}

function roomOf(file: string): Room {
  const [, room, ...rest] = file.split('/');
  if (rest.length === 0 || room === 'composition') return 'composition';
  if (room !== undefined && room in table) return room as Room;
  throw new Error(`${file} stands in no room of the table`);
}

function isAllowed({ from, to }: Import): boolean {
  const room = roomOf(from);
  if (room === 'composition') return true;
  const rule = table[room];
  if (to.startsWith('src/')) return rule.rooms.includes(roomOf(to)) || (rule.files ?? []).includes(to);
  if (isBuiltin(to)) return rule.builtins === true || (rule.builtins ?? []).includes(to);
  return rule.packages.some((name) => to === name || to.startsWith(`${name}/`));
}

describe('the import table', () => {
  const imports = files.flatMap(importsOf);

  it('reads the imports', () => {
    assert.ok(imports.length > files.length, `${imports.length} imports in ${files.length} files`);
    assert.equal(isAllowed({ from: 'src/core/a.ts', to: 'node:fs' }), false);
    assert.equal(isAllowed({ from: 'src/views/a.ts', to: 'src/host/prompts.ts' }), false);
    assert.equal(isAllowed({ from: 'src/commands/a.ts', to: 'src/host/prompts.ts' }), true);
  });

  it('is kept by every file', () => {
    assert.deepEqual(imports.filter((one) => !isAllowed(one)).map(({ from, to }) => `${from} → ${to}`), []);
  });

  it('has each bundle’s entry imported lazily only', () => {
    const entries = ['src/composition/product.ts', 'src/github/gitHubClient.ts', 'src/slack/slackClient.ts', 'src/workflows/workflowFiles.ts', 'src/simulator/simulator.ts', 'src/pipeline/templates.ts', 'src/commands/setUpVerbs.ts'];
    const eager = files.filter((file) => roomOf(file) === 'composition' || roomOf(file) === 'commands').flatMap((file) => {
      const source = readFileSync(join(projectRoot, file), 'utf8');
      return [...source.matchAll(/^import (?!type )[^;]*?from '([^']+)'/gm)].map(([, to]) => posix.join(dirname(file), to ?? '')).filter((to) => entries.includes(to)).map((to) => `${file} → ${to}`);
    });
    assert.deepEqual(eager, []);
  });

  it('lets nobody wait or fetch behind the ports’ back', () => {
    const reached = files
      .filter((file) => ['core', 'app', 'views', 'commands'].includes(roomOf(file)))
      .filter((file) => /\b(?:setTimeout|setInterval|Date\.now|Math\.random)\b|(?<![.\w])fetch\(/.test(readFileSync(join(projectRoot, file), 'utf8').replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '')));
    assert.deepEqual(reached, []);
  });
});
