import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HyenaError } from '../../../main/contract/errors.ts';
import { told } from '../../../main/contract/told.ts';

/** The path of a file that ships with the program under `resources/`, from the sources and from the build alike. */
export function resourcePath(...parts: string[]): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const path = join(folder, 'resources', ...parts);
    if (existsSync(path)) return path;
    if (folder === dirname(folder)) break;
  }
  throw new HyenaError('internal', told`The program lacks its file resources/${parts.join('/')}.`, {
    hint: 'Install it again.',
  });
}
