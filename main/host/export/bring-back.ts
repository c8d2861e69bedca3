import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { stageRun } from '../../library/runs/staged-run.ts';
import { HyenaError } from '../../contract/errors.ts';
import { msg, type Message } from '../../contract/message.ts';
import { runRecordSchema, type RunRecord } from '../../contract/runs.ts';
import {
  checkpointsFolder,
  listCheckpoints,
  newestValidCheckpoint,
  type CheckpointEntry,
} from '../../library/checkpoints/checkpoint-folder.ts';
import { verifyCheckpoint } from '../../library/checkpoints/manifest.ts';
import { readJson, temporaryName, writeFileAtomic, writeJson } from '../../library/files/atomic.ts';
import { copyTree } from '../../library/files/copy.ts';
import { metricsPath } from '../../library/runs/metrics-file.ts';
import { writeOrigin } from '../../library/runs/origin.ts';
import { readRunRecord } from '../../library/runs/run-folder.ts';
import { lockRun } from '../../library/runs/run-lock.ts';
import { trainingStateSchema } from '../../library/runs/training-state.ts';
import { itemFolder, newItemName } from '../library.ts';
import { contentOf } from './export-folder.ts';
import { isTorchrunFolder, planFile, torchrunPlanSchema } from './torchrun-plan.ts';

export interface BringBackOptions {
  /** Under another name, as a run of its own; left out: that of the run that left. */
  readonly name?: string;
  /** Receives what a person should know. */
  readonly notify?: (notice: Message) => void;
  /** Ends it early; the library is then as it was. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Takes a run that was trained elsewhere back into the library, with its history: the run that left continues where it
 * has come to. It may still be training there: its newest checkpoint counts.
 *
 * @param folder that `hyena export --to torchrun` wrote
 * @returns the name of the run and its step
 * @throws HyenaError `bad-input` for another folder, `already-exists` where the run was trained here meanwhile, `locked`,
 *   `damaged`, the reason of the signal; the library is then as it was
 */
export async function bringBack(
  library: string,
  folder: string,
  { name, notify = () => undefined, signal }: BringBackOptions = {},
): Promise<{ run: string; step: number }> {
  if (!(await isTorchrunFolder(folder)))
    throw new HyenaError('bad-input', msg`${folder} is not the folder of an exported run: ${planFile} not found.`, {
      kept: 'Nothing was copied.',
      hint: 'Choose the folder of a run that was exported for torchrun.',
    });
  const away = await readJson(path.join(folder, planFile), torchrunPlanSchema, msg`The plan of the run`);
  const source = path.join(folder, 'run');
  const record = await readJson(path.join(source, 'run.json'), runRecordSchema, msg`The record of the run`);
  const newest = await newestValidCheckpoint(source, ({ messages }) => notify(messages.message));
  if (newest === null)
    throw new HyenaError('damaged', msg`${source} has no checkpoint.`, { kept: 'Nothing was copied.' });
  const run = name === undefined ? away.run : newItemName('runs', name);
  const home = itemFolder(library, 'runs', run);
  const known = await readRunRecord(library, run).catch((error: unknown) => {
    if (HyenaError.from(error).code === 'not-found') return null;
    throw error;
  });
  const back: RunRecord = { ...record, name: run, status: record.status === 'done' ? 'done' : 'stopped', owner: null };
  const trained = { source, newest, record: back, signal };
  if (known === null) await create(home, trained);
  else await replace(home, known, trained, name !== undefined);
  await writeOrigin(home, { from: 'returned', source: path.basename(folder) });
  return { run, step: newest.step };
}

/**
 * What {@link bringBack} would do.
 *
 * @returns the name of the run, the step that it has come to, and whether the library has a run of that name
 * @throws HyenaError `damaged`
 */
export async function describeReturning(
  library: string,
  folder: string,
): Promise<{ name: string; step: number; known: boolean }> {
  const { run } = await readJson(path.join(folder, planFile), torchrunPlanSchema, msg`The plan of the run`);
  const newest = await newestValidCheckpoint(path.join(folder, 'run'));
  if (newest === null)
    throw new HyenaError('damaged', msg`${path.join(folder, 'run')} has no checkpoint.`, {
      kept: 'Nothing was copied.',
    });
  const known = await readRunRecord(library, run).then(
    () => true,
    () => false,
  );
  return { name: run, step: newest.step, known };
}

interface Trained {
  readonly source: string;
  readonly newest: CheckpointEntry;
  readonly record: RunRecord;
  readonly signal: AbortSignal | undefined;
}

/** The checkpoints that a run continues from: its newest and its best. */
async function wantedCheckpoints({ source, newest }: Trained): Promise<CheckpointEntry[]> {
  const best = (await listCheckpoints(source, 'best')).at(-1);
  if (best === undefined || best.path === newest.path) return [newest];
  return [newest, best];
}

/** Copies the wanted checkpoints beside those that are there; they appear when all of them were copied and are sound. */
async function copyCheckpoints(trained: Trained, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  const copies: { staged: string; place: string }[] = [];
  try {
    for (const { path: from } of await wantedCheckpoints(trained)) {
      const place = path.join(target, path.basename(from));
      const staged = temporaryName(place);
      copies.push({ staged, place });
      await copyTree(from, staged, { signal: trained.signal });
      await verifyCheckpoint(staged);
    }
    trained.signal?.throwIfAborted();
    for (const { staged, place } of copies) {
      await rm(place, { recursive: true, force: true });
      await rename(staged, place);
    }
  } catch (error) {
    for (const { staged } of copies) await rm(staged, { recursive: true, force: true });
    throw error;
  }
}

async function create(home: string, trained: Trained): Promise<void> {
  const staged = await stageRun(path.dirname(home));
  try {
    await copyCheckpoints(trained, checkpointsFolder(staged));
    await copyTree(metricsPath(trained.source), metricsPath(staged));
    await writeJson(path.join(staged, 'run.json'), trained.record);
    await rename(staged, home);
  } catch (error) {
    await rm(staged, { recursive: true, force: true });
    throw HyenaError.from(error);
  }
}

async function replace(home: string, known: RunRecord, trained: Trained, named: boolean): Promise<void> {
  const lock = await lockRun(home);
  try {
    const same = known.created === trained.record.created;
    if (named || !same || !(await continues(home, trained)))
      throw new HyenaError(
        'already-exists',
        same && !named
          ? msg`Run '${known.name}' was trained here after it had left.`
          : msg`Another run is named '${known.name}'.`,
        {
          kept: 'Both are unchanged.',
          hint: 'Bring it back under another name.',
          command: 'hyena import FOLDER --name NAME',
        },
      );
    await copyCheckpoints(trained, checkpointsFolder(home));
    // Checkpoint first: a run whose history is shorter than its checkpoint says loses nothing.
    await writeFileAtomic(metricsPath(home), contentOf(metricsPath(trained.source)));
    await writeJson(path.join(home, 'run.json'), trained.record);
  } finally {
    await lock.release();
  }
}

/** Whether the history that the library has, up to its last checkpoint, is the beginning of the one that comes back. */
async function continues(home: string, { source }: Trained): Promise<boolean> {
  const last = await newestValidCheckpoint(home);
  if (last === null) return true;
  const { metricsBytes } = await readJson(
    path.join(last.path, 'state.json'),
    trainingStateSchema,
    msg`The state of the run`,
  );
  const [here, there] = await Promise.all([readFile(metricsPath(home)), readFile(metricsPath(source))]);
  const kept = here.subarray(0, metricsBytes);
  return there.length >= kept.length && there.subarray(0, kept.length).equals(kept);
}
