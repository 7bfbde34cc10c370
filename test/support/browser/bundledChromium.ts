import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { chmod, cp, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { extract } from 'tar-fs';
import { cachedFolder } from '../cachedFolder.ts';
import { progress } from '../progress.ts';

/** A browser that can be started: its program, and what its environment must hold beyond ours. */
export interface BrowserProgram {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

const require = createRequire(import.meta.url);
/** Counts up when the way the folder is filled changes. */
const recipe = 4;
/** Code, and the signs that Open Sans lacks. */
const gapFonts = ['DejaVuSansMono', 'DejaVuSansMono-Bold', 'DejaVuSans', 'DejaVuSans-Bold'];

/**
 * The headless Chromium that comes from the npm registry for Linux on x64, with the NSS libraries and fonts it needs, so that
 * neither root nor a package of the distribution is wanted. Unpacked once into `.vscode-test/`.
 */
export async function bundledChromium(): Promise<BrowserProgram> {
  const archives = join(dirname(require.resolve('@sparticuz/chromium')), '../bin');
  const { version } = JSON.parse(readFileSync(join(archives, '../package.json'), 'utf8')) as { version: string };
  const folder = await cachedFolder(`chromium-${version}-${recipe}`, (target, final) =>
    progress(`Unpacking Chromium ${version}`, async () => {
      await unpack(join(archives, 'chromium.br'), createWriteStream(join(target, 'chromium')));
      for (const name of ['al2023', 'fonts', 'swiftshader']) await unpack(join(archives, `${name}.tar.br`), extract(target));
      await chmod(join(target, 'chromium'), 0o755);
      for (const name of gapFonts) await cp(require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`), join(target, 'fonts', `${name}.ttf`));
      await writeFile(join(target, 'fonts.conf'), fontConfiguration(final));
    }),
  );
  return {
    path: join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: [join(folder, 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  };
}

function unpack(archive: string, into: NodeJS.WritableStream): Promise<void> {
  return pipeline(createReadStream(archive), createBrotliDecompress(), into);
}

/** Text looks the same on every machine: Open Sans for the interface, DejaVu Sans Mono for code; the system's fonts only fill gaps. */
function fontConfiguration(folder: string): string {
  const interfaceFamilies = ['system-ui', 'sans-serif', 'sans', 'Ubuntu', 'Droid Sans'];
  const codeFamilies = ['monospace', 'Droid Sans Mono'];
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
${[...interfaceFamilies.map((each) => preferring('Open Sans', each)), ...codeFamilies.map((each) => preferring('DejaVu Sans Mono', each))].join('\n')}
</fontconfig>
`;
}

function preferring(font: string, family: string): string {
  return `  <match target="pattern"><test name="family"><string>${family}</string></test><edit name="family" mode="prepend" binding="strong"><string>${font}</string></edit></match>`;
}
