import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { BackupManifest, BackupProgress, BackupResult } from '../../contract/backups.ts';
import { HyenaError } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';
import { temporaryName } from '../../library/files/atomic.ts';
import { nodeDisk } from '../../library/files/disk.ts';
import { programVersion } from '../installation.ts';
import { countItems, libraryFiles, type LibraryFile } from './library-files.ts';

export const manifestName = 'hyena-library.json';
const pieceBytes = 1 << 20;
const mebibyte = 1 << 20;
/** What compressing makes smaller at little cost; weights and tokens are stored as they are. */
const compressed = /\.(?:jsonl?|txt|md)$/;

interface BackupOptions {
  readonly onProgress?: (progress: BackupProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Writes the runs, data sets, documents, chats and preferences of a library into one zip file, which appears under its
 * name when all of it is on the disk. A run that trains meanwhile is kept as it is now; a checkpoint that disappears
 * meanwhile is left out.
 *
 * @param file the new file
 * @throws HyenaError `already-exists`, `disk-full`; the reason of the signal
 */
export async function writeBackup(
  library: string,
  file: string,
  { onProgress = () => undefined, signal }: BackupOptions = {},
): Promise<BackupResult> {
  const target = path.resolve(file);
  if (await stat(target).catch(() => null))
    throw new HyenaError('already-exists', msg`${target} already exists.`, {
      kept: 'Nothing was written.',
      hint: 'Choose another name.',
    });
  const files = await libraryFiles(library);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const temporary = temporaryName(target);
  try {
    await mkdir(path.dirname(target), { recursive: true });
    await checkRoom(path.dirname(target), total);
    const zipped = new ZippedLibrary(files, (done) =>
      onProgress({ phase: 'backup', done: Math.min(done, total), total }),
    );
    await zipped.write(temporary, signal);
    await flush(temporary);
    await rename(temporary, target);
    await nodeDisk.syncFolder(path.dirname(target));
    const { size } = await stat(target);
    const names = zipped.written.map(({ name }) => name);
    return { file: target, bytes: size, files: names.length, items: countItems(names) };
  } catch (error) {
    await rm(temporary, { force: true });
    signal?.throwIfAborted();
    throw HyenaError.from(error);
  }
}

/** @throws HyenaError `disk-full` if a disk has less room than that */
export async function checkRoom(folder: string, bytes: number): Promise<void> {
  const disk = await statfs(folder).catch(() => null);
  if (disk === null || disk.bavail * disk.bsize >= bytes) return;
  const [needed, free] = [bytes, disk.bavail * disk.bsize].map((value) => Math.ceil(value / mebibyte));
  throw new HyenaError('disk-full', msg`${needed} MiB are needed in ${folder}, but ${free} MiB are free.`, {
    kept: 'Nothing was written.',
    hint: 'Free some disk space, or choose another disk.',
  });
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The zip file while it is written. */
class ZippedLibrary {
  readonly #files: readonly LibraryFile[];
  readonly #report: (bytes: number) => void;
  readonly #entries: BackupManifest['files'] = [];
  /** Folders of which something has disappeared since they were listed. */
  readonly #gone = new Set<string>();
  #done = 0;

  constructor(files: readonly LibraryFile[], report: (bytes: number) => void) {
    this.#files = files;
    this.#report = report;
  }

  /** The files that are whole. */
  get written(): BackupManifest['files'] {
    return this.#entries.filter(({ name }) => ![...this.#gone].some((folder) => name.startsWith(folder)));
  }

  async write(place: string, signal?: AbortSignal): Promise<void> {
    const zip = new ZipFile();
    // Its type says less than it is.
    const output = zip.outputStream as Readable;
    const fail = (error: Error): void => void output.destroy(error);
    (zip as unknown as NodeJS.EventEmitter).on('error', fail);
    let current: Readable | undefined;
    const add = (name: string, modified: Date, pieces: () => AsyncGenerator<Buffer>): void => {
      const compressionLevel = compressed.test(name) ? 1 : 0;
      zip.addReadStreamLazy(name, { mtime: modified, mode: 0o100644, compressionLevel }, (give) => {
        current = Readable.from(pieces(), { objectMode: false }).on('error', fail);
        give(null, current);
      });
    };
    for (const file of this.#files) add(file.name, file.modified, () => this.#piecesOf(file));
    add(manifestName, new Date(), () => this.#manifest());
    zip.end();
    try {
      const target = createWriteStream(place, { flags: 'wx', highWaterMark: pieceBytes });
      await pipeline(output, target, { ...(signal && { signal }) });
    } finally {
      current?.destroy();
    }
  }

  /** A file as long as it is when it is opened: some grow meanwhile. */
  async *#piecesOf({ name, path: place }: LibraryFile): AsyncGenerator<Buffer> {
    const handle = await open(place).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (handle === null) return void this.#gone.add(wholeOf(name));
    try {
      const hash = createHash('sha256');
      const { size } = await handle.stat();
      let bytes = 0;
      while (bytes < size) {
        const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(Math.min(pieceBytes, size - bytes)));
        if (bytesRead === 0) break;
        const piece = buffer.subarray(0, bytesRead);
        hash.update(piece);
        bytes += bytesRead;
        this.#report((this.#done += bytesRead));
        yield piece;
      }
      this.#entries.push({ name, bytes, sha256: hash.digest('hex') });
    } finally {
      await handle.close();
    }
  }

  async *#manifest(): AsyncGenerator<Buffer> {
    const manifest: BackupManifest = {
      format: 1,
      program: programVersion,
      created: new Date().toISOString(),
      files: this.written,
    };
    yield await Promise.resolve(Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`));
  }
}

/** The folder that is worth nothing without one of its files: a checkpoint, else the whole item. */
const wholeOf = (name: string): string =>
  (/^runs\/[^/]+\/checkpoints\/[^/]+\//.exec(name) ?? /^[^/]+\/[^/]+\//.exec(name))?.[0] ?? name;
