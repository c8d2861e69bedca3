import { constants } from 'node:fs';
import { copyFile, link, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HyenaError } from '../contract/errors.ts';
import type { RunEvent } from '../contract/events.ts';
import { msg } from '../contract/message.ts';
import type { RunRecord } from '../contract/runs.ts';
import { checkpointPath, checkpointsFolder, listCheckpoints } from '../library/checkpoints/checkpoint-folder.ts';
import { basePath, verifyCheckpoint } from '../library/checkpoints/manifest.ts';
import { removeFolderAtomic, writeJson } from '../library/files/atomic.ts';
import { freeRunName } from '../library/runs/free-name.ts';
import { metricsPath, readMetrics } from '../library/runs/metrics-file.ts';
import { readRunRecord } from '../library/runs/run-folder.ts';
import { stageRun } from '../library/runs/staged-run.ts';
import { itemFolder } from './library.ts';

/**
 * Makes a run of one checkpoint of another: with its configuration and its history up to there. It can be chatted with,
 * resumed and exported as any run. Its files are shared with the first run on the disk where the file system can.
 *
 * @param checkpoint `step-500` or `best-480`
 * @returns the name of the new run, `<run>-step-500`
 * @throws HyenaError `not-found`, `damaged`
 */
export async function branchRun(library: string, run: string, checkpoint: string): Promise<string> {
  const { folder, place, step } = await find(library, run, checkpoint);
  await verifyCheckpoint(place);
  const record = await readRunRecord(library, run);
  const name = await freeRunName(library, `${run}-step-${step}`);
  const staged = await stageRun(path.join(library, 'runs'));
  try {
    await mkdir(checkpointsFolder(staged), { recursive: true });
    await shareFolder(place, checkpointPath(staged, step));
    const best = record.best !== null && record.best.step <= step ? record.best : null;
    if (best !== null)
      await shareFolder(checkpointPath(folder, best.step, 'best'), checkpointPath(staged, best.step, 'best'));
    for (const file of [basePath(folder), path.join(folder, 'origin.json'), path.join(folder, 'import.json')])
      await share(file, path.join(staged, path.basename(file)));
    const events = (await readMetrics(folder)).events;
    const kept = upTo(events, step);
    await writeFile(metricsPath(staged), kept.map((event) => `${JSON.stringify(event)}\n`).join(''));
    await writeJson(path.join(staged, 'run.json'), { ...record, ...atStep(record, kept, step), name, best });
    await rename(staged, path.join(library, 'runs', name));
  } catch (error) {
    await rm(staged, { recursive: true, force: true });
    throw HyenaError.from(error);
  }
  return name;
}

/**
 * Deletes a checkpoint. Only for who holds the lock of the run.
 *
 * @throws HyenaError `usage` for the only one: without it the run has no model; `not-found`
 */
export async function removeCheckpoint(library: string, run: string, checkpoint: string): Promise<void> {
  const { folder, place } = await find(library, run, checkpoint);
  const all = [...(await listCheckpoints(folder)), ...(await listCheckpoints(folder, 'best'))];
  if (all.length < 2)
    throw new HyenaError('usage', msg`This is the only checkpoint of run '${run}'.`, {
      kept: 'Nothing was deleted.',
      hint: 'Delete the run instead.',
    });
  await removeFolderAtomic(place);
}

async function find(library: string, run: string, checkpoint: string) {
  await readRunRecord(library, run);
  const folder = itemFolder(library, 'runs', run);
  const [kind, digits] = checkpoint.split('-');
  const step = Number(digits);
  const place = checkpointPath(folder, step, kind === 'best' ? 'best' : 'step');
  if (await stat(place).catch(() => null)) return { folder, place, step };
  throw new HyenaError('not-found', msg`Run '${run}' has no checkpoint of step ${step}.`);
}

/** What was reported before the first step after a checkpoint. */
function upTo(events: readonly RunEvent[], step: number): RunEvent[] {
  const end = events.findIndex((event) => event.type === 'done' || ('step' in event && event.step > step));
  return end < 0 ? [...events] : events.slice(0, end);
}

/** What a record says at an earlier step. */
function atStep(record: RunRecord, events: readonly RunEvent[], step: number): Partial<RunRecord> {
  const now = new Date().toISOString();
  const last = events.findLast((event) => event.type === 'step');
  const evaluation = events.findLast((event) => event.type === 'evaluation');
  const share = record.step > 0 ? Math.min(1, step / record.step) : 0;
  return {
    ...{ created: now, updated: now, owner: null, error: null, status: 'stopped', reason: 'stopped', step },
    tokens: last?.tokens ?? Math.round(record.tokens * share),
    seconds: last?.seconds ?? record.seconds * share,
    loss: last?.loss ?? null,
    validationLoss: evaluation?.loss ?? null,
    ...{ fullValidationLoss: null, answers: evaluation?.answers ?? null, lab: null },
  };
}

/** The files of a folder in a new one, the same on the disk where that can be: checkpoints are never written to. */
async function shareFolder(from: string, to: string): Promise<void> {
  const names = await readdir(from).catch((): string[] => []);
  if (names.length > 0) await mkdir(to, { recursive: true });
  for (const name of names) await share(path.join(from, name), path.join(to, name));
}

async function share(from: string, to: string): Promise<void> {
  if (!(await stat(from).catch(() => null))?.isFile()) return;
  await link(from, to).catch(() => copyFile(from, to, constants.COPYFILE_FICLONE));
}
