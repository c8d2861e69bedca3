import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { HyenaError, said } from '../contract/errors.ts';
import { told } from '../contract/told.ts';
import { datasetNames, longestName, longestNewName, nameProblem, runNames } from '../contract/names.ts';
import { spelledAsStored } from '../../worker/files/spelling.ts';

/** The folders of a library, each with one folder an item. */
const shelves = ['datasets', 'runs', 'models', 'documents', 'chats'] as const;

/** Makes the folders that are missing. Throws a HyenaError `bad-input` where the place cannot be written. */
export async function createLibrary(folder: string): Promise<void> {
  try {
    for (const shelf of shelves) await mkdir(path.join(folder, shelf), { recursive: true });
  } catch (error) {
    throw new HyenaError('bad-input', told`The library cannot be kept in ${folder}: ${said(error)}`, {
      kept: 'Nothing was written.',
      hint: 'Set HYENA_HOME to a folder that you may write to.',
      cause: error,
    });
  }
}

/** What each shelf calls its items, and which names it takes. */
const shelfNames = {
  datasets: { refusal: (name: string) => told`'${name}' cannot be the name of a data set.`, rules: datasetNames },
  runs: { refusal: (name: string) => told`'${name}' cannot be the name of a run.`, rules: runNames },
} as const;
export type Shelf = keyof typeof shelfNames;

function check(shelf: Shelf, name: string, longest = longestNewName): void {
  const { refusal, rules } = shelfNames[shelf];
  const problem = nameProblem(name, rules, longest);
  if (problem) throw new HyenaError('usage', refusal(name), { hint: told`A name ${problem}.` });
}

/**
 * The folder of an item. Names are checked before they become paths, so that none leads out of the library; throws a
 * HyenaError `usage` that says what a name may be.
 */
export function itemFolder(library: string, shelf: Shelf, name: string): string {
  check(shelf, name, longestName);
  const folder = path.join(library, shelf);
  return path.join(folder, spelledAsStored(folder, name));
}

/** The name of an item as its folder spells it. */
export const itemName = (library: string, shelf: Shelf, name: string): string =>
  path.basename(itemFolder(library, shelf, name));

/**
 * The name of an item that is to be made, before any work is done for it, in one spelling.
 *
 * @throws HyenaError `usage` that says what a name may be
 */
export function newItemName(shelf: Shelf, name: string): string {
  const composed = name.normalize('NFC');
  check(shelf, composed);
  return composed;
}
