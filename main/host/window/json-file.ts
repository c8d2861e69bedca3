import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { readJson, writeJson } from '../../../worker/files/atomic.ts';
import { HyenaError } from '../../contract/errors.ts';
import { told } from '../../contract/told.ts';

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
    return await readJson(path, schema, told`The record`);
  } catch (thrown) {
    const { code } = HyenaError.from(thrown);
    if (code === 'not-found' || code === 'damaged' || code === 'bad-input') return schema.parse(empty);
    throw thrown;
  }
}

/** A change takes milliseconds: a lock that is older than this was left by a process that died. */
const staleMilliseconds = 5000;
const patienceMilliseconds = 20_000;

/**
 * Changes of a record, one after the other, so that two never cross: neither within this process, nor with another
 * window, tab or terminal on the same library. A file beside the record names who changes it, and since when.
 */
export class Sequence {
  readonly #lock: string;
  #last: Promise<unknown> = Promise.resolve();

  /** @param path of the record */
  constructor(path: string) {
    this.#lock = `${path}.lock`;
  }

  /** @throws HyenaError `locked` where another process holds the record for long */
  run<Result>(work: () => Promise<Result>): Promise<Result> {
    const locked = async (): Promise<Result> => {
      const mine = await this.#take();
      try {
        return await work();
      } finally {
        await this.#release(mine);
      }
    };
    const result = this.#last.then(locked, locked);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** @returns what the file holds as long as it is this process's */
  async #take(): Promise<string> {
    const about = { pid: process.pid, host: hostname(), time: new Date().toISOString(), id: randomUUID() };
    const owner = `${JSON.stringify(about)}\n`;
    for (const deadline = Date.now() + patienceMilliseconds; Date.now() < deadline; await sleep(10)) {
      try {
        await writeFile(this.#lock, owner, { flag: 'wx' });
        return owner;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw HyenaError.from(error);
      }
      const found = await stat(this.#lock).catch(() => null);
      if (found && Date.now() - found.mtimeMs > staleMilliseconds) await this.#takeAway();
    }
    throw new HyenaError('locked', told`Another program has held ${this.#lock} for long.`, {
      kept: 'Nothing was changed.',
      hint: 'Try again; if no other program uses the library, delete that file.',
    });
  }

  /** Who took longer than anyone waits has lost the lock to another, whose it stays. */
  async #release(mine: string): Promise<void> {
    const now = await readFile(this.#lock, 'utf8').catch(() => null);
    if (now === mine) await rm(this.#lock, { force: true });
  }

  /** Renamed first: of two who find a stale lock one takes it away, and neither a fresh one. */
  async #takeAway(): Promise<void> {
    const doomed = `${this.#lock}.${randomUUID()}`;
    await rename(this.#lock, doomed).catch(() => undefined);
    await rm(doomed, { force: true });
  }
}

export { writeJson };
