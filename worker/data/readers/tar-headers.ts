/** What one record of a tar archive says of the file after it (POSIX.1-2017 pax, GNU tar 1.35). */
export interface TarHeader {
  /** As the archive has it. */
  rawName: Buffer;
  /** Whether the name is UTF-8 for certain. */
  isUtf8: boolean;
  /** One letter: `0` a file, `1` a hard link, `2` a symbolic link, `5` a folder … */
  type: string;
  size: number;
}

export const RECORD = 512;

/** The records that say more of the next one: longer names and larger sizes. */
export type TarExtension = 'pax' | 'global' | 'name' | 'link';

export const extensionOf = (type: string): TarExtension | null =>
  ({ x: 'pax', X: 'pax', g: 'global', L: 'name', K: 'link' } as const)[type as 'x'] ?? null;

/** A record; null for the empty one at the end. Throws an error where it is not one. */
export function parseHeader(record: Buffer): TarHeader | null {
  if (record.every((byte) => byte === 0)) return null;
  if (!isTarHeader(record)) throw new Error('tar: a header with a wrong checksum');
  const name = cString(record.subarray(0, 100));
  const isPosix = record.toString('latin1', 257, 263) === 'ustar\0';
  const prefix = isPosix ? cString(record.subarray(345, 500)) : Buffer.alloc(0);
  const rawName = prefix.length > 0 ? Buffer.concat([prefix, Buffer.from('/'), name]) : name;
  const type = record[156] === 0 ? '0' : String.fromCharCode(record[156]);
  return { rawName, isUtf8: false, type, size: numberOf(record.subarray(124, 136)) };
}

/** Whether the bytes begin with a record: its checksum holds. */
export function isTarHeader(record: Uint8Array): boolean {
  if (record.length < RECORD) return false;
  const stated = octal(Buffer.from(record.subarray(148, 156)));
  let sum = 8 * 32;
  for (let index = 0; index < RECORD; index++) if (index < 148 || index >= 156) sum += record[index];
  return stated === sum;
}

/** The lines `LENGTH KEY=VALUE` of an extended header. */
export function parsePax(bytes: Buffer): Map<string, Buffer> {
  const values = new Map<string, Buffer>();
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const length = space > at ? Number(bytes.toString('latin1', at, space)) : NaN;
    const equals = bytes.indexOf(0x3d, space);
    if (!(length > 0) || at + length > bytes.length || equals < 0 || equals >= at + length)
      throw new Error('tar: a damaged extended header');
    values.set(bytes.toString('utf8', space + 1, equals), bytes.subarray(equals + 1, at + length - 1));
    at += length;
  }
  return values;
}

export function cString(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0);
  return Buffer.from(end < 0 ? bytes : bytes.subarray(0, end));
}

const octal = (bytes: Buffer): number => {
  const digits = bytes.toString('latin1').replace(/\0.*$/s, '').trim();
  return /^[0-7]+$/.test(digits) ? parseInt(digits, 8) : NaN;
};

/** Octal digits, or GNU's binary form. */
function numberOf(bytes: Buffer): number {
  if (bytes[0] & 0x80) return bytes.subarray(1).reduce((sum, byte) => 256 * sum + byte, bytes[0] & 0x7f);
  const value = bytes.every((byte) => byte === 0) ? 0 : octal(bytes);
  if (Number.isNaN(value)) throw new Error('tar: a header without a size');
  return value;
}
