import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

function findVersion(folder: string): string {
  const file = path.join(folder, 'package.json');
  if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
  if (folder === path.dirname(folder)) return 'unknown';
  return findVersion(path.dirname(folder));
}

/** Of this program: of the package.json above, for the sources as for build/. */
export const installedVersion = findVersion(import.meta.dirname);
