import { type FileHandle, mkdir, open, rename, rm, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * The few operations by which records reach the disk. Everything that must survive a loss of power goes through this
 * interface, so that a test can stand in for the disk: fill it up, or cut the power between any two operations.
 * Errors are those of the system (`ENOSPC`, …); {@link HyenaError.from} tells them to a person.
 */
export interface Disk {
  /** A folder and those above it that are missing; each new entry is flushed. */
  makeFolder(path: string): Promise<void>;
  /** A new file, which must not exist yet. */
  create(path: string): Promise<DiskFile>;
  /** A file that is written at its end only; made where it is missing. */
  append(path: string): Promise<DiskFile>;
  /** Replaces `to` if it is a file. */
  rename(from: string, to: string): Promise<void>;
  /** A file, or a folder with all it holds; nothing happens if there is none. */
  remove(path: string): Promise<void>;
  truncate(path: string, bytes: number): Promise<void>;
  /** Makes what was created, renamed or removed in a folder survive a loss of power. */
  syncFolder(path: string): Promise<void>;
}

/** A file open for writing. What was written survives a loss of power once `sync` has returned. */
export interface DiskFile {
  write(bytes: Uint8Array): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** One write moves at most this much: the system's own limit is below 2 GiB. */
const longestWrite = 1 << 28;

function diskFile(handle: FileHandle): DiskFile {
  return {
    async write(bytes) {
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await handle.write(bytes, done, Math.min(longestWrite, bytes.length - done));
        done += bytesWritten;
      }
    },
    sync: () => handle.sync(),
    close: () => handle.close(),
  };
}

const windows = process.platform === 'win32';

/** The machine's own disk. */
export const nodeDisk: Disk = {
  async makeFolder(path) {
    const first = await mkdir(path, { recursive: true });
    if (first === undefined) return;
    // Flush every folder that got a new entry: from the parent of the first new one down to the parent of the last.
    for (let child = path; ; child = dirname(child)) {
      await nodeDisk.syncFolder(dirname(child));
      if (child === first || child === dirname(child)) return;
    }
  },
  create: async (path) => diskFile(await open(path, 'wx')),
  append: async (path) => diskFile(await open(path, 'a')),
  async rename(from, to) {
    // On Windows a virus scanner or an indexer may hold a new file for a moment.
    for (let attempt = 0; ; attempt++) {
      try {
        await rename(from, to);
        return;
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code ?? '';
        if (!windows || attempt >= 20 || !['EPERM', 'EACCES', 'EBUSY'].includes(code)) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  },
  remove: (path) => rm(path, { recursive: true, force: true, maxRetries: windows ? 10 : 0 }),
  truncate,
  async syncFolder(path) {
    if (windows) return; // Folders cannot be opened there; the file system's journal keeps their entries.
    const handle = await open(path, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
};
