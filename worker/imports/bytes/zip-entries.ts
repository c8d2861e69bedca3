import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { fromRandomAccessReaderPromise, RandomAccessReader } from 'yauzl';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg, type Message } from '../../../main/contract/message.ts';
import { sliceOf, type ByteSource } from './byte-source.ts';

/** A file within a zip file, as its directory has it. */
export interface ZipEntry {
  readonly name: string;
  /** Bytes as they are stored, and unpacked. */
  readonly stored: number;
  readonly size: number;
  readonly compressed: boolean;
  readonly checksum: number;
  /** Where the stored bytes lie. */
  readonly start: number;
}

/** The most entries that are read: a checkpoint has one for each tensor. */
const mostEntries = 1_000_000;
const localHeaderBytes = 30;
const localSignature = 0x04034b50;
const readBytes = 1 << 20;

class SourceReader extends RandomAccessReader {
  readonly #source: ByteSource;

  constructor(source: ByteSource) {
    super();
    this.#source = source;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const source = this.#source;
    async function* pieces() {
      for (let at = start; at < end; at += readBytes) yield await source.read(at, Math.min(readBytes, end - at));
    }
    return Readable.from(pieces(), { objectMode: false });
  }
}

export const damagedArchive = (name: string, what: Message, cause?: unknown): HyenaError =>
  new HyenaError('bad-input', msg`${name} is damaged: ${what}.`, {
    hint: 'The file may be truncated or damaged. Copy or download it again.',
    cause,
  });

/** Whether a file starts as zip files do. */
export const looksLikeZip = async (source: ByteSource): Promise<boolean> =>
  source.size >= localHeaderBytes && (await source.read(0, 4)).readUInt32LE(0) === localSignature;

/**
 * The files of a zip file, zip64 included. None of their bytes are read.
 *
 * @throws HyenaError `bad-input` for a truncated or damaged directory, encrypted files, methods other than stored and deflate
 */
export async function zipEntries(source: ByteSource): Promise<Map<string, ZipEntry>> {
  const listed = await directoryOf(source);
  const entries = new Map<string, ZipEntry>();
  for (const entry of listed) {
    const { fileName: name, compressedSize: stored, uncompressedSize: size, compressionMethod: method } = entry;
    if (name.endsWith('/')) continue;
    if (entry.isEncrypted()) throw damagedArchive(source.name, msg`the entry ${name} is malformed`);
    if (method !== 0 && method !== 8) throw damagedArchive(source.name, msg`the entry ${name} is malformed`);
    if (method === 0 && stored !== size) throw damagedArchive(source.name, msg`the entry ${name} is malformed`);
    if (entries.has(name)) throw damagedArchive(source.name, msg`the entry ${name} is malformed`);
    const header = await source.read(entry.relativeOffsetOfLocalHeader, localHeaderBytes);
    if (header.readUInt32LE(0) !== localSignature)
      throw damagedArchive(source.name, msg`the entry ${name} is malformed`);
    const names = header.readUInt16LE(26) + header.readUInt16LE(28);
    const start = entry.relativeOffsetOfLocalHeader + localHeaderBytes + names;
    if (start + stored > source.size) throw damagedArchive(source.name, msg`the entry ${name} is malformed`);
    entries.set(name, { name, stored, size, compressed: method === 8, checksum: entry.crc32, start });
  }
  return entries;
}

async function directoryOf(source: ByteSource) {
  try {
    const zip = await fromRandomAccessReaderPromise(new SourceReader(source), source.size, {
      autoClose: false,
      lazyEntries: true,
      validateEntrySizes: false,
    });
    if (zip.entryCount > mostEntries) throw damagedArchive(source.name, msg`its directory cannot be read`);
    const entries = [];
    for await (const entry of zip.eachEntry()) {
      if (entries.length >= mostEntries) throw damagedArchive(source.name, msg`its directory cannot be read`);
      entries.push(entry);
    }
    return entries;
  } catch (error) {
    if (error instanceof HyenaError) throw error;
    throw damagedArchive(source.name, msg`its directory cannot be read`, error);
  }
}

/** The bytes of a stored entry. @throws HyenaError `bad-input` for a compressed one */
export function storedBytes(source: ByteSource, entry: ZipEntry): ByteSource {
  if (entry.compressed)
    throw new HyenaError('bad-input', msg`${entry.name} in ${source.name} is compressed; tensors must be stored.`, {
      hint: 'Unpack the archive and import the folder.',
    });
  return sliceOf(source, entry.start, entry.size, `${source.name}/${entry.name}`);
}

/**
 * Reads a stored entry through and compares its checksum.
 *
 * @param check called before each piece, with the bytes of the last: throws where the job is to stop
 * @throws HyenaError `bad-input`
 */
export async function verifyEntry(source: ByteSource, entry: ZipEntry, check: (bytes: number) => void): Promise<void> {
  const bytes = storedBytes(source, entry);
  let checksum = 0;
  for (let at = 0; at < bytes.size; at += readBytes) {
    const piece = await bytes.read(at, Math.min(readBytes, bytes.size - at));
    check(piece.length);
    checksum = crc32(piece, checksum);
  }
  if (checksum !== entry.checksum) throw damagedArchive(source.name, msg`the checksum of ${entry.name} does not match`);
}
