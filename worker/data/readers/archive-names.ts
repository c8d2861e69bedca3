import { isUtf8 } from 'node:buffer';
import { crc32 } from 'node:zlib';
import type { Entry } from 'yauzl';
import { msg } from '../../../main/contract/message.ts';
import { labelOf } from './encodings.ts';
import type { ArchiveProblem } from './file-archive.ts';
import { decodeLegacy, judgeLegacy } from './legacy-encodings.ts';

const UTF8_FLAG = 0x800;
const UNICODE_PATH = 0x7075;

/** What archives of DOS hold, and what the format names. */
const FALLBACK = 'cp437';

export interface RawName {
  raw: Buffer;
  /** Null where nothing says which characters the bytes are. */
  stated: string | null;
}

export interface GuessedNames {
  count: number;
  encodings: string[];
}

export interface ArchiveNames {
  /** A name for each entry, in their order. */
  names: string[];
  /** Names whose encoding had to be guessed, and what was guessed. */
  guessed: GuessedNames | null;
}

/** The names of a zip archive's entries: by the flag of UTF-8 or Info-ZIP's field of Unicode paths; else as they look. */
export const zipNames = (entries: readonly Entry[]): ArchiveNames =>
  decodeNames(
    entries.map((entry) => ({ raw: entry.fileNameRaw, stated: statedName(entry) })),
    true,
  );

/**
 * Names as they are stated; else UTF-8 where it is valid, and the older encoding that all the others together look like,
 * or each where they do not look alike.
 */
export function decodeNames(entries: readonly RawName[], fromDos = false): ArchiveNames {
  const known = entries.map(({ raw, stated }) => stated ?? (isUtf8(raw) ? raw.toString('utf8') : null));
  const unknown = entries.flatMap(({ raw }, index) => (known[index] === null ? [raw] : []));
  if (unknown.length === 0) return { names: known.map((name) => name!), guessed: null };
  const all = judgeLegacy(Buffer.concat(unknown.flatMap((name) => [name, Buffer.from('\n')])), fromDos);
  const encodings = new Set<string>();
  const names = entries.map(({ raw }, index) => {
    const stated = known[index];
    if (stated !== null) return stated;
    const together = all.isConvincing ? decodeLegacy(raw, all.name) : '\ufffd';
    const own = together.includes('\ufffd') ? judgeLegacy(raw, fromDos) : all;
    const encoding = own.isConvincing ? own.name : FALLBACK;
    encodings.add(encoding);
    return decodeLegacy(raw, encoding);
  });
  return { names, guessed: { count: unknown.length, encodings: [...encodings] } };
}

/** What there is to say of guessed names. */
export const guessedNames = ({ count, encodings }: GuessedNames): ArchiveProblem => ({
  name: null,
  severity: 'note',
  message: msg`${count} file {0|one: name has|other: names have} no stated encoding and {0|one: was|other: were} read as ${encodings.map(labelOf).join(', ')}.`,
});

/** Null where nothing says which characters the bytes are. */
function statedName({ fileNameRaw, generalPurposeBitFlag, extraFields }: Entry): string | null {
  const unicode = extraFields.find(({ id }) => id === UNICODE_PATH)?.data;
  if (unicode && unicode.length > 5 && unicode[0] === 1 && unicode.readUInt32LE(1) === crc32(fileNameRaw))
    return unicode.subarray(5).toString('utf8');
  return generalPurposeBitFlag & UTF8_FLAG ? fileNameRaw.toString('utf8') : null;
}
