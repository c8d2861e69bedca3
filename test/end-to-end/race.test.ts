import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { jsonLines, smallest, TestLibrary } from './command.ts';

let place: TestLibrary;
beforeAll(async () => {
  place = await TestLibrary.withPages();
});
afterAll(() => place.remove());

it('trains contestants with the same budget and several seeds, and ranks them', async () => {
  const race = [
    ...['race', 'mixers', '--data', 'pages', '--device', 'native', ...smallest, '--json'],
    ...['--contestants', 'hyena', 'hyena,attention', '--seeds', '2', '--steps', '8', '--same-size'],
  ];
  const ran = await place.hyena(...race);
  expect([ran.code, ran.stderr]).toEqual([0, expect.stringContaining('Run 4 of 4: hyena,attention, seed 1')]);
  const rows = jsonLines(ran.stdout).filter(({ type }) => type === 'race');
  expect(rows).toHaveLength(2);
  for (const row of rows) expect(row).toMatchObject({ done: 2, steps: 8, measure: 'loss' });
  expect(rows[0].mean as number).toBeLessThanOrEqual(rows[1].mean as number);
  const sizes = rows.map(({ parameters }) => parameters as number);
  expect(Math.max(...sizes) / Math.min(...sizes)).toBeLessThan(1.02);
  const names = (await place.json('runs', 'list')).map(({ name }) => name).sort();
  expect(names).toEqual([
    'mixers-hyena',
    'mixers-hyena-attention',
    'mixers-hyena-attention-seed1',
    'mixers-hyena-seed1',
  ]);
  const again = await place.hyena(...race);
  expect(again.stderr.match(/has been trained already/g)).toHaveLength(4);
  expect((await place.hyena('lab', 'list')).stdout).toMatch(/mixers +race +pages +2/);
  expect((await place.hyena('lab', 'show', 'mixers')).stdout).toMatch(/hyena,attention +\d\.\d+ +0\.\d+ +2\/2/);
  await place.hyena('report', 'mixers', '--to', 'mixers.html');
  const html = await readFile(path.join(place.folder, 'mixers.html'), 'utf8');
  expect(html).toContain('mixers-hyena-attention-seed1');
  expect(html.match(/<svg/g)?.length).toBeGreaterThanOrEqual(3);
  await place.hyena('report', 'mixers-hyena', 'mixers-hyena-seed1', '--to', 'two.json');
  const two = JSON.parse(await readFile(path.join(place.folder, 'two.json'), 'utf8')) as Record<string, unknown>;
  expect(two).toMatchObject({
    differences: [{ key: 'training.seed', values: ['0', '1'] }],
    runs: [{ seed: 0 }, { seed: 1 }],
  });
  const neither = await place.hyena('report', 'mixers', '--to', 'mixers.pdf');
  expect([neither.code, neither.stderr]).toEqual([2, expect.stringContaining('does not end with')]);
  await place.hyena('lab', 'remove', 'mixers');
  expect((await place.hyena('lab', 'list')).stdout).not.toContain('mixers');
  const unlimited = await place.hyena('race', 'x', '--data', 'pages', '--contestants', 'hyena', 'attention');
  expect([unlimited.code, unlimited.stderr]).toEqual([2, expect.stringContaining('A race needs one budget')]);
});
