import { readdir, readFile, truncate } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestLibrary } from './command.ts';

/** The library as one file, by the command. */
let place: TestLibrary;
beforeAll(async () => (place = await TestLibrary.withPages()));
afterAll(() => place.remove());

describe('hyena library', { sequential: true }, () => {
  it('says what takes how much room, and has nothing to delete', async () => {
    const [size] = await place.json('library', 'size');
    const parts = size.parts as { kind: string; bytes: number }[];
    expect(parts.find(({ kind }) => kind === 'datasets')?.bytes).toBeGreaterThan(1000);
    expect(await place.json('library', 'clean')).toEqual([{ freed: 0 }]);
  });

  it('becomes one file, and from it a new library and what another one lacks', async () => {
    const written = await place.hyena('library', 'backup', 'all.zip');
    expect(written).toMatchObject({ code: 0, stdout: expect.stringContaining('1 data set in ') as string });
    expect(await place.hyena('library', 'backup', 'all.zip')).toMatchObject({ code: 1 });
    const planned = await place.hyena('library', 'restore', 'all.zip', '--plan');
    expect(planned.stdout).toMatch(/already here +1 data set/);
    const restored = await place.hyena('library', 'restore', 'all.zip', '--to', 'copy');
    expect(restored).toMatchObject({ code: 0, stdout: expect.stringMatching(/copy: 1 data set\./) as string });
    for (const name of await readdir(path.join(place.library, 'datasets/pages')))
      expect(await readFile(path.join(place.folder, 'copy/datasets/pages', name))).toEqual(
        await readFile(path.join(place.library, 'datasets/pages', name)),
      );
    await place.json('data', 'remove', 'pages', '--permanently');
    expect((await place.json('library', 'restore', 'all.zip')).at(-1)).toMatchObject({ restored: { datasets: 1 } });
    expect((await place.json('data', 'list')).map(({ name }) => name)).toEqual(['pages']);
    const again = await place.hyena('library', 'restore', 'all.zip');
    expect(again.stdout).toContain('Already there and unchanged: 1 data set.');
  });

  it('refuses a file that was cut, in three sentences', async () => {
    await truncate(path.join(place.folder, 'all.zip'), 500);
    const { code, stderr } = await place.hyena('library', 'restore', 'all.zip');
    expect(code).toBe(1);
    expect(stderr).toContain('all.zip is not a complete backup');
    expect(stderr).toContain('The library is unchanged.');
    expect((await readdir(place.library)).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});
