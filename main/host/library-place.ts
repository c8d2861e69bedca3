import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import envPaths from 'env-paths';
import { z } from 'zod';
import { HyenaError } from '../contract/errors.ts';
import { told } from '../contract/told.ts';
import { createLibrary } from './library.ts';
import { writeJson } from './window/json-file.ts';

/** Beside no library, since it says where the library is. */
const placeSchema = z.strictObject({ library: z.string() });
const systemPaths = () => envPaths('hyena-studio', { suffix: '' });
const placeFile = () => path.join(systemPaths().config, 'library.json');

/** The system's own folder for the data of this program, where the library is unless something else is chosen. */
export const systemLibrary = (): string => systemPaths().data;

/** What a person chose in the settings; null where nothing was, or where what was kept cannot be read. */
function chosenFolder(): string | null {
  try {
    return placeSchema.parse(JSON.parse(readFileSync(placeFile(), 'utf8'))).library;
  } catch {
    return null;
  }
}

/** Whether HYENA_HOME decides where the library is. */
export const isFixed = (environment: NodeJS.ProcessEnv = process.env): boolean => Boolean(environment.HYENA_HOME);

/** Where the library is: `HYENA_HOME`, else what was chosen in the settings, else the system's folder for a program's data. */
export function libraryFolder(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment.HYENA_HOME) return path.resolve(environment.HYENA_HOME);
  return chosenFolder() ?? systemLibrary();
}

/**
 * Chooses where the library is from the next start on; what lies in the present one stays there.
 *
 * @param folder absolute; made where it is missing. Null: the system's folder again
 * @throws HyenaError `usage` where HYENA_HOME decides or the path is relative, `bad-input` where it cannot be written
 */
export async function chooseLibrary(folder: string | null): Promise<string> {
  const kept = 'The library stays where it is.';
  if (isFixed())
    throw new HyenaError('usage', 'HYENA_HOME says where the library is.', {
      kept,
      hint: 'Unset it, then choose here.',
    });
  if (folder !== null && !path.isAbsolute(folder))
    throw new HyenaError('usage', told`${folder} is no whole path.`, {
      kept,
      hint: 'Begin with the root or the drive.',
    });
  const library = folder === null ? systemLibrary() : path.normalize(folder);
  await createLibrary(library);
  await mkdir(path.dirname(placeFile()), { recursive: true });
  await writeJson(placeFile(), { library });
  return library;
}
