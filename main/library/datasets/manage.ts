import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetRecord } from '../../contract/datasets.ts';
import { HyenaError } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';
import { nameKey, truncateName } from '../../contract/names.ts';
import type { RunSummary } from '../../contract/runs.ts';
import { writeJson } from '../files/atomic.ts';
import { spelledAsStored } from '../files/spelling.ts';
import { numberedName } from '../runs/free-name.ts';
import { listRuns, readRunRecord, updateRunRecord } from '../runs/run-folder.ts';
import { datasetIdentity } from './identity.ts';
import {
  alreadyExists,
  datasetFolder,
  datasetNamed,
  datasetsFolder,
  flush,
  moveIntoPlace,
  RECORD_FILE,
} from './layout.ts';
import { loadRecord, removeDataset } from './library.ts';

/** The runs whose configuration names a data set. */
export async function runsOf(library: string, name: string): Promise<RunSummary[]> {
  const { runs } = await listRuns(library);
  const stored = spelledAsStored(datasetsFolder(library), name);
  return runs.filter(({ configuration }) => spelledAsStored(datasetsFolder(library), configuration.dataset) === stored);
}

/** @throws HyenaError `locked` while a run trains on the data set */
export function requireIdle(name: string, runs: readonly RunSummary[]): void {
  const user = runs.find(({ owner }) => owner !== null);
  if (user)
    throw new HyenaError('locked', msg`Run '${user.name}' is training on data set '${name}'.`, {
      kept: 'The data set is unchanged.',
      hint: 'Stop the run first.',
    });
}

/** Writes what changes in the record of a data set; its data stay as they are. */
export async function updateDataset(
  library: string,
  name: string,
  changes: Partial<Pick<DatasetRecord, 'name' | 'tags'>>,
): Promise<DatasetRecord> {
  const record = { ...(await loadRecord(library, name)), ...changes };
  await writeJson(join(datasetFolder(library, name), RECORD_FILE), record);
  return record;
}

/** Has runs look for their data under another name. */
async function repoint(library: string, runs: readonly RunSummary[], to: string): Promise<void> {
  for (const { name } of runs) {
    const run = await readRunRecord(library, name);
    await updateRunRecord(library, run, {
      configuration: { ...run.configuration, dataset: to },
      ...(run.dataset && { dataset: { ...run.dataset, name: to } }),
    });
  }
}

/**
 * Gives a data set another name, and its runs with it.
 *
 * @throws HyenaError `already-exists`, `not-found`, `locked` while a run trains on it
 */
export async function renameDataset(library: string, from: string, to: string): Promise<DatasetRecord> {
  const runs = await runsOf(library, from);
  requireIdle(from, runs);
  await loadRecord(library, from);
  const stored = spelledAsStored(datasetsFolder(library), from);
  const taken = await datasetNamed(library, to);
  if (taken !== undefined && taken !== stored) throw alreadyExists(taken);
  await rename(join(datasetsFolder(library), stored), join(datasetsFolder(library), to));
  await flush(datasetsFolder(library));
  const record = await updateDataset(library, to, { name: to });
  await repoint(library, runs, to);
  return record;
}

/**
 * Puts a data set that has been built into the place of one of the same name. Runs that were trained on other tokens
 * keep theirs: the earlier data set then stays under another name, which they use from now on. It stays too if the
 * program ends half-way, so that one of the two is always whole.
 *
 * @param folder where the new one was built
 * @returns the name that the earlier one was kept under; null if nothing needs it
 * @throws HyenaError `locked` while a run trains on it
 */
export async function replaceDataset(library: string, folder: string, built: DatasetRecord): Promise<string | null> {
  const { name } = built;
  const before = await loadRecord(library, name).catch(() => null);
  const runs = await runsOf(library, name);
  requireIdle(name, runs);
  const needing = runs.filter(({ dataset }) => dataset !== null && dataset.identity !== datasetIdentity(built));
  const day = (before?.created ?? new Date().toISOString()).slice(0, 10);
  const taken = new Set((await readdir(datasetsFolder(library))).map(nameKey));
  const kept = numberedName(`${[...truncateName(name, 160)].slice(0, 80).join('')}-${day}`, (one) =>
    taken.has(nameKey(one)),
  );
  await rename(datasetFolder(library, name), join(datasetsFolder(library), kept));
  if (before) await updateDataset(library, kept, { name: kept });
  await moveIntoPlace(folder, library, name);
  if (before && needing.length > 0) {
    await repoint(library, needing, kept);
    return kept;
  }
  await removeDataset(library, kept);
  return null;
}
