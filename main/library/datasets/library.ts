import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { datasetRecordSchema, type DatasetRecord } from '../../contract/datasets.ts';
import { HyenaError } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';
import { parseStored } from '../files/stored-json.ts';
import { cleanLeftovers, datasetFolder, datasetsFolder, RECORD_FILE, temporaryFolderName } from './layout.ts';

/** The record of a data set. Throws `not-found`, or `damaged` if it cannot be read. */
export async function loadRecord(library: string, name: string): Promise<DatasetRecord> {
  const path = join(datasetFolder(library, name), RECORD_FILE);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? new HyenaError('not-found', msg`Data set '${name}' not found.`, {
          hint: 'Choose a data set of the library.',
          command: 'hyena data list',
        })
      : error;
  }
  try {
    return datasetRecordSchema.parse(parseStored(text));
  } catch (error) {
    throw new HyenaError('damaged', msg`The metadata of data set '${name}' is damaged (${path}).`, {
      hint: 'Remove the data set and add its files again.',
      cause: error,
    });
  }
}

/** All data sets, by name; what is damaged is told apart. @param load a record by its name */
export async function listDatasets(
  library: string,
  load = (name: string): Promise<DatasetRecord> => loadRecord(library, name),
): Promise<{ datasets: DatasetRecord[]; damaged: { name: string; message: string }[] }> {
  const entries = await readdir(datasetsFolder(library), { withFileTypes: true }).catch(() => []);
  const datasets: DatasetRecord[] = [];
  const damaged: { name: string; message: string }[] = [];
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
  const read = names.map(async (name) => {
    try {
      datasets.push(await load(name));
    } catch (error) {
      damaged.push({ name, message: HyenaError.from(error).message });
    }
  });
  await Promise.all(read);
  damaged.sort((a, b) => (a.name < b.name ? -1 : 1));
  datasets.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { datasets, damaged };
}

/** Deletes a data set, whole or damaged. Throws `not-found`. */
export async function removeDataset(library: string, name: string): Promise<void> {
  const folder = datasetFolder(library, name);
  await mkdir(datasetsFolder(library), { recursive: true });
  const doomed = join(datasetsFolder(library), temporaryFolderName('removing'));
  try {
    await rename(folder, doomed);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? new HyenaError('not-found', msg`Data set '${name}' not found.`)
      : error;
  }
  await rm(doomed, { recursive: true, force: true });
  await cleanLeftovers(library);
}
