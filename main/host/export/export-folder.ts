import { createReadStream } from 'node:fs';
import { mkdir, readdir, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { HyenaError } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';
import { numberedName } from '../../library/runs/free-name.ts';
import { writeFolderAtomic, type Content, type FileSummary } from '../../library/files/atomic.ts';

/** Writes one file of an exported folder; folders in its name are made. */
export type WriteExported = (name: string, content: Content) => Promise<FileSummary>;

/**
 * Makes a folder that did not exist or was empty: it appears when all of it is on the disk, or not at all.
 *
 * @param signal ends it early
 * @throws HyenaError `already-exists` where there is something in it, the reason of the signal, or the system's error
 */
export async function makeExportFolder(
  folder: string,
  fill: (write: WriteExported) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const found = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw HyenaError.from(error);
  });
  if (found !== null && found.length > 0)
    throw new HyenaError('already-exists', msg`The folder ${folder} is not empty.`, {
      kept: 'Nothing was written.',
      hint: 'Choose a new or an empty folder.',
    });
  try {
    await mkdir(path.dirname(folder), { recursive: true });
    if (found !== null) await rmdir(folder);
    await writeFolderAtomic(folder, (write, temporary) =>
      fill(async (name, content) => {
        await mkdir(path.join(temporary, path.dirname(name)), { recursive: true });
        return write(name, signal ? untilAborted(content, signal) : content);
      }),
    );
  } catch (error) {
    throw HyenaError.from(error);
  }
}

/** A content that ends with the reason of a signal. */
async function* untilAborted(content: Content, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  signal.throwIfAborted();
  if (typeof content === 'string') yield Buffer.from(content);
  else if (content instanceof Uint8Array) yield content;
  else
    for await (const piece of content) {
      signal.throwIfAborted();
      yield piece;
    }
}

/** A file's bytes, piece by piece. */
export const contentOf = (file: string): Content =>
  createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Uint8Array>;

export const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** A folder or file for an export that does not exist yet: the name, or name-2, name-3, … @param ending `.zip` */
export async function freeExportFolder(within: string, name: string, ending = ''): Promise<string> {
  const taken = new Set(await readdir(within).catch((): string[] => []));
  return path.join(within, `${numberedName(name, (one) => taken.has(`${one}${ending}`))}${ending}`);
}
