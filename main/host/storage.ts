import { readdir, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { BackupContents, BackupProgress, BackupResult, RestoreResult } from '../contract/backups.ts';
import { HyenaError } from '../contract/errors.ts';
import { storageKinds, type Storage, type StorageKind } from '../contract/storage.ts';
import { downloadsFolder, removeOldDownloads } from '../library/downloads.ts';
import { measureFolder } from '../library/files/measure.ts';
import { readProvenance } from '../library/runs/origin.ts';
import { statesFolder } from './backup/library-files.ts';
import { plainTask, type Task } from './job-task.ts';

/** A download that something was added to this recently may still be in progress. */
const busyMilliseconds = 120_000;
/** Progress is reported this often. */
const reportMilliseconds = 200;

/** The room that a library takes, and its backups. */
export class LibraryStorage {
  readonly #library: string;

  constructor(library: string) {
    this.#library = library;
  }

  /** What takes how much room. */
  async measure(): Promise<Storage> {
    const sizes = new Map(storageKinds.map((kind) => [kind, { bytes: 0, files: 0 }]));
    const add = async (kind: StorageKind, folder: string, sign: 1 | -1 = 1): Promise<void> => {
      const { bytes, files } = await measureFolder(folder).catch(() => ({ bytes: 0, files: 0 }));
      const sum = sizes.get(kind)!;
      sum.bytes += sign * bytes;
      sum.files += sign * files;
    };
    const at = (...parts: string[]): string => path.join(this.#library, ...parts);
    for (const shelf of ['datasets', 'documents', 'chats', 'exports', 'backups', 'devices'] as const)
      await add(shelf, at(shelf));
    for (const run of await namesIn(at('runs'))) {
      const { origin } = await readProvenance(at('runs', run));
      if (origin.from === 'published' || origin.from === 'copied') await add('imported', at('runs', run));
      else {
        await add('checkpoints', at('runs', run, 'checkpoints'));
        await add('runs', at('runs', run));
        await add('runs', at('runs', run, 'checkpoints'), -1);
      }
    }
    for (const states of await this.#states()) {
      await add('caches', states);
      await add('documents', states, -1);
    }
    await add('downloads', downloadsFolder(this.#library));
    await add('trash', at('.trash'));
    await add('other', this.#library);
    const counted = storageKinds.filter((kind) => kind !== 'other').map((kind) => sizes.get(kind)!);
    const other = sizes.get('other')!;
    for (const { bytes, files } of counted) {
      other.bytes = Math.max(0, other.bytes - bytes);
      other.files = Math.max(0, other.files - files);
    }
    const parts = storageKinds.map((kind) => ({ kind, ...nonNegative(sizes.get(kind)!) }));
    const disk = await statfs(this.#library).then(
      ({ bavail, blocks, bsize }) => ({ available: bavail * bsize, total: blocks * bsize }),
      () => null,
    );
    return { parts, bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0), disk };
  }

  /** Deletes finished and abandoned downloads and saved prefix caches. @returns bytes that this has freed */
  async clean(): Promise<{ bytes: number }> {
    const before = await this.#renewableBytes();
    try {
      await removeOldDownloads(this.#library, { keptMilliseconds: busyMilliseconds });
      for (const states of await this.#states()) await rm(states, { recursive: true, force: true });
    } catch (error) {
      throw HyenaError.from(error);
    }
    return { bytes: Math.max(0, before - (await this.#renewableBytes())) };
  }

  /** Writes a backup. It fails as `writeBackup` does. */
  backup(file: string): Task<BackupProgress, BackupResult> {
    return plainTask(
      async (notify, signal) => {
        const { writeBackup } = await import('./backup/write-backup.ts');
        return await writeBackup(this.#library, file, { signal, onProgress: seldom(notify) });
      },
      new HyenaError('interrupted', 'The backup was cancelled.', { kept: 'No file was written.' }),
    );
  }

  /** @throws HyenaError as `describeBackup` */
  async describe(file: string, compared = true): Promise<BackupContents> {
    const { describeBackup } = await import('./backup/restore-backup.ts');
    return await describeBackup(compared ? this.#library : null, file);
  }

  /** Restores a backup. It fails as `restoreInto` and `restoreAs` do. @param folder null: adds it to this library */
  restore(file: string, folder: string | null): Task<BackupProgress, RestoreResult> {
    return plainTask(
      async (notify, signal) => {
        const { restoreAs, restoreInto } = await import('./backup/restore-backup.ts');
        const options = { signal, onProgress: seldom(notify) };
        return folder === null
          ? await restoreInto(this.#library, file, options)
          : await restoreAs(folder, file, options);
      },
      new HyenaError('interrupted', 'Restoring was cancelled.', { kept: 'The library is unchanged.' }),
    );
  }

  /** Folders of saved prefix caches. */
  async #states(): Promise<string[]> {
    const documents = path.join(this.#library, 'documents');
    return (await namesIn(documents)).map((name) => path.join(documents, name, statesFolder));
  }

  async #renewableBytes(): Promise<number> {
    const folders = [downloadsFolder(this.#library), ...(await this.#states())];
    const sizes = await Promise.all(folders.map((folder) => measureFolder(folder).catch(() => ({ bytes: 0 }))));
    return sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch((): string[] => []);

/** Something may have been removed between two looks. */
const nonNegative = ({ bytes, files }: { bytes: number; files: number }) => ({
  bytes: Math.max(0, bytes),
  files: Math.max(0, files),
});

/** Progress a few times per second: a task keeps all of its events. */
function seldom(notify: (progress: BackupProgress) => void): (progress: BackupProgress) => void {
  let last = -Infinity;
  return (progress) => {
    const now = performance.now();
    if (now - last < reportMilliseconds && progress.done < progress.total) return;
    last = now;
    notify(progress);
  };
}
