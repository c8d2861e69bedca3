import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { datasetNameSchema, type SplitName } from '../../contract/datasets.ts';
import { HyenaError } from '../../contract/errors.ts';
import { nameKey } from '../../contract/names.ts';
import { toMessage, msg } from '../../contract/message.ts';
import { spelledAsStored } from '../files/spelling.ts';

/** Where a data set lies: `<library>/datasets/<name>/`. docs/data.md describes every file. */
export const datasetsFolder = (library: string): string => join(library, 'datasets');
export const datasetFolder = (library: string, name: string): string =>
  join(datasetsFolder(library), spelledAsStored(datasetsFolder(library), checkedName(name)));

export const RECORD_FILE = 'dataset.json';
export const TOKENIZER_FILE = 'tokenizer.json';
export const SOURCES_FILE = 'sources.jsonl';
export const FILES_FILE = 'files.jsonl';
export const shardFile = (split: SplitName, index: number): string => `${split}-${padded(index)}.bin`;
export const maskFile = (split: SplitName, index: number): string => `${split}-${padded(index)}.mask.bin`;
export const targetsFile = (split: SplitName): string => `${split}-${padded(0)}.targets.bin`;
export const indexFile = (split: SplitName): string => `${split}-documents.bin`;
const padded = (index: number): string => String(index).padStart(5, '0');

function checkedName(name: string): string {
  const parsed = datasetNameSchema.safeParse(name);
  if (parsed.success) return name;
  throw new HyenaError(
    'usage',
    msg`'${name}' is not a valid name for a data set. ${toMessage(parsed.error.issues[0].message)}`,
    {
      hint: 'Choose a short name such as moby-dick.',
    },
  );
}

/** Writes a folder's or file's contents out to the disk itself. */
export async function flush(path: string): Promise<void> {
  const isFolder = (await stat(path)).isDirectory();
  if (isFolder && process.platform === 'win32') return; // Windows cannot open folders.
  const handle = await open(path, isFolder ? 'r' : 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const temporaryPattern = /^\.(?:adding|removing)-(\d+)-/;

/** The name of a folder that belongs to this process until it is renamed or deleted. */
export const temporaryFolderName = (purpose: 'adding' | 'removing'): string =>
  `.${purpose}-${process.pid}-${Math.random().toString(36).slice(2, 10)}`;

/** Deletes what processes left that ended before they were done. */
export async function cleanLeftovers(library: string): Promise<void> {
  const folder = datasetsFolder(library);
  for (const entry of await readdir(folder).catch(() => [])) {
    const owner = temporaryPattern.exec(entry)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    await rm(join(folder, entry), { recursive: true, force: true }).catch(() => {});
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The data set that a name belongs to: its own, or one that differs in upper and lower case alone. */
export async function datasetNamed(library: string, name: string): Promise<string | undefined> {
  const names = await readdir(datasetsFolder(library)).catch(() => []);
  return names.find((one) => nameKey(one) === nameKey(name));
}

/** Gives a finished folder its name, at once and permanently. Throws `already-exists`. */
export async function moveIntoPlace(from: string, library: string, name: string): Promise<string> {
  const to = datasetFolder(library, name);
  const other = await datasetNamed(library, name);
  if (other !== undefined) throw alreadyExists(other);
  try {
    await rename(from, to);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'EPERM' ? alreadyExists(name) : error;
  }
  await flush(datasetsFolder(library));
  return to;
}

export function alreadyExists(name: string): HyenaError {
  return new HyenaError('already-exists', msg`Data set '${name}' already exists.`, {
    kept: 'The existing data set is unchanged.',
    hint: 'Choose another name, or remove the existing data set first.',
  });
}
