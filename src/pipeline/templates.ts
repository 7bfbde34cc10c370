import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PipelineTemplate } from '../core/pipelineTemplate.ts';

/** Reads the files below a folder, sorted by path. */
export function readTemplates(folder: string): readonly PipelineTemplate[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: file.slice(folder.length + 1).split(sep).join('/'), text: readFileSync(file, 'utf8') }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Every file of `pipeline/`. The build puts their texts in the place of this module, so that the package needs no folder beside it. */
export const pipelineTemplates: readonly PipelineTemplate[] = readTemplates(fileURLToPath(new URL('../../pipeline', import.meta.url)));
