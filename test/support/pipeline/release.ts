import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The files of a release by their path. */
export type ReleaseFiles = Readonly<Record<string, string | Buffer>>;

/** Writes a release as the build makes it: its files, and MANIFEST.sha256 over all of them. Answers the manifest's SHA-256. */
export function writeRelease(folder: string, files: ReleaseFiles): string {
  const lines: string[] = [];
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
    lines.push(`${sha256(content)}  ${path}\n`);
  }
  const manifest = lines.join('');
  writeFileSync(join(folder, 'MANIFEST.sha256'), manifest);
  return sha256(manifest);
}

/** A small believable release that says which one it is. */
export function filesOf(id: string, more: ReleaseFiles = {}): ReleaseFiles {
  return { version: `${id}\n`, 'public/index.php': `<?php echo '${id}';\n`, 'public/a name with spaces.txt': 'fine\n', '.hidden': '', ...more };
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
