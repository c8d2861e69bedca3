import { isAscii, isUtf8 } from 'node:buffer';
import { crc32 } from 'node:zlib';
import iconv from 'iconv-lite';
import type { Entry } from 'yauzl';
import { guessLegacy } from './legacy-encodings.ts';

const UTF8_FLAG = 0x800;
const UNICODE_PATH = 0x7075;

export interface ZipNames {
  /** A name for each entry, in their order. */
  names: string[];
  /** Names whose encoding had to be guessed, and what was guessed. */
  guessed: { count: number; encoding: string } | null;
}

/**
 * The names of a zip archive's entries: by the flag of UTF-8 or Info-ZIP's field of Unicode paths; else UTF-8 where it is
 * valid, and the older encoding that all the others together look like.
 */
export function namesOf(entries: readonly Entry[]): ZipNames {
  const unknown = entries.flatMap((entry) => (statedName(entry) === null ? [entry.fileNameRaw] : []));
  const encoding =
    unknown.length > 0 ? guessLegacy(Buffer.concat(unknown.flatMap((name) => [name, Buffer.from('\n')]))) : '';
  const names = entries.map((entry) => statedName(entry) ?? decode(entry.fileNameRaw, encoding));
  return { names, guessed: unknown.length > 0 ? { count: unknown.length, encoding } : null };
}

/** Null where nothing says which characters the bytes are. */
function statedName({ fileNameRaw, generalPurposeBitFlag, extraFields }: Entry): string | null {
  const unicode = extraFields.find(({ id }) => id === UNICODE_PATH)?.data;
  if (unicode && unicode.length > 5 && unicode[0] === 1 && unicode.readUInt32LE(1) === crc32(fileNameRaw))
    return unicode.subarray(5).toString('utf8');
  if (generalPurposeBitFlag & UTF8_FLAG || isAscii(fileNameRaw) || isUtf8(fileNameRaw))
    return fileNameRaw.toString('utf8');
  return null;
}

/** A name may be in another encoding than the rest. */
function decode(name: Buffer, encoding: string): string {
  const text = iconv.decode(name, encoding);
  return text.includes('\ufffd') ? iconv.decode(name, guessLegacy(name)) : text;
}
