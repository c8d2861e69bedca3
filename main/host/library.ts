import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { HyenaError } from '../contract/errors.ts';
import { datasetNameSchema } from '../contract/datasets.ts';
import { runNameSchema } from '../contract/runs.ts';

/** The folders of a library, each with one folder an item. */
const shelves = ['datasets', 'runs', 'models', 'documents', 'chats'] as const;

/** Makes the folders that are missing. Throws a HyenaError `bad-input` where the place cannot be written. */
export async function createLibrary(folder: string): Promise<void> {
  try {
    for (const shelf of shelves) await mkdir(path.join(folder, shelf), { recursive: true });
  } catch (error) {
    throw new HyenaError('bad-input', `The library cannot be kept in ${folder}: ${(error as Error).message}`, {
      kept: 'Nothing was written.',
      hint: 'Set HYENA_HOME to a folder that you may write to.',
      cause: error,
    });
  }
}

/** What each shelf calls its items, and which names it takes. */
const shelfNames = {
  datasets: { what: 'data set', schema: datasetNameSchema },
  runs: { what: 'run', schema: runNameSchema },
} as const;
export type Shelf = keyof typeof shelfNames;

/**
 * The folder of an item. Names are checked before they become paths, so that none leads out of the library; throws a
 * HyenaError `usage` that says what a name may be.
 */
export function itemFolder(library: string, shelf: Shelf, name: string): string {
  const { what, schema } = shelfNames[shelf];
  const checked = schema.safeParse(name);
  if (checked.success) return path.join(library, shelf, checked.data);
  const rules = checked.error.issues.map(({ message }) => message).join('; ');
  throw new HyenaError('usage', `'${name}' cannot be the name of a ${what}.`, { hint: `A name ${rules}.` });
}
