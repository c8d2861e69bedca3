import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { HyenaError } from '../contract/errors.ts';
import { hubTokenSchema } from '../contract/preferences.ts';

/** Beside the preferences, in a file that only its owner may read. */
const fileOf = (library: string): string => path.join(library, 'hub-token');

/** The token for the hub that is kept in a library; null where none is, or it cannot be read. */
export function hubTokenOf(library: string): string | null {
  try {
    return hubTokenSchema.parse(readFileSync(fileOf(library), 'utf8'));
  } catch {
    return null;
  }
}

/**
 * Keeps a token for the hub, or forgets it.
 *
 * @param token null: none
 * @throws HyenaError of the system, with the old token untouched
 */
export async function keepHubToken(library: string, token: string | null): Promise<void> {
  const target = fileOf(library);
  // A name of its own: it is never readable by others, not even while it is written.
  const temporary = `${target}.${randomUUID()}.tmp`;
  try {
    if (token === null) return await rm(target, { force: true });
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(token);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw HyenaError.from(error);
  }
}
