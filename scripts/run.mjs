// Runs one of the project's scripts on a machine that has only Node and npm: fetches the packages when they are missing or
// other than the lock file says, finds a Node that runs TypeScript, and hands over to scripts/<name>.ts. Plain JavaScript, for
// Node 20.19 and later, without any package.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules/.bin');
const [name, ...args] = process.argv.slice(2);

if (!atLeast(process.versions.node, 20, 19)) {
  fail(`Node ${process.versions.node} is too old: Boussole's scripts need Node 20.19 or later. Install one from nodejs.org and try again.`);
}
if (!name || !existsSync(join(root, 'scripts', `${name}.ts`))) fail(`There is no script "${name ?? ''}" in scripts/.`);
await installPackages();
process.exitCode = await handOver(await typeScriptNode());

/** Runs `npm ci` unless what is installed is what the lock file says. */
async function installPackages() {
  if (isInstalled()) return;
  const release = await onlyOne(join(root, '.vscode-test/npm-ci.lock'));
  try {
    if (isInstalled()) return;
    const start = Date.now();
    console.error("Fetching the project's packages from the npm registry (about 150 MB, the first time) …");
    const heartbeat = setInterval(() => console.error(`  … still at it after ${Math.round((Date.now() - start) / 1000)} s`), 10_000);
    const code = await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
    clearInterval(heartbeat);
    if (code !== 0) {
      fail(
        `The project's packages could not be installed: "npm ci" ended with code ${code}; npm's own words are above.\n` +
          'Check the network (behind a proxy: "npm config set https-proxy …") and run the same command again; what was already fetched is kept.',
      );
    }
    console.error(`  done in ${Math.round((Date.now() - start) / 1000)} s`);
  } finally {
    release();
  }
}

/** npm writes what it installed into node_modules/.package-lock.json when it is done; packages for other systems are not in it. */
function isInstalled() {
  const installed = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
  const present = packagesOf(installed);
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(
    ([path, wanted]) => path === '' || (present[path] ? present[path].version === wanted.version : wanted.optional || wanted.peer),
  );
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** Waits until no other process installs. A lock whose owner is gone is taken away. */
async function onlyOne(path) {
  mkdirSync(dirname(path), { recursive: true });
  for (;;) {
    try {
      mkdirSync(path);
      writeFileSync(join(path, 'pid'), String(process.pid));
      const release = () => rmSync(path, { recursive: true, force: true });
      process.once('exit', release);
      return release;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
    try {
      process.kill(Number(readFileSync(join(path, 'pid'), 'utf8')), 0);
    } catch (error) {
      if (error.code !== 'ESRCH') continue;
      const abandoned = `${path}.${process.pid}`;
      try {
        renameSync(path, abandoned);
        rmSync(abandoned, { recursive: true, force: true });
      } catch {
        // Another waiting process was faster.
      }
    }
  }
}

/** npm as it was started, on the Node it was started with: the one in node_modules is about to be replaced. */
function runNpm(npmArgs) {
  const script = process.env.npm_execpath;
  const node = process.env.npm_node_execpath;
  const direct = script?.endsWith('.js') && node && !node.startsWith(root);
  const [command, all] = direct ? [node, [script, ...npmArgs]] : ['npm', npmArgs];
  const path = (process.env.PATH ?? '').split(delimiter).filter((each) => each !== bin).join(delimiter);
  const shell = process.platform === 'win32' && !direct;
  return end(spawn(command, all, { cwd: root, stdio: 'inherit', shell, env: { ...process.env, PATH: path } }));
}

/** The packaged Node 24 on Linux, else this one if it runs TypeScript (22.18 and later). */
async function typeScriptNode() {
  const packaged = join(root, `node_modules/node-linux-${process.arch}/bin/node`);
  if (process.platform === 'linux' && existsSync(packaged) && (await end(spawn(packaged, ['-v'], { stdio: 'ignore' }))) === 0) return packaged;
  if (atLeast(process.versions.node, 22, 18)) return process.execPath;
  return fail(
    `Boussole's scripts need Node 22.18 or later on this system (${process.platform} ${process.arch}); this is ${process.versions.node}.\n` +
      'Install Node 24 from nodejs.org and try again.',
  );
}

/** Runs the script with everything inherited; a signal that reaches only this process reaches the script too. */
function handOver(node) {
  const env = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) };
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(root, 'scripts', `${name}.ts`), ...args], { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return end(child);
}

function end(child) {
  return new Promise((resolve) => {
    child.once('error', (error) => (console.error(error.message), resolve(1)));
    child.once('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

function atLeast(version, major, minor) {
  const [ownMajor, ownMinor] = version.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
