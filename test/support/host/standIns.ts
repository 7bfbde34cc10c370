/**
 * Small plain-JavaScript modules that stand in for compiled or telemetry packages of the VS Code server, by package name.
 * Nothing here needs a compiler; log files and file copies work as with the originals.
 */
export const standIns: Readonly<Record<string, string>> = {
  '@microsoft/1ds-core-js': 'export class AppInsightsCore { initialize() {} track() {} unload() {} }\n',
  '@microsoft/1ds-post-js': 'export class PostChannel {}\n',
  '@vscode/deviceid': "export async function getDeviceId() { return '00000000-0000-4000-8000-000000000000'; }\nexport default { getDeviceId };\n",
  '@vscode/native-watchdog': `export function start(pid) {
  setInterval(() => { try { process.kill(pid, 0); } catch { process.exit(87); } }, 1000).unref();
}
export default { start };
`,
  '@vscode/fs-copyfile': `import fs from 'node:fs';
export const copyFile = fs.promises.copyFile;
export const copyFileSync = fs.copyFileSync;
export const cp = fs.promises.cp;
export const constants = fs.constants;
export const isCloneSupported = () => false;
export default { copyFile, copyFileSync, cp, constants, isCloneSupported };
`,
  '@vscode/spdlog': `import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];
function logger(name, file, level = 2) {
  mkdirSync(dirname(file), { recursive: true });
  let pattern = true;
  const write = (index, text) => {
    if (index < level) return;
    const stamp = new Date().toISOString().replace('T', ' ').replace('Z', '');
    const label = levels[index] === 'warn' ? 'warning' : levels[index];
    try { appendFileSync(file, pattern ? stamp + ' [' + label + '] ' + text + '\\n' : text); } catch { /* the folder is gone at shutdown */ }
  };
  return {
    ...Object.fromEntries(levels.map((each, index) => [each, (text) => write(index, text)])),
    setLevel: (value) => { level = value; },
    getLevel: () => level,
    flush() {}, drop() {}, setPattern() {},
    clearFormatters() { pattern = false; },
  };
}
export const version = 0;
export const setFlushOn = () => undefined;
export async function createRotatingLogger(name, file) { return logger(name, file); }
export async function createAsyncRotatingLogger(name, file) { return logger(name, file); }
export default { version, setFlushOn, createRotatingLogger, createAsyncRotatingLogger };
`,
};
