import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import envPaths from 'env-paths';
import { HyenaError } from '../contract/errors.ts';
import { runNameSchema } from '../contract/runs.ts';

/** The folders of a library, each with one folder an item. */
const shelves = ['datasets', 'runs', 'models', 'documents', 'chats'] as const;
export type Shelf = (typeof shelves)[number];

/** Where the library is: `HYENA_HOME`, else the system's folder for a program's data. */
export function libraryFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = environment.HYENA_HOME;
  return chosen === undefined || chosen === '' ? envPaths('hyena-studio', { suffix: '' }).data : path.resolve(chosen);
}

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

/** Whether a name can be a folder of the library on every system: no path, nothing hidden, nothing reserved. */
export function isName(name: string): boolean {
  return runNameSchema.safeParse(name).success;
}

/** Checks the name of a data set or run; throws a HyenaError `usage` that says what a name may be. */
export function checkName(name: string, what: string): void {
  if (isName(name)) return;
  throw new HyenaError('usage', `'${name}' cannot be the name of a ${what}.`, {
    hint: 'A name has 1 to 100 letters, digits, dots, hyphens or underscores and starts with a letter or digit.',
  });
}

/** The folder of an item; throws as {@link checkName}, so a name never leads out of the library. */
export function itemFolder(library: string, shelf: Shelf, name: string, what: string): string {
  checkName(name, what);
  return path.join(library, shelf, name);
}
