import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { readJson, writeJson } from '../../../worker/files/atomic.ts';
import { HyenaError } from '../../contract/errors.ts';
import type { Removal } from '../../contract/views.ts';
import { numberedName } from '../run-names.ts';

const entrySchema = z.strictObject({
  kind: z.enum(['dataset', 'run']),
  name: z.string(),
  time: z.iso.datetime(),
});

const shelfOf = { dataset: 'datasets', run: 'runs' } as const;
/** How long something that was put away can be brought back. */
const keptDays = 30;

/** What was deleted: `<library>/.trash/<token>/`, from where it can be brought back for thirty days. */
export class Trash {
  readonly #library: string;
  readonly #folder: string;
  /** Where things go for good, such as the system's own trash. */
  readonly #dispose: (path: string) => Promise<void>;

  constructor(library: string, dispose?: (path: string) => Promise<void>) {
    this.#library = library;
    this.#folder = path.join(library, '.trash');
    this.#dispose = dispose ?? ((file) => rm(file, { recursive: true, force: true }));
  }

  /** Puts the folder of an item away; one rename, so that it is either here or there. */
  async put(kind: Removal['kind'], name: string): Promise<Removal> {
    const token = randomUUID();
    const place = path.join(this.#folder, token);
    await mkdir(place, { recursive: true });
    await writeJson(path.join(place, 'entry.json'), { kind, name, time: new Date().toISOString() });
    try {
      await rename(path.join(this.#library, shelfOf[kind], name), path.join(place, 'item'));
    } catch (error) {
      await rm(place, { recursive: true, force: true });
      throw HyenaError.from(error);
    }
    return { token, kind, name };
  }

  /** Brings an item back; under the next free name where its own is taken. */
  async restore(token: string): Promise<Removal> {
    const place = path.join(this.#folder, checked(token));
    const { kind, name } = await this.#entry(place);
    const shelf = path.join(this.#library, shelfOf[kind]);
    const taken = new Set((await readdir(shelf)).map((one) => one.toLowerCase()));
    const free = numberedName(name, (one) => taken.has(one.toLowerCase()));
    await rename(path.join(place, 'item'), path.join(shelf, free));
    await rm(place, { recursive: true, force: true });
    return { token, kind, name: free };
  }

  /** Disposes of what was put away more than thirty days ago. */
  async clean(now = Date.now()): Promise<void> {
    for (const token of await readdir(this.#folder).catch(() => [])) {
      const place = path.join(this.#folder, token);
      const { mtimeMs } = await stat(place).catch(() => ({ mtimeMs: now }));
      if (now - mtimeMs > keptDays * 86_400_000) await this.#dispose(place);
    }
  }

  async #entry(place: string): Promise<z.infer<typeof entrySchema>> {
    try {
      return await readJson(path.join(place, 'entry.json'), entrySchema, 'The record in the trash');
    } catch (error) {
      throw new HyenaError('not-found', 'What was deleted is no longer in the trash.', { cause: error });
    }
  }
}

function checked(token: string): string {
  if (/^[0-9a-f-]{36}$/.test(token)) return token;
  throw new HyenaError('usage', 'There is no such thing in the trash.');
}
