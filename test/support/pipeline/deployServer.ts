import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../projectRoot.ts';
import { temporaryFolder } from '../temporaryFolder.ts';
import { type Answer, toAnswer } from './answer.ts';
import { execute } from './execute.ts';
import { filesOf, type ReleaseFiles, writeRelease } from './release.ts';

/** The server scripts as they are shipped. */
export const serverScripts = join(projectRoot, 'pipeline', 'server');

/** An entry of the journal. */
export interface JournalEntry {
  readonly event: string;
  readonly release: string;
  readonly from: string;
  readonly detail: string;
}

/** A server folder of its own, and relctl on it, called as a person on the server calls it. */
export interface DeployServer {
  readonly base: string;
  relctl(...words: string[]): Promise<Answer>;
  /** Puts a release into incoming/ as an upload would; answers its manifest's SHA-256. */
  upload(id: string, more?: ReleaseFiles): string;
  /** Uploads and publishes, and answers. */
  publish(id: string, expected: string, more?: ReleaseFiles): Promise<Answer>;
  /** Replaces the settings; those that make waiting short stay unless named. */
  configure(settings: Readonly<Record<string, string | number>>): void;
  /** Makes a hook of shell text; it gets the release's folder as $1 and its id as $2. */
  hook(name: 'health' | 'reload' | 'migrate', script: string): void;
  /** Makes a program that only this server finds, when the setting `path` is `toolsFolder`. */
  tool(name: string, script: string): void;
  readonly toolsFolder: string;
  /** What `current` is, read through the link. */
  live(): string;
  /** What a folder under the base holds, sorted. */
  list(folder: string): string[];
  journal(): JournalEntry[];
  /** "event release" of every entry, without switches. */
  story(): string[];
  dispose(): void;
}

const impatient = { health_deadline_s: 0, health_pause_s: 0, health_successes: 1 };

/** Makes an empty server, by default in a folder whose path has a space. */
export async function startDeployServer(name = 'deploy server'): Promise<DeployServer> {
  const folder = await temporaryFolder(name);
  const base = join(folder.path, 'srv');
  const state = join(base, '.relctl');
  mkdirSync(join(state, 'hooks'), { recursive: true });
  mkdirSync(join(folder.path, 'tools'));

  const server: DeployServer = {
    base,
    relctl: async (...words) => toAnswer(await execute(join(serverScripts, 'relctl'), ['--base', base, ...words], { env: withoutNpm(process.env) })),
    upload: (id, more) => writeRelease(join(base, 'incoming', id), filesOf(id, more)),
    publish: (id, expected, more) => {
      server.upload(id, more);
      return server.relctl('publish', id, expected);
    },
    configure: (settings) =>
      writeFileSync(join(state, 'config'), Object.entries({ ...impatient, ...settings }).map(([key, value]) => `${key}=${value}\n`).join('')),
    hook: (hook, script) => writeProgram(join(state, 'hooks', hook), script),
    toolsFolder: join(folder.path, 'tools'),
    tool: (tool, script) => writeProgram(join(server.toolsFolder, tool), script),
    live: () => readFileSync(join(base, 'current', 'version'), 'utf8').trim(),
    list: (path) => (existsSync(join(base, path)) ? readdirSync(join(base, path)).sort() : []),
    journal: () => {
      const path = join(state, 'journal.jsonl');
      const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
      return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as JournalEntry);
    },
    story: () => server.journal().filter(({ event }) => event !== 'switched').map(({ event, release }) => `${event} ${release}`),
    dispose: () => {
      // Releases are read-only, folders included.
      execFileSync('chmod', ['-R', 'u+w', folder.path]);
      folder.dispose();
    },
  };
  server.configure({});
  return server;
}

/** A server's npm knows nothing of the npm that runs the tests, which may have been told to be silent. */
function withoutNpm(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^npm_/i.test(name)));
}

function writeProgram(path: string, script: string): void {
  writeFileSync(path, `#!/bin/bash\n${script}\n`);
  chmodSync(path, 0o755);
}
