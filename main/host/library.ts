import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { HyenaError, messageOf } from '../contract/errors.ts';
import { msg } from '../contract/message.ts';
import { datasetNames, longestName, longestNewName, nameProblem, runNames } from '../contract/names.ts';
import { spelledAsStored } from '../library/files/spelling.ts';

/** The folders of a library, each with one folder an item. */
const shelves = ['datasets', 'runs', 'models', 'documents', 'chats'] as const;

/** Makes the folders that are missing. Throws a HyenaError `bad-input` where the place cannot be written. */
export async function createLibrary(folder: string): Promise<void> {
  try {
    for (const shelf of shelves) await mkdir(path.join(folder, shelf), { recursive: true });
  } catch (error) {
    throw new HyenaError('bad-input', msg`Cannot use ${folder} as the library folder: ${messageOf(error)}`, {
      kept: 'Nothing was written.',
      hint: 'Choose a folder with write permission, or set the environment variable HYENA_HOME to one.',
      cause: error,
    });
  }
}

/** What each shelf calls its items, and which names it takes. */
const shelfNames = {
  datasets: { refusal: (name: string) => msg`'${name}' is not a valid name for a data set.`, rules: datasetNames },
  runs: { refusal: (name: string) => msg`'${name}' is not a valid name for a run.`, rules: runNames },
} as const;
export type LibraryFolder = keyof typeof shelfNames;

function check(shelf: LibraryFolder, name: string, longest = longestNewName): void {
  const { refusal, rules } = shelfNames[shelf];
  const problem = nameProblem(name, rules, longest);
  if (problem) throw new HyenaError('usage', refusal(name), { hint: problem });
}

/**
 * The folder of an item. Names are checked before they become paths, so that none leads out of the library; throws a
 * HyenaError `usage` that says what a name may be.
 */
export function itemFolder(library: string, shelf: LibraryFolder, name: string): string {
  check(shelf, name, longestName);
  const folder = path.join(library, shelf);
  return path.join(folder, spelledAsStored(folder, name));
}

/** The name of an item as its folder spells it. */
export const itemName = (library: string, shelf: LibraryFolder, name: string): string =>
  path.basename(itemFolder(library, shelf, name));

/**
 * The name of an item that is to be made, before any work is done for it, in one spelling.
 *
 * @throws HyenaError `usage` that says what a name may be
 */
export function newItemName(shelf: LibraryFolder, name: string): string {
  const composed = name.normalize('NFC');
  check(shelf, composed);
  return composed;
}
