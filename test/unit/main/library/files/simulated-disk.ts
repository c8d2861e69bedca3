import { cp, mkdir, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { nodeDisk, type Disk, type DiskFile } from '../../../../../main/library/files/disk.ts';

/** One thing that was asked of the disk, with paths below the folder that is watched. */
type Operation =
  | { kind: 'folder'; path: string }
  | { kind: 'create'; path: string }
  | { kind: 'write'; path: string; bytes: Uint8Array }
  | { kind: 'rename'; path: string; to: string }
  | { kind: 'remove'; path: string }
  | { kind: 'truncate'; path: string; length: number }
  | { kind: 'sync'; path: string }
  | { kind: 'syncFolder'; path: string };

const changesEntries = new Set(['folder', 'create', 'rename', 'remove']);

/** The machine's disk, with a record of all that was asked of it. */
export class RecordingDisk implements Disk {
  readonly operations: Operation[] = [];
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  #note(operation: Operation): void {
    this.operations.push({ ...operation, path: relative(this.#root, operation.path) });
  }

  async makeFolder(path: string): Promise<void> {
    await nodeDisk.makeFolder(path);
    this.#note({ kind: 'folder', path });
    this.#note({ kind: 'syncFolder', path: dirname(path) });
  }

  #file(path: string, file: DiskFile): DiskFile {
    return {
      write: async (bytes) => {
        await file.write(bytes);
        this.#note({ kind: 'write', path, bytes: bytes.slice() });
      },
      sync: async () => {
        await file.sync();
        this.#note({ kind: 'sync', path });
      },
      close: () => file.close(),
    };
  }

  async create(path: string): Promise<DiskFile> {
    const file = await nodeDisk.create(path);
    this.#note({ kind: 'create', path });
    return this.#file(path, file);
  }

  async append(path: string): Promise<DiskFile> {
    const file = await nodeDisk.append(path);
    this.#note({ kind: 'create', path });
    return this.#file(path, file);
  }

  async rename(from: string, to: string): Promise<void> {
    await nodeDisk.rename(from, to);
    this.#note({ kind: 'rename', path: from, to: relative(this.#root, to) });
  }

  async remove(path: string): Promise<void> {
    await nodeDisk.remove(path);
    this.#note({ kind: 'remove', path });
  }

  async truncate(path: string, length: number): Promise<void> {
    await nodeDisk.truncate(path, length);
    this.#note({ kind: 'truncate', path, length });
  }

  async syncFolder(path: string): Promise<void> {
    await nodeDisk.syncFolder(path);
    this.#note({ kind: 'syncFolder', path });
  }

  /**
   * Builds what a disk may hold if the power goes after the first `count` operations.
   *
   * What was flushed is there. Changes of entries (new, renamed, removed files) are journalled in order: of those that
   * no flush has covered, any first part may be there. Content that was not flushed may be there whole, in part, or
   * not at all.
   *
   * @param before the folder as it was before the first operation
   * @param chance gives numbers from 0 to 1: which of the possible disks it is
   */
  async afterPowerLoss(count: number, before: string | null, folder: string, chance: () => number): Promise<void> {
    await mkdir(folder, { recursive: true });
    if (before !== null) await cp(before, folder, { recursive: true });
    const done = this.operations.slice(0, count);
    const flushedUpTo = done.findLastIndex(({ kind }) => kind === 'syncFolder' || kind === 'sync');
    const loose = done
      .map(({ kind }, index) => ({ kind, index }))
      .filter(({ kind, index }) => index > flushedUpTo && changesEntries.has(kind));
    const lost = new Set(loose.slice(Math.floor(chance() * (loose.length + 1))).map(({ index }) => index));
    for (const [index, operation] of done.entries()) {
      if (lost.has(index)) continue;
      await this.#replay(operation, index, done, folder, chance);
    }
  }

  async #replay(
    operation: Operation,
    index: number,
    done: Operation[],
    folder: string,
    chance: () => number,
  ): Promise<void> {
    const path = join(folder, operation.path);
    switch (operation.kind) {
      case 'folder':
        await mkdir(path, { recursive: true });
        return;
      case 'create':
        await writeFile(path, '', { flag: 'a' }).catch(ignoreMissing);
        return;
      case 'write': {
        const flushed = done.some(
          ({ kind, path: of }, later) => later > index && kind === 'sync' && of === operation.path,
        );
        const kept = flushed ? operation.bytes.length : Math.floor(chance() * 1.5 * operation.bytes.length);
        await writeFile(path, operation.bytes.subarray(0, kept), { flag: 'a' }).catch(ignoreMissing);
        return;
      }
      case 'rename':
        await rename(path, join(folder, operation.to)).catch(ignoreMissing);
        return;
      case 'remove':
        await rm(path, { recursive: true, force: true });
        return;
      case 'truncate':
        await truncate(path, operation.length).catch(ignoreMissing);
        return;
      case 'sync':
      case 'syncFolder':
        return;
    }
  }
}

/** A file whose creation was lost has no content either. */
function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

/** The machine's disk without flushing: for tests that are not about what survives. */
export const hastyDisk: Disk = {
  ...nodeDisk,
  create: async (path) => ({ ...(await nodeDisk.create(path)), sync: () => Promise.resolve() }),
  append: async (path) => ({ ...(await nodeDisk.append(path)), sync: () => Promise.resolve() }),
  makeFolder: async (path) => void (await mkdir(path, { recursive: true })),
  syncFolder: () => Promise.resolve(),
};

/** A disk with room for so many bytes more; then every write fails as a full one does. */
export function fullAfter(bytes: number): Disk & { readonly left: number } {
  let left = bytes;
  const limited = (file: DiskFile): DiskFile => ({
    async write(content) {
      const fits = content.subarray(0, left);
      left -= fits.length;
      await file.write(fits);
      if (fits.length < content.length) throw noSpace();
    },
    sync: () => file.sync(),
    close: () => file.close(),
  });
  return {
    ...hastyDisk,
    get left() {
      return left;
    },
    create: async (path) => limited(await hastyDisk.create(path)),
    append: async (path) => limited(await hastyDisk.append(path)),
  };
}

function noSpace(): Error {
  return Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28 });
}
