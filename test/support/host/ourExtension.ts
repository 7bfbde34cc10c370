import { projectRoot } from '../projectRoot.ts';
import type { InstalledExtension } from './installExtensions.ts';

const shipped = new Set(['package.json', 'package.nls.json', 'package.nls.fr.json', 'dist', 'media', 'l10n', 'README.md', 'CHANGELOG.md', 'LICENSE']);

/** The built extension as it lies in the project, without what does not ship. */
export const ourExtension: InstalledExtension = { folder: projectRoot, files: (name) => shipped.has(name) };
