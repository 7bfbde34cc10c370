// Builds the extension: `node esbuild.mjs [--dev] [--watch]`. Each entry is a CommonJS bundle of its own in dist/; a dynamic
// import of one entry from another stays a `require` of the sibling file, so that it is loaded on first need and never twice.
import { existsSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const root = dirname(fileURLToPath(import.meta.url));
const entries = {
  extension: 'src/extension.ts',
  product: 'src/composition/product.ts',
  github: 'src/github/gitHubClient.ts',
  sealedBox: 'src/github/sealedBox.ts',
  slack: 'src/slack/slackClient.ts',
  workflows: 'src/workflows/workflowFiles.ts',
  simulator: 'src/simulator/simulator.ts',
  setUp: 'src/commands/setUpVerbs.ts',
  pipeline: 'src/pipeline/templates.ts',
};
/** One copy of the pipeline's files for all bundles: whoever imports it, by whatever kind of import, gets the sibling. */
const shared = new Set(['pipeline']);

const watch = process.argv.includes('--watch');
const dev = watch || process.argv.includes('--dev');

const siblings = {
  name: 'sibling-bundles',
  setup(build) {
    const byFile = new Map(Object.entries(entries).map(([name, file]) => [join(root, file), name]));
    build.onResolve({ filter: /^\.{1,2}\// }, ({ kind, path, resolveDir }) => {
      const name = byFile.get(resolve(resolveDir, path));
      return name && (kind === 'dynamic-import' || (kind !== 'entry-point' && shared.has(name))) ? { path: `./${name}.cjs`, external: true } : undefined;
    });
  },
};

/** The texts of `pipeline/` in the place of the module that reads them. */
const templates = {
  name: 'pipeline-templates',
  setup(build) {
    const folder = join(root, 'pipeline');
    build.onLoad({ filter: /[\\/]src[\\/]pipeline[\\/]templates\.ts$/ }, async () => {
      const { readTemplates } = await import('./src/pipeline/templates.ts');
      const files = readTemplates(folder);
      const watchFiles = files.map(({ path }) => join(folder, path));
      return { contents: `export const pipelineTemplates = ${JSON.stringify(files)};`, loader: 'js', watchFiles, watchDirs: [folder] };
    });
  },
};

const missing = Object.values(entries).filter((file) => !existsSync(join(root, file)));
for (const file of missing) console.warn(`Left out, because it does not exist: ${file}`);

/** @type {esbuild.BuildOptions} */
const options = {
  absWorkingDir: root,
  entryPoints: Object.fromEntries(Object.entries(entries).filter(([, file]) => !missing.includes(file))),
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  // A dynamic import becomes a lazy `require`: the extension host's own loader then gives the bundle its `vscode`.
  supported: { 'dynamic-import': false },
  external: ['vscode'],
  mainFields: ['module', 'main'],
  conditions: ['module', 'import', 'node'],
  minify: !dev,
  keepNames: false,
  sourcemap: dev ? 'linked' : false,
  sourcesContent: false,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  define: { 'process.env.NODE_ENV': dev ? '"development"' : '"production"' },
  plugins: [siblings, templates],
};

await rm(join(root, 'dist'), { recursive: true, force: true });
if (watch) {
  const context = await esbuild.context({ ...options, logLevel: 'info' });
  await context.watch();
} else {
  // esbuild has said what is wrong when it rejects.
  const result = await esbuild.build(options).catch(() => process.exit(1));
  for (const file of Object.keys(result.metafile.outputs).filter((each) => each.endsWith('.cjs'))) {
    const { size } = await stat(join(root, file));
    console.log(`${file.padEnd(22)} ${(size / 1024).toFixed(1).padStart(8)} KB`);
  }
}
