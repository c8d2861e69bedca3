import path from 'node:path';
import type { Readable } from 'node:stream';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { backupManifestSchema, backupShelves, type BackupManifest } from '../../contract/backups.ts';
import { HyenaError } from '../../contract/errors.ts';
import { msg, type Message } from '../../contract/message.ts';
import { isLooseFile, itemOf } from './library-files.ts';
import { manifestName } from './write-backup.ts';

const longestManifest = 1 << 28;

/** A backup that is open for reading: its manifest has been checked, its files are checked as they are read. */
export class OpenBackup {
  /** Name of the file. */
  readonly name: string;
  readonly manifest: BackupManifest;
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(name: string, manifest: BackupManifest, zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.name = name;
    this.manifest = manifest;
    this.#zip = zip;
    this.#entries = entries;
  }

  /**
   * @throws HyenaError `bad-input` for a file that is no backup, `damaged` for one that is truncated or damaged,
   *   `not-found`
   */
  static async open(file: string): Promise<OpenBackup> {
    const name = path.basename(file);
    const zip = await openPromise(file, { autoClose: false, lazyEntries: true, strictFileNames: true }).catch(
      (error: unknown) => {
        const { code } = error as NodeJS.ErrnoException;
        throw code === undefined ? incomplete(name, error) : HyenaError.from(error);
      },
    );
    try {
      const entries = await entriesOf(zip, name);
      return new OpenBackup(name, await readManifest(zip, entries, name), zip, entries);
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  /** The bytes of a file of the manifest, unpacked. @throws HyenaError `damaged` */
  async *read(name: string): AsyncGenerator<Uint8Array> {
    let stream: Readable | undefined;
    try {
      stream = await this.#zip.openReadStreamPromise(this.#entries.get(name)!);
      yield* stream as AsyncIterable<Buffer>;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (error instanceof HyenaError || (code !== undefined && !code.startsWith('Z_'))) throw error;
      throw damagedFile(this.name, name, error);
    } finally {
      stream?.destroy();
    }
  }

  close(): void {
    this.#zip.close();
  }
}

const unchanged = 'The library is unchanged.';
const again = 'Copy the backup again, or choose another one.';

const incomplete = (name: string, cause?: unknown): HyenaError =>
  new HyenaError('damaged', msg`${name} is not a complete backup: it is truncated, damaged, or another kind of file.`, {
    ...{ kept: unchanged, hint: again, cause },
  });

export const damagedFile = (name: string, file: string, cause?: unknown): HyenaError =>
  new HyenaError('damaged', msg`The backup ${name} is damaged: the checksum of ${file} does not match.`, {
    ...{ kept: unchanged, hint: again, cause },
  });

const wrong = (name: string, why: Message): HyenaError =>
  new HyenaError('bad-input', msg`${name} cannot be restored: ${why}`, { kept: unchanged, hint: again });

async function entriesOf(zip: ZipFile, name: string): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  } catch (error) {
    throw incomplete(name, error);
  }
  return entries;
}

async function readManifest(zip: ZipFile, entries: ReadonlyMap<string, Entry>, name: string): Promise<BackupManifest> {
  const entry = entries.get(manifestName);
  if (!entry) throw wrong(name, msg`It is not a backup of a library.`);
  if (entry.uncompressedSize > longestManifest) throw incomplete(name);
  let text = '';
  try {
    const stream = await zip.openReadStreamPromise(entry);
    for await (const piece of stream.setEncoding('utf8') as AsyncIterable<string>) text += piece;
  } catch (error) {
    throw incomplete(name, error);
  }
  const manifest = parseManifest(text, name);
  const seen = new Set<string>();
  for (const file of manifest.files) {
    if ((!isLooseFile(file.name) && itemOf(file.name) === null) || seen.has(file.name))
      throw wrong(name, msg`It has a file named ${file.name}.`);
    seen.add(file.name);
    if (entries.get(file.name)?.uncompressedSize !== file.bytes) throw incomplete(name);
  }
  return manifest;
}

function parseManifest(text: string, name: string): BackupManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw incomplete(name, error);
  }
  const { format } = (value ?? {}) as { format?: unknown };
  if (typeof format === 'number' && format > 1)
    throw wrong(name, msg`A newer version of Hyena Studio wrote it. Update Hyena Studio first.`);
  const parsed = backupManifestSchema.safeParse(value);
  if (!parsed.success) throw incomplete(name, parsed.error);
  return parsed.data;
}

/** The items of a backup, `runs/swift-heron`, with their files. */
export function itemsOf({ files }: BackupManifest): Map<string, BackupManifest['files']> {
  const items = new Map<string, BackupManifest['files']>();
  for (const shelf of backupShelves)
    for (const file of files) {
      const found = itemOf(file.name);
      if (found?.shelf !== shelf) continue;
      const key = `${shelf}/${found.item}`;
      const own = items.get(key);
      if (own) own.push(file);
      else items.set(key, [file]);
    }
  return items;
}
