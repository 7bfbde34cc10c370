import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-fs';
import { cachedFolder } from '../cachedFolder.ts';
import { npm } from '../npm.ts';
import { progress } from '../progress.ts';
import { SetUpError } from '../setUpError.ts';
import { standIns } from './standIns.ts';

const version = '4.139.1';
const integrity = 'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==';
const extensionId = 'maboussole.boussole';

/** Built-in extensions that need an account, are large, or would compete with the tests' own sign-in. */
const droppedExtensions = ['copilot', 'mermaid-markdown-features', 'microsoft-authentication', 'github', 'github-authentication'];
const droppedCode = ['vs/sessions', 'vs/platform/agentHost'];
const modules = new URL('./modules/', import.meta.url);

/**
 * A VS Code server from the npm registry (code-server's copy of VS Code 1.139), cut to what a window needs: about 80 MB,
 * nothing compiled. Answers the folder that holds `out/server-main.js`. Fetched once, its integrity checked, then kept.
 */
export function codeServer(): Promise<string> {
  return cachedFolder(`host-${version}-${recipeHash()}`, (folder) =>
    progress(`Fetching VS Code for the browser (code-server ${version}, 47 MB, and its modules, 30 MB)`, () => assemble(folder)),
  );
}

/** Changes when the way the host is put together changes. */
function recipeHash(): string {
  const parts = [import.meta.url, new URL('./standIns.ts', import.meta.url), new URL('package-lock.json', modules)];
  const hash = createHash('sha256');
  for (const part of parts) hash.update(readFileSync(new URL(part)));
  return hash.digest('hex').slice(0, 8);
}

async function assemble(folder: string): Promise<void> {
  const [archive] = await Promise.all([fetchArchive(folder), fetchModules(folder)]);
  await unpack(archive, folder);
  await rm(archive);
  for (const name of await readdir(join(folder, 'extensions'))) {
    if (droppedExtensions.includes(name) || name.startsWith('ms-vscode.')) await rm(join(folder, 'extensions', name), { recursive: true });
  }
  for (const path of droppedCode) await rm(join(folder, 'out', path), { recursive: true, force: true });
  await writeStandIns(folder);
  await trustWithSessions(folder);
}

async function fetchArchive(folder: string): Promise<string> {
  await npm(`code-server ${version}`, ['pack', `code-server@${version}`, '--ignore-scripts', '--pack-destination', folder], folder);
  const archive = join(folder, `code-server-${version}.tgz`);
  const hash = createHash('sha512');
  await pipeline(createReadStream(archive), hash);
  if (`sha512-${hash.digest('base64')}` !== integrity) {
    const remedy = 'Empty npm\'s cache ("npm cache clean --force") and try again.';
    throw new SetUpError(`code-server ${version} was fetched but its content is not the expected one. ${remedy}`);
  }
  return archive;
}

async function fetchModules(folder: string): Promise<void> {
  const own = join(folder, 'modules');
  await cp(modules, own, { recursive: true });
  await npm("the VS Code server's modules", ['ci', '--ignore-scripts', '--omit=dev'], own);
  const ripgrep = join(own, 'node_modules/@vscode/ripgrep-universal/bin');
  for (const platform of await readdir(ripgrep)) {
    if (platform !== `${process.platform}-${process.arch}`) await rm(join(ripgrep, platform), { recursive: true });
  }
  await rename(join(own, 'node_modules'), join(folder, 'node_modules'));
  await rm(own, { recursive: true });
}

async function unpack(archive: string, folder: string): Promise<void> {
  const prefix = 'package/lib/vscode/';
  const wanted = new Set(['out', 'extensions', 'product.json', 'package.json']);
  const elsewhere = 'not-wanted';
  const map = (header: { name: string }) => {
    const name = header.name.startsWith(prefix) ? header.name.slice(prefix.length) : '';
    header.name = wanted.has(name.split('/')[0] ?? '') ? name : elsewhere;
    return header;
  };
  const ignore = (_path: string, header?: { name: string }) => header?.name === elsewhere;
  await pipeline(createReadStream(archive), createGunzip(), extract(folder, { map, ignore }));
}

async function writeStandIns(folder: string): Promise<void> {
  for (const [name, code] of Object.entries(standIns)) {
    const target = join(folder, 'node_modules', name);
    await mkdir(target, { recursive: true });
    await writeFile(join(target, 'package.json'), JSON.stringify({ name, version: '0.0.0', type: 'module', main: 'index.js', exports: './index.js' }));
    await writeFile(join(target, 'index.js'), code);
  }
}

/** Lets our extension use a session without the consent dialog; the list the browser reads is inside the workbench's bundle. */
async function trustWithSessions(folder: string): Promise<void> {
  const file = join(folder, 'out/vs/code/browser/workbench/workbench.js');
  const code = await readFile(file, 'utf8');
  const patched = code.replace('trustedExtensionAuthAccess:[', `trustedExtensionAuthAccess:["${extensionId}",`);
  if (patched === code) throw new Error('The workbench holds no list of trusted extensions to add ours to.');
  await writeFile(file, patched);
}
