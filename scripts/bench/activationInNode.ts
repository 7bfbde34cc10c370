import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { projectRoot } from '../../test/support/projectRoot.ts';
import { emptyExtension } from './emptyExtension.ts';
import type { Figure } from './figure.ts';

const times = 21;
const probe = fileURLToPath(new URL('./activationProbe.mjs', import.meta.url));
const hook = new URL('../../test/support/vscodeHook.mjs', import.meta.url).href;

interface Activation {
  readonly loadMs: number;
  readonly activateMs: number;
  readonly files: readonly string[];
}

/** How long the minified bundle takes to load and to activate, without an editor around it. */
export const activationInNode: Figure = {
  name: 'activation-node',
  how: 'plain Node, fresh processes, stub vscode, in turns with an empty extension',
  async measure({ folder }) {
    const ours: Activation[] = [];
    const empty: Activation[] = [];
    for (let time = 0; time < times; time++) {
      ours.push(await activation(folder));
      empty.push(await activation(emptyExtension.folder));
    }
    const files = [...new Set(ours.flatMap((each) => each.files))];
    const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
    const total = ({ loadMs, activateMs }: Activation) => loadMs + activateMs;
    return [
      { what: 'require + activate', unit: 'ms', values: ours.map(total), counts: 'median', target: { atMost: 5 } },
      { what: 'the same of an empty extension', unit: 'ms', values: empty.map(total), counts: 'median', target: undefined },
      {
        what: 'bytes that activation loads',
        unit: 'KB',
        values: [sizes.reduce((sum, size) => sum + size, 0) / 1024],
        counts: 'worst',
        target: { atMost: 60 },
        note: `${files.length} file${files.length === 1 ? '' : 's'}`,
      },
    ];
  },
};

async function activation(folder: string): Promise<Activation> {
  const args = ['--disable-warning=ExperimentalWarning', '--import', hook, probe, folder];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: projectRoot });
  return JSON.parse(stdout) as Activation;
}
