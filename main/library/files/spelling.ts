import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A name as its folder spells it. Systems and keyboards differ in how they compose letters: `ä` may be one code point or
 * two, and both mean the same folder. What is not there yet is spelled composed (NFC).
 */
export function spelledAsStored(folder: string, name: string): string {
  const composed = name.normalize('NFC');
  const spellings = [...new Set([name, composed, name.normalize('NFD')])];
  if (spellings.length === 1) return name;
  return spellings.find((one) => existsSync(join(folder, one))) ?? composed;
}
