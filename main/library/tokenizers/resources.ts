import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HyenaError } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';

/** The path of a file that ships with the program under `resources/`, from the sources and from the build alike. */
export function resourcePath(...parts: string[]): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const path = join(folder, 'resources', ...parts);
    if (existsSync(path)) return path;
    if (folder === dirname(folder)) break;
  }
  throw new HyenaError('internal', msg`The installation is incomplete: resources/${parts.join('/')} not found.`, {
    hint: 'Reinstall Hyena Studio.',
  });
}
