import { readFile } from 'node:fs/promises';
import { HyenaError, messageOf } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';
import { variable } from '../../library/environment.ts';

/** A token goes into headers as it is. */
const fine = /^[\x21-\x7e]{1,512}$/;

export interface TokenSources {
  /** What the command line says. */
  token?: string | undefined;
  file?: string | undefined;
  environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The token that a person chose for a server: of the command line, of a file, or of HYENA_TOKEN, in this order; undefined
 * if none was chosen.
 *
 * @throws HyenaError `usage` for a token that a header cannot carry, and for a file that cannot be read
 */
export async function chooseToken({ token, file, environment }: TokenSources): Promise<string | undefined> {
  const chosen =
    token ?? (file === undefined ? undefined : await firstLine(file)) ?? variable('HYENA_TOKEN', environment);
  if (chosen === undefined || chosen === '') return undefined;
  if (fine.test(chosen)) return chosen;
  throw new HyenaError('usage', 'Invalid token.', {
    hint: 'A token must be 1 to 512 printable ASCII characters without spaces.',
  });
}

async function firstLine(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).split(/\r?\n/)[0].trim();
  } catch (error) {
    throw new HyenaError('usage', msg`Cannot read the token file: ${messageOf(error)}`, { cause: error });
  }
}
