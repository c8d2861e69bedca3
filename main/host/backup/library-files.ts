import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { backupShelves, type BackupShelf, type ShelfCounts } from '../../contract/backups.ts';
import { chatIdSchema } from '../../contract/chats.ts';
import { datasetNameSchema } from '../../contract/datasets.ts';
import { documentIdSchema } from '../../contract/documents.ts';
import { newExperimentNameSchema } from '../../contract/lab/experiments.ts';
import { runNameSchema } from '../../contract/runs.ts';

/** A file of a library as a backup names it, with `/` on every system. */
export interface LibraryFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly modified: Date;
}

/** Settings beside the shelves. Not among them: the token of the hub, the queue, measurements of this computer. */
const settingsFiles = ['preferences.json', 'scaling.json'];
const experimentsFolder = 'experiments';
/** Saved prefix caches of a document: they are computed again when they are needed. */
export const statesFolder = 'states';
/** What belongs to a process, not to the item. */
const passing = /^\.|^lock(?:\.takeover)?$|\.tmp$/;
const deepest = 12;

const nameSchemas: Record<BackupShelf, z.ZodType<string>> = {
  runs: runNameSchema,
  datasets: datasetNameSchema,
  documents: documentIdSchema,
  chats: chatIdSchema,
};

/** The shelf and the item that a file of a backup belongs to; null for what is no valid name of one. */
export function itemOf(name: string): { shelf: BackupShelf; item: string } | null {
  const [first, item, ...rest] = name.split('/');
  const shelf = backupShelves.find((one) => one === first);
  if (!shelf || rest.length === 0 || !nameSchemas[shelf].safeParse(item).success) return null;
  const fine = rest.every((part) => part !== '' && !passing.test(part) && !/[\0-\x1f\\:<>"|?*]|[. ]$/.test(part));
  return fine ? { shelf, item } : null;
}

/** Whether it is a file that stands by itself: settings, or the plan of a sweep or a race. */
export function isLooseFile(name: string): boolean {
  const [folder, file, ...rest] = name.split('/');
  if (file === undefined) return settingsFiles.includes(folder);
  const isPlan = file.endsWith('.json') && newExperimentNameSchema.safeParse(file.slice(0, -'.json'.length)).success;
  return folder === experimentsFolder && rest.length === 0 && isPlan;
}

/**
 * All files of a library that a backup holds, shelf by shelf; links are followed. What disappears meanwhile is left out.
 */
export async function libraryFiles(library: string): Promise<LibraryFile[]> {
  const files: LibraryFile[] = [];
  const plans = (await namesIn(path.join(library, experimentsFolder))).map((name) => `${experimentsFolder}/${name}`);
  for (const name of [...settingsFiles, ...plans]) await addFile(files, path.join(library, name), name);
  for (const shelf of backupShelves)
    for (const item of await namesIn(path.join(library, shelf)))
      await addFolder(files, path.join(library, shelf, item), `${shelf}/${item}`, 0);
  return files;
}

const namesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch((): string[] => [])).filter((name) => !passing.test(name)).sort();

async function addFolder(files: LibraryFile[], folder: string, name: string, depth: number): Promise<void> {
  if (depth > deepest) return;
  for (const one of await namesIn(folder)) {
    if (depth === 0 && one === statesFolder && name.startsWith('documents/')) continue;
    const place = path.join(folder, one);
    const about = await stat(place).catch(() => null);
    if (about?.isDirectory()) await addFolder(files, place, `${name}/${one}`, depth + 1);
    else await addFile(files, place, `${name}/${one}`);
  }
}

async function addFile(files: LibraryFile[], place: string, name: string): Promise<void> {
  const about = await stat(place).catch(() => null);
  const known = itemOf(name) !== null || isLooseFile(name);
  if (about?.isFile() && known) files.push({ name, path: place, bytes: about.size, modified: about.mtime });
}

/** How many items of each shelf some files belong to. */
export function countItems(names: Iterable<string>): ShelfCounts {
  const items = new Set<string>();
  for (const name of names) {
    const found = itemOf(name);
    if (found) items.add(`${found.shelf}/${found.item}`);
  }
  const count = (shelf: BackupShelf): number => [...items].filter((item) => item.startsWith(`${shelf}/`)).length;
  return { runs: count('runs'), datasets: count('datasets'), documents: count('documents'), chats: count('chats') };
}
