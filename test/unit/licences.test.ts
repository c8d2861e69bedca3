import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

interface LockedPackage {
  license?: string;
  dev?: boolean;
  optional?: boolean;
}

/** Licences that allow shipping the package inside a program under Apache-2.0. */
const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
  'Zlib',
  'Python-2.0',
]);

/** Packages whose package.json names their licence loosely: what their own file says. */
const read: Record<string, string> = { 'node_modules/duck': 'BSD-2-Clause' };

/** Whether one of the choices that a licence expression gives is allowed in all its parts. */
function allows(expression: string): boolean {
  return expression
    .replaceAll(/[()]/g, '')
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((licence) => allowed.has(licence)));
}

const root = path.resolve(import.meta.dirname, '..', '..');
const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockedPackage>;
};
const shipped = Object.entries(lock.packages).filter(([name, { dev }]) => name !== '' && !dev);

describe('licences', () => {
  it('of everything that ships allow it', () => {
    const refused = shipped
      .map(([folder, { license }]) => ({ folder, licence: read[folder] ?? license ?? 'none named' }))
      .filter(({ licence }) => !allows(licence));
    expect(refused).toEqual([]);
    expect(shipped.length).toBeGreaterThan(10);
  });

  it('are read as they are meant', () => {
    expect(allows('MIT')).toBe(true);
    expect(allows('(MIT OR GPL-3.0-or-later)')).toBe(true);
    expect(allows('MIT AND GPL-3.0')).toBe(false);
    expect(allows('GPL-3.0')).toBe(false);
  });
});
