import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { dependencyTable, reasons } from '../../../../main/setup/dependency-table.js';

const project = path.resolve(import.meta.dirname, '..', '..', '..', '..');
const { dependencies, optionalDependencies } = JSON.parse(
  readFileSync(path.join(project, 'package.json'), 'utf8'),
) as Record<'dependencies' | 'optionalDependencies', Record<string, string>>;

describe('the packages that the program needs to run', () => {
  it('are there for a reason each, which the manual names', () => {
    const direct = Object.keys({ ...dependencies, ...optionalDependencies }).sort();
    expect(Object.keys(reasons).sort()).toEqual(direct);
    const manual = readFileSync(path.join(project, 'docs', 'dependencies.md'), 'utf8');
    for (const name of direct) expect(manual).toContain(`| \`${name}\``);
    for (const reason of Object.values(reasons)) expect(manual).toContain(reason);
  });

  it('are measured with what they alone bring', () => {
    const { rows, packages, bytes } = dependencyTable();
    expect(rows.find(({ name }) => name === 'zod')).toMatchObject({ brought: 0, optional: false });
    expect(rows.find(({ name }) => name === 'yauzl')?.brought).toBeGreaterThan(0);
    expect(rows.reduce((sum, row) => sum + row.bytes, 0)).toBeLessThanOrEqual(bytes);
    expect(rows.reduce((sum, row) => sum + 1 + row.brought, 0)).toBeLessThanOrEqual(packages);
  });
});
