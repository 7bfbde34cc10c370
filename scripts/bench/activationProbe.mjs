// Activates one extension in a fresh process with the tests' stand-in for `vscode`, and prints how long loading its main file and
// calling `activate` took and which files that loaded. Arguments: the extension's folder.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';

const folder = process.argv[2];
const require = createRequire(join(folder, 'package.json'));
const main = join(folder, JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).main);
// The stand-in for `vscode` is there before the clock starts, as the real one is in the host.
const { ExtensionMode } = require('vscode');
const context = { subscriptions: [], extensionMode: ExtensionMode.Production, extensionPath: folder };

const start = performance.now();
const extension = require(main);
const loaded = performance.now();
extension.activate(context);
const active = performance.now();

const files = Object.keys(require.cache).filter((file) => file.startsWith(folder));
process.stdout.write(JSON.stringify({ loadMs: loaded - start, activateMs: active - loaded, files }));
process.exit(0);
