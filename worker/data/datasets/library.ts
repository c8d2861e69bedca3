import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { datasetRecordSchema, type DatasetRecord } from '../../../main/contract/datasets.ts';
import { HyenaError } from '../../../main/contract/errors.ts';
import { told } from '../../../main/contract/told.ts';
import { cleanLeftovers, datasetFolder, datasetsFolder, RECORD_FILE, temporaryName } from './layout.ts';

/** The record of a data set. Throws `not-found`, or `damaged` where it cannot be read. */
export async function loadRecord(library: string, name: string): Promise<DatasetRecord> {
  const path = join(datasetFolder(library, name), RECORD_FILE);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? new HyenaError('not-found', told`There is no data set '${name}'.`, {
          hint: '`hyena data list` shows those that are there.',
        })
      : error;
  }
  try {
    return datasetRecordSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new HyenaError('damaged', told`The record of data set '${name}' (${path}) is damaged.`, {
      hint: 'Remove the data set and add its files again.',
      cause: error,
    });
  }
}

/** All data sets, by name; what is damaged is told apart. */
export async function listDatasets(
  library: string,
): Promise<{ datasets: DatasetRecord[]; damaged: { name: string; message: string }[] }> {
  const entries = await readdir(datasetsFolder(library), { withFileTypes: true }).catch(() => []);
  const datasets: DatasetRecord[] = [];
  const damaged: { name: string; message: string }[] = [];
  for (const entry of entries) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
    try {
      datasets.push(await loadRecord(library, entry.name));
    } catch (error) {
      damaged.push({ name: entry.name, message: HyenaError.from(error).message });
    }
  }
  datasets.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { datasets, damaged };
}

/** Deletes a data set, whole or damaged. Throws `not-found`. */
export async function removeDataset(library: string, name: string): Promise<void> {
  const folder = datasetFolder(library, name);
  await mkdir(datasetsFolder(library), { recursive: true });
  const doomed = join(datasetsFolder(library), temporaryName('removing'));
  try {
    await rename(folder, doomed);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? new HyenaError('not-found', told`There is no data set '${name}'.`)
      : error;
  }
  await rm(doomed, { recursive: true, force: true });
  await cleanLeftovers(library);
}
