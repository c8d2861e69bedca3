import type { z } from 'zod';
import { readJson, writeJson } from '../../library/files/atomic.ts';
import { type HeldLock, takeLock } from '../../library/files/lock.ts';
import { HyenaError } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';

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
    return await readJson(path, schema, msg`The record`);
  } catch (thrown) {
    const { code } = HyenaError.from(thrown);
    if (code === 'not-found' || code === 'damaged' || code === 'bad-input') return schema.parse(empty);
    throw thrown;
  }
}

/** A change takes milliseconds, but a machine may be slow, or a program stopped by hand. */
const patienceMilliseconds = 20_000;

/**
 * Changes of a record, one after the other, so that two never cross: neither within this process, nor with another
 * window, tab or terminal on the same library. A file beside the record names who changes it.
 */
export class LockedFile {
  readonly #lock: string;
  #last: Promise<unknown> = Promise.resolve();

  /** @param path of the record */
  constructor(path: string) {
    this.#lock = `${path}.lock`;
  }

  /** @throws HyenaError `locked` where another process holds the record for long */
  run<Result>(work: () => Promise<Result>): Promise<Result> {
    const locked = async (): Promise<Result> => {
      const lock = await this.#take();
      try {
        return await work();
      } finally {
        await lock.release();
      }
    };
    const result = this.#last.then(locked, locked);
    this.#last = result.catch(() => undefined);
    return result;
  }

  #take(): Promise<HeldLock> {
    const refusal = () =>
      new HyenaError('locked', msg`Another program has locked ${this.#lock} for too long.`, {
        kept: 'Nothing was changed.',
        hint: 'Try again. If no other program is using the library, delete that file.',
      });
    return takeLock(this.#lock, { refusal, patienceMilliseconds, pollMilliseconds: 10 }).catch((error: unknown) => {
      throw HyenaError.from(error);
    });
  }
}

export { writeJson };
