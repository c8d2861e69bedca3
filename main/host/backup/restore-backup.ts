import { mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  backupShelves,
  type BackupContents,
  type BackupManifest,
  type BackupProgress,
  type RestoreResult,
} from '../../contract/backups.ts';
import { HyenaError } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';
import { nameKey } from '../../contract/names.ts';
import { temporaryName, writeNewFile } from '../../library/files/atomic.ts';
import { nodeDisk } from '../../library/files/disk.ts';
import { takeLock } from '../../library/files/lock.ts';
import { createLibrary } from '../library.ts';
import { countItems, isLooseFile } from './library-files.ts';
import { damagedFile, itemsOf, OpenBackup } from './open-backup.ts';
import { checkRoom } from './write-backup.ts';

interface RestoreOptions {
  readonly onProgress?: (progress: BackupProgress) => void;
  readonly signal?: AbortSignal;
}

/** What is in a backup, and what of it a library has already; null: compared with none. @throws HyenaError as {@link OpenBackup.open} */
export async function describeBackup(library: string | null, file: string): Promise<BackupContents> {
  const backup = await OpenBackup.open(file);
  try {
    const { created, files } = backup.manifest;
    const { present, names } = await compare(library, backup.manifest);
    const bytes = files.reduce((sum, one) => sum + one.bytes, 0);
    return { created, bytes, items: countItems(files.map(({ name }) => name)), present: countItems(present), names };
  } finally {
    backup.close();
  }
}

/**
 * Adds what is in a backup to a library. Items that the library has already stay as they are. Everything is unpacked
 * and checked beside the library first, so that a damaged backup changes nothing.
 *
 * @throws HyenaError as {@link OpenBackup.open}, `disk-full`, `locked` while another process restores; the reason of
 *   the signal
 */
export async function restoreInto(library: string, file: string, options: RestoreOptions = {}): Promise<RestoreResult> {
  const backup = await OpenBackup.open(file);
  const lock = await takeLock(path.join(library, '.restore-lock'), {
    refusal: () =>
      new HyenaError('locked', 'Another process is restoring a backup into this library.', {
        kept: 'The library is unchanged.',
        hint: 'Wait until it has ended, and try again.',
      }),
  }).catch((error: unknown) => {
    backup.close();
    throw HyenaError.from(error);
  });
  const staged = temporaryName(path.join(library, 'restore'));
  try {
    await removeLeftovers(library);
    const { added, present, names } = await compare(library, backup.manifest);
    const files = added.flatMap(([, own]) => own);
    const loose = backup.manifest.files.filter(({ name }) => isLooseFile(name));
    for (const one of loose) if (!(await stat(path.join(library, one.name)).catch(() => null))) files.push(one);
    await unpack(backup, files, staged, options);
    await moveIn(staged, library, [
      ...added.map(([item]) => item),
      ...files.filter(({ name }) => isLooseFile(name)).map(({ name }) => name),
    ]);
    return {
      folder: library,
      restored: countItems(files.map(({ name }) => name)),
      present: countItems(present),
      names,
    };
  } catch (error) {
    options.signal?.throwIfAborted();
    throw HyenaError.from(error);
  } finally {
    backup.close();
    await rm(staged, { recursive: true, force: true });
    await lock.release();
  }
}

/**
 * Makes a library of a backup: it appears when all of it is unpacked and checked.
 *
 * @param folder new or empty
 * @throws HyenaError `already-exists`, and as {@link restoreInto}
 */
export async function restoreAs(folder: string, file: string, options: RestoreOptions = {}): Promise<RestoreResult> {
  const target = path.resolve(folder);
  const found = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw HyenaError.from(error);
  });
  if (found !== null && found.length > 0)
    throw new HyenaError('already-exists', msg`The folder ${target} is not empty.`, {
      kept: 'Nothing was written.',
      hint: 'Choose a new or an empty folder.',
    });
  const backup = await OpenBackup.open(file);
  const staged = temporaryName(target);
  try {
    await mkdir(path.dirname(target), { recursive: true });
    const { files } = backup.manifest;
    await unpack(backup, files, staged, options);
    await createLibrary(staged);
    if (found !== null) await rmdir(target);
    await rename(staged, target);
    await nodeDisk.syncFolder(path.dirname(target));
    const nothing = countItems([]);
    const restored = countItems(files.map(({ name }) => name));
    return { folder: target, restored, present: nothing, names: { runs: [], datasets: [] } };
  } catch (error) {
    options.signal?.throwIfAborted();
    throw HyenaError.from(error);
  } finally {
    backup.close();
    await rm(staged, { recursive: true, force: true });
  }
}

/** Which items a library lacks, and the files of those that it has. */
async function compare(library: string | null, manifest: BackupManifest) {
  const added: [item: string, files: BackupManifest['files']][] = [];
  const present: string[] = [];
  const names: { runs: string[]; datasets: string[] } = { runs: [], datasets: [] };
  const taken = new Set<string>();
  if (library !== null)
    for (const shelf of backupShelves)
      for (const name of await readdir(path.join(library, shelf)).catch((): string[] => []))
        taken.add(`${shelf}/${nameKey(name)}`);
  for (const [item, files] of itemsOf(manifest)) {
    const [shelf, name] = item.split('/');
    const key = `${shelf}/${nameKey(name)}`;
    if (!taken.has(key)) {
      added.push([item, files]);
      // Two items whose names differ in case alone would be one folder on some systems.
      taken.add(key);
      continue;
    }
    present.push(...files.map((file) => file.name));
    if (shelf === 'runs' || shelf === 'datasets') names[shelf].push(name);
  }
  return { added, present, names };
}

async function unpack(
  backup: OpenBackup,
  files: BackupManifest['files'],
  folder: string,
  { onProgress = () => undefined, signal }: RestoreOptions,
): Promise<void> {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  await mkdir(folder, { recursive: true });
  await checkRoom(folder, total);
  let done = 0;
  async function* watched(name: string): AsyncGenerator<Uint8Array> {
    for await (const piece of backup.read(name)) {
      signal?.throwIfAborted();
      onProgress({ phase: 'restore', done: (done += piece.length), total });
      yield piece;
    }
  }
  for (const { name, bytes, sha256 } of files) {
    signal?.throwIfAborted();
    const place = path.join(folder, ...name.split('/'));
    await mkdir(path.dirname(place), { recursive: true });
    const written = await writeNewFile(place, watched(name));
    if (written.bytes !== bytes || written.sha256 !== sha256) throw damagedFile(backup.name, name);
  }
}

/** Moves unpacked items to their places; all of them, or none if one cannot be moved. */
async function moveIn(staged: string, library: string, names: readonly string[]): Promise<void> {
  const moved: string[] = [];
  try {
    for (const name of names) {
      await mkdir(path.dirname(path.join(library, name)), { recursive: true });
      await rename(path.join(staged, name), path.join(library, name));
      moved.push(name);
    }
  } catch (error) {
    for (const name of moved) await rename(path.join(library, name), path.join(staged, name)).catch(() => undefined);
    throw error;
  }
  for (const shelf of backupShelves) await nodeDisk.syncFolder(path.join(library, shelf));
}

/** What a process that died has left while it restored. Only for who holds the lock. */
async function removeLeftovers(library: string): Promise<void> {
  for (const name of await readdir(library))
    if (/^\.restore\.[0-9a-f]{12}\.tmp$/.test(name))
      await rm(path.join(library, name), { recursive: true, force: true });
}
