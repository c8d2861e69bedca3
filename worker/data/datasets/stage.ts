import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetRecord } from '../../../main/contract/datasets.ts';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import {
  alreadyExists,
  cleanLeftovers,
  datasetFolder,
  datasetNamed,
  datasetsFolder,
  moveIntoPlace,
  temporaryFolderName,
} from '../../../main/library/datasets/layout.ts';

/**
 * Makes a data set in a folder that gets the data set's name at the very end, so that the data set is whole or not
 * there.
 *
 * @param replace puts it in the place of the one that has the name, if that is wanted
 * @throws HyenaError `already-exists`, `usage` for the name, `interrupted` if the signal aborted, what `build` throws
 */
export async function stageDataset<Result extends DatasetRecord>(
  library: string,
  name: string,
  signal: AbortSignal,
  build: (folder: string) => Promise<Result>,
  replace?: (folder: string, library: string, record: Result) => Promise<void>,
): Promise<Result> {
  datasetFolder(library, name);
  const other = await datasetNamed(library, name);
  if (other !== undefined && !replace) throw alreadyExists(other);
  await mkdir(datasetsFolder(library), { recursive: true });
  await cleanLeftovers(library);
  const folder = join(datasetsFolder(library), temporaryFolderName('adding'));
  await mkdir(folder);
  try {
    const result = await build(folder);
    if (replace) await replace(folder, library, result);
    else await moveIntoPlace(folder, library, name);
    return result;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (signal.aborted)
      throw new HyenaError('interrupted', msg`Adding '${name}' was cancelled.`, {
        kept: replace ? 'The data set is unchanged.' : 'No data set was created.',
        cause: error,
      });
    throw error;
  }
}
