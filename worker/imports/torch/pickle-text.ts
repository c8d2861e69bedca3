import type { HyenaError } from '../../../main/contract/errors.ts';

type Malformed = () => HyenaError;

/** Numbers of protocol 0: `12`, `12L`, `1.5`, `01` (true), `00` (false). */
export function readNumberLine(line: string, malformed: Malformed): number | boolean {
  if (line === '00') return false;
  if (line === '01') return true;
  const value = Number(line.endsWith('L') ? line.slice(0, -1) : line);
  if (line.length > 64 || line.trim() === '' || Number.isNaN(value)) throw malformed();
  return value;
}

/** Texts of protocol 0, whose escapes nothing that is read here needs: they stay as they are written. */
export const readStringLine = (line: string): string => line.replace(/^(['"])(.*)\1$/s, '$2');

/** Eight bytes, little-endian. */
export function unsigned64(bytes: Buffer, malformed: Malformed): number {
  const value = bytes.readBigUInt64LE();
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw malformed();
  return Number(value);
}
