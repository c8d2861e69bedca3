import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import envPaths from 'env-paths';
import { z } from 'zod';
import { HyenaError } from '../contract/errors.ts';
import { msg } from '../contract/message.ts';
import { createLibrary } from './library.ts';
import { writeJson } from './window/locked-file.ts';
import { processEnvironment, variable } from '../library/environment.ts';

/** Beside no library, since it says where the library is. */
const placeSchema = z.strictObject({ library: z.string() });
const systemPaths = () => envPaths('hyena-studio', { suffix: '' });
const placeFile = () => path.join(systemPaths().config, 'library.json');

/** The system's own folder for the data of this program, where the library is unless something else is chosen. */
export const systemLibrary = (): string => systemPaths().data;

/**
 * What a person chose in the settings; null if nothing was.
 *
 * @throws HyenaError `bad-input` where the setting cannot be read: another library in its place would look like a lost
 * one
 */
function chosenFolder(): string | null {
  const file = placeFile();
  try {
    return placeSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).library;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new HyenaError('bad-input', msg`Cannot read the library setting in ${file}.`, {
      kept: 'Your library is unchanged.',
      hint: msg`Set the folder as {"library": "/absolute/path"}, or delete the file to use ${systemLibrary()}.`,
      cause: thrown,
    });
  }
}

/** Whether HYENA_HOME decides where the library is. */
export const isFixed = (environment: NodeJS.ProcessEnv = processEnvironment): boolean =>
  Boolean(variable('HYENA_HOME', environment));

/**
 * Where the library is: `HYENA_HOME`, else what was chosen in the settings, else the system's folder for a program's data.
 *
 * @throws HyenaError `bad-input` where the setting is damaged
 */
export function libraryFolder(environment: NodeJS.ProcessEnv = processEnvironment): string {
  const named = variable('HYENA_HOME', environment);
  if (named) return path.resolve(named);
  return chosenFolder() ?? systemLibrary();
}

/**
 * Chooses where the library is from the next start on; what lies in the present one stays there.
 *
 * @param folder absolute; made where it is missing. Null: the system's folder again
 * @throws HyenaError `usage` where HYENA_HOME decides or the path is relative, `bad-input` if it cannot be written
 */
export async function chooseLibrary(folder: string | null): Promise<string> {
  const kept = 'The library location is unchanged.';
  if (isFixed())
    throw new HyenaError('usage', 'The library location is set by the environment variable HYENA_HOME.', {
      kept,
      hint: 'Unset that variable, then choose a folder here.',
    });
  if (folder !== null && !path.isAbsolute(folder))
    throw new HyenaError('usage', msg`${folder} is not an absolute path.`, {
      kept,
      hint: 'Start with the root or the drive letter.',
    });
  const library = folder === null ? systemLibrary() : path.normalize(folder);
  await createLibrary(library);
  await mkdir(path.dirname(placeFile()), { recursive: true });
  await writeJson(placeFile(), { library });
  return library;
}
