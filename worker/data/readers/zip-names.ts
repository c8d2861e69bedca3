import { isAscii, isUtf8 } from 'node:buffer';
import { crc32 } from 'node:zlib';
import iconv from 'iconv-lite';
import type { Entry } from 'yauzl';
import { judgeLegacy } from './legacy-encodings.ts';

const UTF8_FLAG = 0x800;
const UNICODE_PATH = 0x7075;

/** What archives of DOS hold, and what the format names. */
const FALLBACK = 'cp437';

export interface ZipNames {
  /** A name for each entry, in their order. */
  names: string[];
  /** Names whose encoding had to be guessed, and what was guessed. */
  guessed: { count: number; encodings: string[] } | null;
}

/**
 * The names of a zip archive's entries: by the flag of UTF-8 or Info-ZIP's field of Unicode paths; else UTF-8 where it is
 * valid, and the older encoding that all the others together look like, or each where they do not look alike.
 */
export function namesOf(entries: readonly Entry[]): ZipNames {
  const unknown = entries.flatMap((entry) => (statedName(entry) === null ? [entry.fileNameRaw] : []));
  if (unknown.length === 0) return { names: entries.map((entry) => statedName(entry)!), guessed: null };
  const all = judgeLegacy(Buffer.concat(unknown.flatMap((name) => [name, Buffer.from('\n')])));
  const encodings = new Set<string>();
  const names = entries.map((entry) => {
    const stated = statedName(entry);
    if (stated !== null) return stated;
    const together = all.isConvincing ? iconv.decode(entry.fileNameRaw, all.name) : '\ufffd';
    const own = together.includes('\ufffd') ? judgeLegacy(entry.fileNameRaw) : all;
    const encoding = own.isConvincing ? own.name : FALLBACK;
    encodings.add(encoding);
    return iconv.decode(entry.fileNameRaw, encoding);
  });
  return { names, guessed: { count: unknown.length, encodings: [...encodings] } };
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
