import type { z } from 'zod';
import { readJson, writeJson } from '../../../worker/files/atomic.ts';
import { HyenaError } from '../../contract/errors.ts';

/**
 * Reads a record that a person can do without: where it is missing or damaged, what an empty one would hold.
 *
 * @param path of the file
 */
export async function readOrDefault<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  empty: z.input<Schema>,
): Promise<z.output<Schema>> {
  try {
    return await readJson(path, schema, 'The record');
  } catch (thrown) {
    const { code } = HyenaError.from(thrown);
    if (code === 'not-found' || code === 'damaged' || code === 'bad-input') return schema.parse(empty);
    throw thrown;
  }
}

/** One after the other, so that two changes of a file never cross. */
export class Sequence {
  #last: Promise<unknown> = Promise.resolve();

  run<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work, work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

export { writeJson };
