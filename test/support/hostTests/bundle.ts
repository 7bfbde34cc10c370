import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { cacheRoot } from '../cachedFolder.ts';
import { projectRoot } from '../projectRoot.ts';

const folder = join(projectRoot, 'test/host');

/** Bundles every `test/host/**\/*.test.ts` with Mocha into one file that a VS Code extension host can run; answers its path. */
export async function bundleHostTests(): Promise<string> {
  const files = (await readdir(folder, { recursive: true })).filter((each) => each.endsWith('.test.ts')).sort();
  if (files.length === 0) throw new Error(`No tests found in ${folder}.`);
  const outfile = join(cacheRoot, 'build', `hostTests.${process.pid}.cjs`);
  await esbuild.build({
    entryPoints: [join(projectRoot, 'test/support/hostTests/run.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
    logOverride: { 'require-resolve-not-external': 'silent' },
    plugins: [testFiles(files)],
    // Mocha looks for its own files beside itself; in a bundle there are none, and none of those features is used.
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  return outfile;
}

/** Answers `import 'host-test-files'` with a function that loads the given files when called, after Mocha's globals are there. */
function testFiles(files: readonly string[]): esbuild.Plugin {
  const loads = files.map((each) => `  require(${JSON.stringify(`./${each.replaceAll('\\', '/')}`)});`);
  const contents = `export function loadTestFiles() {\n${loads.join('\n')}\n}\n`;
  const name = 'host-test-files';
  return {
    name,
    setup(build) {
      build.onResolve({ filter: /^host-test-files$/ }, () => ({ path: name, namespace: name }));
      build.onLoad({ filter: /.*/, namespace: name }, () => ({ contents, resolveDir: folder, loader: 'js' }));
    },
  };
}
