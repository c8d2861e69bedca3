import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { jsonLines, smallest, TestLibrary } from './command.ts';

let place: TestLibrary;
beforeAll(async () => {
  place = await TestLibrary.withPages();
});
afterAll(() => place.remove());

it('proposes a learning rate, the same one again, and changes nothing', async () => {
  const chosen = [...smallest, '--device', 'native'];
  await place.hyena('train', '--data', 'pages', '--run', 'base', ...chosen, '--set', 'max_steps=10');
  const record = path.join(place.library, 'runs', 'base', 'run.json');
  const before = [await readFile(record, 'utf8'), (await stat(path.dirname(record))).mtimeMs];
  const found = await place.hyena('lab', 'find-rate', '--run', 'base', '--json', '--csv', 'rates.csv');
  expect(found.code).toBe(0);
  const lines = jsonLines(found.stdout);
  const result = lines.find(({ type }) => type === 'result');
  expect(result).toMatchObject({ device: 'native', configuration: { dataset: 'pages' } });
  const proposed = result?.proposed as number;
  expect(proposed).toBeGreaterThan(1e-5);
  expect(proposed).toBeLessThan(1);
  const csv = await readFile(path.join(place.folder, 'rates.csv'), 'utf8');
  expect(csv.split('\r\n')).toHaveLength(lines.filter(({ type }) => type === 'rate').length + 2);
  expect([await readFile(record, 'utf8'), (await stat(path.dirname(record))).mtimeMs]).toEqual(before);
  expect((await place.json('runs', 'list')).map(({ name }) => name)).toEqual(['base']);
  // The same seed gives the same losses.
  const again = await place.hyena('lab', 'find-rate', '--run', 'base', '--json');
  expect(jsonLines(again.stdout).find(({ type }) => type === 'result')?.proposed).toBe(proposed);
  const wrong = await place.hyena('lab', 'find-rate', '--run', 'base', '--from', '1', '--to', '0.1');
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('must be below')]);
});
