import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { readJson, writeJson } from '../../library/files/atomic.ts';
import { spelledAsStored } from '../../library/files/spelling.ts';
import { HyenaError } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';
import { datasetNameSchema } from '../../contract/datasets.ts';
import { chatIdSchema } from '../../contract/chats.ts';
import { documentIdSchema } from '../../contract/documents.ts';
import { nameKey } from '../../contract/names.ts';
import { runNameSchema } from '../../contract/runs.ts';
import type { Removal } from '../../contract/views.ts';
import { numberedName } from '../../library/runs/free-name.ts';

const entrySchema = z.strictObject({
  kind: z.enum(['dataset', 'run', 'document', 'chat']),
  name: z.union([runNameSchema, datasetNameSchema, documentIdSchema, chatIdSchema]),
  title: z.string().optional().describe('Its title, if that differs from its name.'),
  time: z.iso.datetime(),
  disposed: z.boolean().default(false).describe("Already in the system's trash."),
});
type Entry = z.infer<typeof entrySchema>;

const shelfOf = { dataset: 'datasets', run: 'runs', document: 'documents', chat: 'chats' } as const;
/** So long a click brings it back; then it goes to the system's trash. */
const undoMilliseconds = 10 * 60_000;
/** So long it is kept here where the system has no trash. */
const keptDays = 30;
/** So long the place is known to which the system's trash may bring something back. */
const knownDays = 365;
const day = 86_400_000;
/** What is called otherwise than its folder. */
const titled = new Set<Removal['kind']>(['document', 'chat']);

/**
 * What was deleted: first `<library>/.trash/<token>/<name>`, from where it can be brought back at once; after ten
 * minutes, or at the end of the program, the system's trash. What a person restores from there comes back to the same
 * place, and from it into the library when that is opened next.
 */
export class Trash {
  readonly #library: string;
  readonly #folder: string;
  readonly #dispose: (path: string) => Promise<void>;
  readonly #report: (error: HyenaError) => void;
  /** Put away by this process. */
  readonly #own = new Map<string, NodeJS.Timeout>();

  /**
   * @param dispose moves a folder to the system's trash
   * @param report called with what could not be thrown away, or is damaged
   */
  constructor(library: string, dispose: (path: string) => Promise<void>, report: (error: HyenaError) => void) {
    this.#library = library;
    this.#folder = path.join(library, '.trash');
    this.#dispose = dispose;
    this.#report = report;
  }

  /** Puts the folder of an item away; one rename, so that it is either here or there. */
  async put(kind: Removal['kind'], called: string, title = called): Promise<Removal> {
    const shelf = path.join(this.#library, shelfOf[kind]);
    const name = spelledAsStored(shelf, called);
    const token = randomUUID();
    const place = path.join(this.#folder, token);
    await mkdir(place, { recursive: true });
    await this.#write(place, { kind, name, title, time: new Date().toISOString(), disposed: false });
    try {
      await rename(path.join(shelf, name), path.join(place, name));
    } catch (error) {
      await rm(place, { recursive: true, force: true });
      throw HyenaError.from(error);
    }
    this.#own.set(token, setTimeout(() => void this.#throwAway(token), undoMilliseconds).unref());
    return { token, kind, name, title };
  }

  /** Brings an item back; under the next free name where its own is taken. */
  async restore(token: string): Promise<Removal> {
    const place = path.join(this.#folder, checked(token));
    const entry = await this.#entry(place);
    if (entry?.disposed === true)
      throw new HyenaError(
        'not-found',
        msg`${entry.title ?? entry.name} has already been moved to the system's trash.`,
        {
          kept: 'It is intact there.',
          hint: 'Restore it from the trash, then restart Hyena Studio.',
        },
      );
    if (!entry) throw new HyenaError('not-found', 'The deleted item is no longer in the trash.');
    clearTimeout(this.#own.get(token));
    this.#own.delete(token);
    const name = await this.#bringBack(place, entry);
    return { token, kind: entry.kind, name, title: titled.has(entry.kind) ? (entry.title ?? name) : name };
  }

  /**
   * Called when the library is opened: disposes of what earlier programs put away, and takes in what a person restored
   * from the system's trash.
   *
   * @returns what came back, by its name now
   */
  async open(now = Date.now()): Promise<{ kind: Removal['kind']; name: string }[]> {
    const back: { kind: Removal['kind']; name: string }[] = [];
    for (const token of await this.#tokens()) {
      const place = path.join(this.#folder, token);
      const entry = await this.#entry(place);
      if (!entry) continue;
      const age = now - Date.parse(entry.time);
      const here = (await stat(path.join(place, entry.name)).catch(() => null)) !== null;
      if (entry.disposed && here) back.push({ kind: entry.kind, name: await this.#bringBack(place, entry) });
      else if (!here && age > (entry.disposed ? knownDays * day : undoMilliseconds))
        await rm(place, { recursive: true, force: true });
      else if (here && age > undoMilliseconds) await this.#throwAway(token, now);
    }
    return back;
  }

  /** Nobody can undo what was put away here. */
  async close(): Promise<void> {
    for (const token of [...this.#own.keys()]) await this.#throwAway(token);
  }

  async #throwAway(token: string, now = Date.now()): Promise<void> {
    clearTimeout(this.#own.get(token));
    this.#own.delete(token);
    const place = path.join(this.#folder, token);
    const entry = await this.#entry(place);
    if (!entry || entry.disposed) return;
    const item = path.join(place, entry.name);
    try {
      await this.#dispose(item);
      // A trash that only says it has taken something would lose it here permanently.
      if (await stat(item).catch(() => null)) return;
      await this.#write(place, { ...entry, disposed: true });
    } catch (thrown) {
      if (now - Date.parse(entry.time) > keptDays * day) await rm(place, { recursive: true, force: true });
      else this.#report(HyenaError.from(thrown));
    }
  }

  async #bringBack(place: string, { kind, name }: Entry): Promise<string> {
    const shelf = path.join(this.#library, shelfOf[kind]);
    const taken = new Set((await readdir(shelf)).map(nameKey));
    // A document is called by its content: the same one was imported again meanwhile.
    if (kind === 'document' && taken.has(name)) {
      await rm(place, { recursive: true, force: true });
      return name;
    }
    const free = numberedName(name, (one) => taken.has(nameKey(one)));
    await rename(path.join(place, name), path.join(shelf, free));
    await rm(place, { recursive: true, force: true });
    return free;
  }

  async #tokens(): Promise<string[]> {
    try {
      // Systems keep files of their own in any folder.
      return (await readdir(this.#folder)).filter(isToken);
    } catch (thrown) {
      const error = HyenaError.from(thrown);
      // Nothing was ever deleted.
      if (error.code !== 'not-found') this.#report(error);
      return [];
    }
  }

  async #write(place: string, entry: Entry): Promise<void> {
    await writeJson(path.join(place, 'entry.json'), entry);
  }

  /**
   * Null if there is none that can be read; one that is damaged is reported, and what it is about stays where it is.
   */
  async #entry(place: string): Promise<Entry | null> {
    try {
      return await readJson(path.join(place, 'entry.json'), entrySchema, msg`The record in the trash`);
    } catch (thrown) {
      const error = HyenaError.from(thrown);
      if (error.code !== 'not-found') this.#report(error);
      return null;
    }
  }
}

const isToken = (name: string): boolean => /^[0-9a-f-]{36}$/.test(name);

function checked(token: string): string {
  if (isToken(token)) return token;
  throw new HyenaError('usage', 'Item not found in the trash.');
}
