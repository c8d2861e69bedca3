import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import { openBytes, sliceOf, type ByteSource } from '../bytes/byte-source.ts';
import { looksLikeZip, storedBytes, zipEntries } from '../bytes/zip-entries.ts';

/** Files of one folder, on the disk or within a zip file. */
export interface SourceFolder {
  /** What the model may be called. */
  readonly name: string;
  /** The file that a person chose; null: they chose the folder. */
  readonly chosen: string | null;
  readonly names: readonly string[];
  sizeOf(name: string): Promise<number>;
  /** A file that a model consists of, beside others; stays open until the folder is closed. @throws HyenaError */
  open(...names: readonly string[]): Promise<ByteSource>;
  /** A small file as a text. @throws HyenaError `bad-input` for one that is too large */
  text(name: string): Promise<string>;
  close(): Promise<void>;
}

/** The largest configuration or tokenizer that is read. */
const largestText = 1 << 28;

const tooLarge = (name: string, bytes: number) =>
  new HyenaError('bad-input', msg`${name} is too large: ${bytes} bytes.`);

/** Opens what a person chose: a folder, a file beside others, or a zip file. @throws HyenaError `not-found`, `bad-input` */
export async function openFolder(path: string): Promise<SourceFolder> {
  let isFolder: boolean;
  try {
    isFolder = (await stat(path)).isDirectory();
  } catch (error) {
    throw HyenaError.from(error);
  }
  if (isFolder) return await diskFolder(path, null);
  const bytes = await openBytes([path], basename(path));
  try {
    if (await looksLikeZip(bytes)) {
      const entries = await zipEntries(bytes);
      const isTorch = [...entries.keys()].some((name) => /^(?:[^/]+\/)?data\.pkl$/.test(name));
      if (!isTorch) return zipFolder(bytes, entries, () => bytes.close());
    }
  } catch (error) {
    await bytes.close();
    throw error;
  }
  await bytes.close();
  return await diskFolder(dirname(path), basename(path));
}

const withoutEnding = (name: string): string =>
  name.replace(/\.(?:zip|ckpt|pt|pth|bin|safetensors)(?:\.part\d+)?$/i, '');

async function diskFolder(folder: string, chosen: string | null): Promise<SourceFolder> {
  const listed = await readdir(folder, { withFileTypes: true });
  const names = listed.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  const opened: { close(): Promise<void> }[] = [];
  return {
    ...{ name: nameOf(folder, chosen), chosen, names },
    sizeOf: async (name) => (await stat(join(folder, name))).size,
    async open(...wanted) {
      const bytes = await openBytes(
        wanted.map((name) => join(folder, name)),
        wanted[0],
      );
      opened.push(bytes);
      return bytes;
    },
    async text(name) {
      const { size } = await stat(join(folder, name));
      if (size > largestText) throw tooLarge(name, size);
      return await readFile(join(folder, name), 'utf8');
    },
    close: async () => void (await Promise.all(opened.map((one) => one.close()))),
  };
}

/** Weights are often called like all others: their folder says whose they are. */
function nameOf(folder: string, chosen: string | null): string {
  const usual = /^(?:model|weights|pytorch[_-]model|model-\d+-of-\d+|checkpoint|last|best)$/i;
  const own = chosen === null ? '' : withoutEnding(chosen);
  return own === '' || usual.test(own) ? basename(folder) : own;
}

/** A zip file of one folder, or of the files themselves. */
function zipFolder(
  bytes: ByteSource,
  entries: Awaited<ReturnType<typeof zipEntries>>,
  close: () => Promise<void>,
): SourceFolder {
  const config = [...entries.keys()].find((name) => /(?:^|\/)(?:config\.json|[^/]+\.ya?ml)$/.test(name));
  const weights = [...entries.keys()].find((name) => /\.(?:safetensors|ckpt|pt|pth|bin)(?:\.part\d+)?$/i.test(name));
  const prefix = /^(?:.*\/)?/.exec(config ?? weights ?? '')?.[0] ?? '';
  const names = [...entries.keys()]
    .filter((name) => name.startsWith(prefix) && !name.slice(prefix.length).includes('/'))
    .map((name) => name.slice(prefix.length));
  const entryOf = (name: string) => {
    const entry = entries.get(prefix + name);
    if (!entry) throw new HyenaError('not-found', msg`File ${name} not found in ${bytes.name}.`);
    return entry;
  };
  return {
    ...{ name: withoutEnding(bytes.name), chosen: null, names, close },
    sizeOf: (name) => Promise.resolve(entryOf(name).size),
    open(...wanted) {
      const parts = wanted.map((name) => storedBytes(bytes, entryOf(name)));
      return Promise.resolve(parts.length === 1 ? parts[0] : joined(parts));
    },
    async text(name) {
      const { start, stored, size, compressed } = entryOf(name);
      if (size > largestText || stored > largestText) throw tooLarge(name, size);
      const content = await sliceOf(bytes, start, stored).read(0, stored);
      return (compressed ? inflateRawSync(content, { maxOutputLength: Math.max(1, size) }) : content).toString('utf8');
    },
  };
}

/** Sources as one. */
function joined(parts: readonly ByteSource[]): ByteSource {
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  return {
    ...{ name: parts[0].name, size },
    async read(start, length) {
      const pieces: Buffer[] = [];
      let first = 0;
      for (const part of parts) {
        const [from, to] = [Math.max(start, first), Math.min(start + length, first + part.size)];
        if (from < to) pieces.push(await part.read(from - first, to - from));
        first += part.size;
      }
      return Buffer.concat(pieces);
    },
  };
}
