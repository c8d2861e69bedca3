import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunConfiguration } from '../../contract/configuration.ts';
import type { ModelKind, SummaryAbility } from '../../contract/conversation.ts';
import { datasetRecordSchema, kindOfData } from '../../contract/datasets.ts';
import { HyenaError } from '../../contract/errors.ts';
import { nameKey, nameProblem, runNames } from '../../contract/names.ts';
import { msg } from '../../contract/message.ts';
import { runNameSchema, runRecordSchema, type RunRecord, type RunSummary } from '../../contract/runs.ts';
import { listCheckpoints } from '../checkpoints/checkpoint-folder.ts';
import { readTemplateSource } from '../checkpoints/template-source.ts';
import { readJson, writeFolderAtomic, writeJson } from '../files/atomic.ts';
import { type Disk, nodeDisk } from '../files/disk.ts';
import { readOwner } from '../files/lock.ts';
import { spelledAsStored } from '../files/spelling.ts';

/**
 * The folder of a run, `<library>/runs/<run>/`, and its record. Free of tfjs: the host lists and reads runs with it.
 */
export const runFolder = (library: string, run: string): string =>
  join(library, 'runs', spelledAsStored(join(library, 'runs'), run));
/** Runs that are read beside each other. */
const readAtOnce = 16;
const recordPath = (folder: string): string => join(folder, 'run.json');

/**
 * Makes the folder and the record of a new run.
 *
 * @throws HyenaError `usage` for a name that cannot be a folder's, `already-exists`
 */
export async function createRun(
  library: string,
  name: string,
  configuration: RunConfiguration,
  lab: RunRecord['lab'] = null,
  disk: Disk = nodeDisk,
): Promise<RunRecord> {
  const problem = nameProblem(name, runNames);
  if (problem) throw new HyenaError('usage', msg`'${name}' is not a valid name for a run. ${problem}`);
  const folder = runFolder(library, name);
  await disk.makeFolder(join(library, 'runs'));
  const other = (await readdir(join(library, 'runs'))).find((one) => nameKey(one) === nameKey(name));
  if (other !== undefined) throw runExists(other);
  const record: RunRecord = { ...newRunRecord(name, configuration), lab };
  await writeFolderAtomic(
    folder,
    async (write) => {
      await write('run.json', `${JSON.stringify(record, null, 2)}\n`);
    },
    disk,
  );
  return record;
}

/** The record of a run that has not begun. */
export function newRunRecord(name: string, configuration: RunConfiguration): RunRecord {
  const now = new Date().toISOString();
  return {
    format: 1,
    name,
    created: now,
    updated: now,
    configuration,
    status: 'new',
    owner: null,
    dataset: null,
    kind: null,
    summaries: false,
    device: null,
    deviceReason: null,
    parameters: null,
    step: 0,
    totalSteps: null,
    tokens: 0,
    seconds: 0,
    loss: null,
    validationLoss: null,
    fullValidationLoss: null,
    answers: null,
    best: null,
    lab: null,
    weights: 'fp32',
    origin: null,
    reason: null,
    error: null,
  };
}

/** Names that differ in upper and lower case alone are the same: on many systems they are one folder. */
export const runExists = (name: string): HyenaError =>
  new HyenaError('already-exists', msg`Run '${name}' already exists.`, {
    kept: 'The existing run is unchanged.',
    hint: 'Choose another name, resume the existing run, or remove it.',
    command: `hyena resume ${name}`,
  });

/** @throws HyenaError `not-found`, `damaged` */
export async function readRunRecord(library: string, run: string): Promise<RunRecord> {
  try {
    return await readJson(recordPath(runFolder(library, run)), runRecordSchema, msg`The record of the run`);
  } catch (thrown) {
    const error = HyenaError.from(thrown);
    if (error.code !== 'not-found') throw error;
    throw new HyenaError('not-found', msg`Run '${run}' not found in ${library}.`, {
      hint: 'Choose a run of the library.',
      command: 'hyena runs list',
      cause: error,
    });
  }
}

/** Changes some fields of a record, atomically. Only for who holds the lock. */
export async function updateRunRecord(
  library: string,
  record: RunRecord,
  changes: Partial<RunRecord>,
  disk: Disk = nodeDisk,
): Promise<RunRecord> {
  const updated = runRecordSchema.parse({ ...record, ...changes, updated: new Date().toISOString() });
  await writeJson(recordPath(runFolder(library, record.name)), updated, disk);
  return updated;
}

/** What a run was trained on; of one that was trained before this was written down, what its data set says now. */
export async function kindOfModel(library: string, record: RunRecord): Promise<ModelKind | null> {
  if (record.kind !== null || record.dataset === null) return record.kind;
  const datasets = join(library, 'datasets');
  const path = join(datasets, spelledAsStored(datasets, record.dataset.name), 'dataset.json');
  const dataset = await readJson(path, datasetRecordSchema, msg`The record of the data set`).catch(() => null);
  return dataset && kindOfData(dataset);
}

/**
 * Whether a run's model writes summaries.
 *
 * @param checkpoint folder of one, where its own chat template would be
 */
export async function summaryAbilityOf(
  record: Pick<RunRecord, 'kind' | 'summaries'>,
  checkpoint: string | undefined,
): Promise<SummaryAbility | null> {
  if (record.summaries) return 'trained';
  if (record.kind === 'chats') return 'asked';
  return (await hasTemplate(checkpoint)) ? 'asked' : null;
}

const hasTemplate = (checkpoint: string | undefined): Promise<boolean> =>
  checkpoint === undefined
    ? Promise.resolve(false)
    : readTemplateSource(checkpoint).then(
        (template) => template !== null,
        () => false,
      );

/** A run as lists show it: one whose process has disappeared is `interrupted`. */
export async function readRun(library: string, run: string): Promise<RunSummary> {
  const record = await readRunRecord(library, run);
  const path = runFolder(library, run);
  const owner = await readOwner(path);
  const status = record.status === 'running' && owner === null ? 'interrupted' : record.status;
  const checkpoints = [...(await listCheckpoints(path)), ...(await listCheckpoints(path, 'best'))].sort(
    (a, b) => a.step - b.step,
  );
  const kind = await kindOfModel(library, record);
  return {
    ...record,
    kind,
    status,
    owner,
    path,
    writesSummaries: await summaryAbilityOf({ kind, summaries: record.summaries }, checkpoints.at(-1)?.path),
    checkpoints: [...new Set(checkpoints.map(({ step }) => step))],
  };
}

/**
 * All runs of a library, newest first, and what is wrong with those that cannot be read.
 *
 * @param read a run by its name
 */
export async function listRuns(
  library: string,
  read = (name: string): Promise<RunSummary> => readRun(library, name),
): Promise<{ runs: RunSummary[]; damaged: HyenaError[] }> {
  let names: string[];
  try {
    names = (await readdir(join(library, 'runs'), { withFileTypes: true }))
      .filter((entry) => entry.isDirectory() && runNameSchema.safeParse(entry.name).success)
      .map((entry) => entry.name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { runs: [], damaged: [] };
    throw error;
  }
  const runs: RunSummary[] = [];
  const damaged: HyenaError[] = [];
  // Some at a time: a library of a thousand runs is mostly waiting for the disk.
  const next = names.values();
  const reader = async (): Promise<void> => {
    for (const name of next)
      try {
        runs.push(await read(name));
      } catch (error) {
        damaged.push(HyenaError.from(error));
      }
  };
  await Promise.all(Array.from({ length: readAtOnce }, reader));
  runs.sort((a, b) => b.created.localeCompare(a.created) || a.name.localeCompare(b.name));
  return { runs, damaged };
}
