import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { HyenaError } from '../../contract/errors.ts';
import { toMessage, msg, type Message } from '../../contract/message.ts';
import { type Disk, nodeDisk } from './disk.ts';
import { parseStored } from './stored-json.ts';

/**
 * Writing that replaces something, so that a loss of power leaves either the old or the new: everything goes to a
 * temporary neighbour (`.<name>.<random>.tmp`), is flushed, then renamed, then the folder is flushed. Free of tfjs.
 */

/** What was written to a file: its size and checksum. */
export interface FileSummary {
  bytes: number;
  sha256: string;
}

/** The content of a file: text in UTF-8, bytes, or pieces that are made while they are written. */
export type Content = string | Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** A name beside a path for what is not finished; {@link removeTemporaries} knows it. */
export const temporaryName = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);

async function* pieces(content: Content): AsyncGenerator<Uint8Array> {
  if (typeof content === 'string') yield Buffer.from(content);
  else if (content instanceof Uint8Array) yield content;
  else yield* content;
}

/** Writes and flushes a new file. */
export async function writeNewFile(path: string, content: Content, disk: Disk = nodeDisk): Promise<FileSummary> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await disk.create(path);
  try {
    for await (const piece of pieces(content)) {
      hash.update(piece);
      bytes += piece.length;
      await file.write(piece);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Removing what is half made must not hide why it is half made. */
async function discard(path: string, disk: Disk): Promise<void> {
  try {
    await disk.remove(path);
  } catch {
    // It is a temporary: removeTemporaries takes it away later.
  }
}

/**
 * Replaces a file, or makes it: after a loss of power it holds all of the old or all of the new content. Its folder
 * must exist.
 *
 * @throws the system's error (`ENOSPC`, …) with the old file untouched
 */
export async function writeFileAtomic(path: string, content: Content, disk: Disk = nodeDisk): Promise<FileSummary> {
  const temporary = temporaryName(path);
  try {
    const summary = await writeNewFile(temporary, content, disk);
    await disk.rename(temporary, path);
    await disk.syncFolder(dirname(path));
    return summary;
  } catch (error) {
    await discard(temporary, disk);
    throw error;
  }
}

/** Writes one file of a folder that is being made. */
export type WriteInFolder = (name: string, content: Content) => Promise<FileSummary>;

/**
 * Replaces a folder, or makes it: `fill` writes its files, and only when all of them are on the disk does the folder
 * get its name. Should the power go exactly while an old folder of that name is exchanged, neither is there.
 *
 * @throws what `fill` throws, or the system's error, with an old folder of that name untouched
 */
export async function writeFolderAtomic(
  path: string,
  fill: (write: WriteInFolder, folder: string) => Promise<void>,
  disk: Disk = nodeDisk,
): Promise<void> {
  const temporary = temporaryName(path);
  try {
    await disk.makeFolder(temporary);
    await fill((name, content) => writeNewFile(join(temporary, name), content, disk), temporary);
    await disk.syncFolder(temporary);
    const replaced = temporaryName(path);
    const replacing = (await readdir(dirname(path))).includes(basename(path));
    if (replacing) await disk.rename(path, replaced);
    await disk.rename(temporary, path);
    await disk.syncFolder(dirname(path));
    if (replacing) await discard(replaced, disk);
  } catch (error) {
    await discard(temporary, disk);
    throw error;
  }
}

/** Removes a folder so that after a loss of power all of it is there, or nothing under its name. */
export async function removeFolderAtomic(path: string, disk: Disk = nodeDisk): Promise<void> {
  const doomed = temporaryName(path);
  await disk.rename(path, doomed);
  await disk.syncFolder(dirname(path));
  await disk.remove(doomed);
}

/** Removes what writers that died have left in a folder. Only for who holds the folder's lock. */
export async function removeTemporaries(folder: string, disk: Disk = nodeDisk): Promise<void> {
  for (const name of await readdir(folder))
    if (/^\..+\.[0-9a-f]{12}\.tmp$/.test(name)) await disk.remove(join(folder, name));
}

/** Writes a record as indented JSON, atomically. */
export async function writeJson(path: string, value: unknown, disk: Disk = nodeDisk): Promise<FileSummary> {
  return writeFileAtomic(path, `${JSON.stringify(value, null, 2)}\n`, disk);
}

/**
 * Reads a record and checks it.
 *
 * @param what how a person calls it: 'The run record'
 * @throws HyenaError `not-found`, or `damaged` where it is not JSON or breaks the schema
 */
export async function readJson<S extends z.ZodType>(path: string, schema: S, what: Message): Promise<z.output<S>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw HyenaError.from(error);
  }
  let value: unknown;
  try {
    value = parseStored(text);
  } catch (error) {
    throw new HyenaError('damaged', msg`${what} ${path} is not valid JSON.`, { cause: error });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new HyenaError(
    'damaged',
    msg`${what} ${path} has an unexpected format: ${toMessage(z.prettifyError(parsed.error))}`,
    {
      cause: parsed.error,
    },
  );
}
