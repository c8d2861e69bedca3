import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
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
 * @throws HyenaError `already-exists`, `usage` for the name, `interrupted` if the signal aborted, what `build` throws
 */
export async function stageDataset<Result>(
  library: string,
  name: string,
  signal: AbortSignal,
  build: (folder: string) => Promise<Result>,
): Promise<Result> {
  datasetFolder(library, name);
  const other = await datasetNamed(library, name);
  if (other !== undefined) throw alreadyExists(other);
  await mkdir(datasetsFolder(library), { recursive: true });
  await cleanLeftovers(library);
  const folder = join(datasetsFolder(library), temporaryFolderName('adding'));
  await mkdir(folder);
  try {
    const result = await build(folder);
    await moveIntoPlace(folder, library, name);
    return result;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (signal.aborted)
      throw new HyenaError('interrupted', msg`Adding '${name}' was cancelled.`, {
        kept: 'No data set was created.',
        cause: error,
      });
    throw error;
  }
}
