import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HyenaError } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';
import { longestNewName, nameKey, nameProblem, runNames, truncateName } from '../../contract/names.ts';
import { runExists } from './run-folder.ts';

/** The name itself where it is free, else `name-2`, `name-3` and so on. */
export function numberedName(name: string, taken: (name: string) => boolean): string {
  if (!taken(name)) return name;
  // With room for the number.
  const stem = [...truncateName(name, longestNewName.bytes - 8)].slice(0, longestNewName.characters - 8).join('');
  for (let number = 2; ; number++) if (!taken(`${stem}-${number}`)) return `${stem}-${number}`;
}

/**
 * A name for a run that comes from elsewhere.
 *
 * @param wanted any text; of it what a name may have is left
 * @param exact a person gave it: it is that name or none
 * @throws HyenaError `usage` for a name that cannot be one, `already-exists`
 */
export async function freeRunName(library: string, wanted: string, exact = false): Promise<string> {
  const runs = join(library, 'runs');
  await mkdir(runs, { recursive: true });
  const names = await readdir(runs);
  const taken = new Set(names.map(nameKey));
  if (exact) {
    const problem = nameProblem(wanted, runNames);
    if (problem) throw new HyenaError('usage', msg`'${wanted}' is not a valid name for a run. ${problem}`);
    const other = names.find((one) => nameKey(one) === nameKey(wanted));
    if (other !== undefined) throw runExists(other);
    return wanted;
  }
  // Of letters that the name of a run may have.
  const plain = truncateName(
    wanted
      .normalize('NFC')
      .replaceAll(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')
      .replaceAll(/^[^\p{L}\p{N}]+|[-._]+$/gu, ''),
    120,
  );
  const name = nameProblem(plain, runNames) === null ? plain : 'model';
  return numberedName(name, (one) => taken.has(nameKey(one)));
}
