import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

it('modules are mocked in files that share none with others, as their names say', () => {
  const tests = path.resolve(import.meta.dirname, '..');
  const mocking = readdirSync(tests, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && !file.startsWith('renderer'))
    .filter((file) => /\bvi\.(mock|doMock)\(/.test(readFileSync(path.join(tests, file), 'utf8')));
  expect(mocking.length).toBeGreaterThan(0);
  expect(mocking.filter((file) => !file.endsWith('.mocking.test.ts'))).toEqual([]);
});
