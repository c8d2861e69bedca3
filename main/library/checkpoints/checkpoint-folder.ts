import { access, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { HyenaError, messageOf } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';
import {
  removeFolderAtomic,
  removeTemporaries,
  writeFolderAtomic,
  type Content,
  type FileSummary,
} from '../files/atomic.ts';
import { type Disk, nodeDisk } from '../files/disk.ts';
import {
  filesWith,
  makeManifest,
  manifestFile,
  requiredFiles,
  verifyCheckpoint,
  type CheckpointFile,
} from './manifest.ts';

/**
 * The checkpoints of a run: `checkpoints/step-<n>/`, of which the run continues from the newest, and besides them
 * `checkpoints/best-<n>/`, the one with the lowest validation loss. Free of tfjs.
 */
export interface CheckpointEntry {
  readonly step: number;
  readonly path: string;
}
export type CheckpointKind = 'step' | 'best';

export const checkpointsFolder = (runFolder: string): string => join(runFolder, 'checkpoints');
export const checkpointPath = (runFolder: string, step: number, kind: CheckpointKind = 'step'): string =>
  join(checkpointsFolder(runFolder), `${kind}-${step}`);

/** Checkpoints that have a manifest, by ascending step; their files are not looked into. */
export async function listCheckpoints(runFolder: string, kind: CheckpointKind = 'step'): Promise<CheckpointEntry[]> {
  const entries = await checkpointFolders(runFolder, kind);
  const complete = await Promise.all(entries.map(({ path }) => exists(join(path, manifestFile))));
  return entries.filter((_, index) => complete[index]);
}

/** Checkpoints by ascending step, whole or not. */
export async function checkpointFolders(runFolder: string, kind: CheckpointKind): Promise<CheckpointEntry[]> {
  let names: string[];
  try {
    names = await readdir(checkpointsFolder(runFolder));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return names
    .map((name) => new RegExp(`^${kind}-(\\d+)$`).exec(name)?.[1])
    .filter((digits) => digits !== undefined)
    .map((digits) => ({ step: Number(digits), path: checkpointPath(runFolder, Number(digits), kind) }))
    .sort((a, b) => a.step - b.step);
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * Writes a checkpoint: it appears under its name when all of it is on the disk, or not at all.
 *
 * @param contents of every file that is required
 * @param base the weights of the run that the adapters among the contents belong to; null: the contents have all weights
 * @throws the system's error, with every other checkpoint untouched
 */
export async function writeCheckpoint(
  runFolder: string,
  step: number,
  kind: CheckpointKind,
  contents: Partial<Record<CheckpointFile, Content>>,
  base: FileSummary | null = null,
  disk: Disk = nodeDisk,
): Promise<string> {
  const path = checkpointPath(runFolder, step, kind);
  await disk.makeFolder(checkpointsFolder(runFolder));
  await writeFolderAtomic(
    path,
    async (write) => {
      const files: Record<string, FileSummary> = {};
      for (const name of filesWith(requiredFiles, base !== null)) {
        const content = contents[name];
        if (content === undefined) throw new HyenaError('internal', `A checkpoint needs ${name}.`);
        files[name] = await write(name, content);
      }
      await write(manifestFile, `${JSON.stringify(makeManifest(step, files, base), null, 2)}\n`);
    },
    disk,
  );
  return path;
}

/**
 * The newest checkpoint whose every file is as it was written: of the steps, else the best one.
 *
 * @param onDamaged called with each newer one that is not, by an error that names it
 * @returns null if there is no checkpoint at all
 * @throws HyenaError `damaged` if there are some and none is sound
 */
export async function newestValidCheckpoint(
  runFolder: string,
  onDamaged: (error: HyenaError, entry: CheckpointEntry) => void | Promise<void> = () => undefined,
): Promise<CheckpointEntry | null> {
  const steps = (await checkpointFolders(runFolder, 'step')).reverse();
  const best = (await checkpointFolders(runFolder, 'best')).reverse();
  let first: HyenaError | undefined;
  for (const entry of [...steps, ...best]) {
    try {
      await verifyCheckpoint(entry.path);
      return entry;
    } catch (thrown) {
      const error = HyenaError.from(thrown);
      if (error.code !== 'damaged') throw error;
      first ??= error;
      await onDamaged(error, entry);
    }
  }
  if (first === undefined) return null;
  throw new HyenaError('damaged', msg`No checkpoint of the run is intact. ${messageOf(first)}`, {
    hint: 'Train again under another name.',
    cause: first,
  });
}

/**
 * Removes the checkpoints that are no longer wanted: kept are the newest, and the `keep` latest whose step is a
 * multiple of `interval` (a run rolls back to those, so what is kept must not depend on when it was stopped).
 */
export async function pruneCheckpoints(
  runFolder: string,
  keep: number,
  interval: number,
  disk: Disk = nodeDisk,
): Promise<void> {
  const all = await checkpointFolders(runFolder, 'step');
  const regular = all.filter(({ step }) => step % interval === 0).slice(-keep);
  const newest = all.at(-1);
  await removeCheckpoints(
    all.filter((entry) => entry !== newest && !regular.includes(entry)),
    disk,
  );
}

/** Keeps one best checkpoint. */
export async function pruneBest(runFolder: string, step: number, disk: Disk = nodeDisk): Promise<void> {
  const others = (await checkpointFolders(runFolder, 'best')).filter((entry) => entry.step !== step);
  await removeCheckpoints(others, disk);
}

/** Removes the checkpoints after a step: they belong to a course the run has left. */
export async function removeCheckpointsAfter(runFolder: string, step: number, disk: Disk = nodeDisk): Promise<void> {
  const after = (await checkpointFolders(runFolder, 'step')).filter((entry) => entry.step > step);
  await removeCheckpoints(after, disk);
}

/**
 * Puts a damaged checkpoint aside, as `damaged-<kind>-<n>`: it is in the way of the one that the run will write, and a
 * person may still want to look at it.
 *
 * @returns where it lies now
 */
export async function quarantine({ path }: CheckpointEntry, disk: Disk = nodeDisk): Promise<string> {
  const aside = join(dirname(path), `damaged-${basename(path)}`);
  await disk.remove(aside);
  await disk.rename(path, aside);
  await disk.syncFolder(dirname(path));
  return aside;
}

async function removeCheckpoints(entries: CheckpointEntry[], disk: Disk): Promise<void> {
  for (const { path } of entries) await removeFolderAtomic(path, disk);
}

/** Clears what a writer that died has left. Only for who holds the run's lock. */
export async function removeIncompleteCheckpoints(runFolder: string, disk: Disk = nodeDisk): Promise<void> {
  await removeTemporaries(runFolder, disk);
  if (await exists(checkpointsFolder(runFolder))) await removeTemporaries(checkpointsFolder(runFolder), disk);
}
