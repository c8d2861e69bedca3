import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { HyenaError, said } from '../contract/errors.ts';
import { told, toldTogether } from '../contract/told.ts';
import { datasetNameSchema } from '../contract/datasets.ts';
import { runNameSchema } from '../contract/runs.ts';

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
  datasets: { refusal: (name: string) => told`'${name}' cannot be the name of a data set.`, schema: datasetNameSchema },
  runs: { refusal: (name: string) => told`'${name}' cannot be the name of a run.`, schema: runNameSchema },
} as const;
export type Shelf = keyof typeof shelfNames;

/**
 * The folder of an item. Names are checked before they become paths, so that none leads out of the library; throws a
 * HyenaError `usage` that says what a name may be.
 */
export function itemFolder(library: string, shelf: Shelf, name: string): string {
  const { refusal, schema } = shelfNames[shelf];
  const checked = schema.safeParse(name);
  if (checked.success) return path.join(library, shelf, checked.data);
  const rules = toldTogether(
    checked.error.issues.map(({ message }) => message),
    '; ',
  );
  throw new HyenaError('usage', refusal(name), { hint: told`A name ${rules}.` });
}
