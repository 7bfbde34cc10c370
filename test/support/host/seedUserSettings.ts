import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { quietSettings } from './quietSettings.ts';

/** Writes the user settings of a VS Code that was not yet started: the quiet ones, and `settings` on top. */
export async function seedUserSettings(userData: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  await mkdir(join(userData, 'User'), { recursive: true });
  await writeFile(join(userData, 'User/settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
}
