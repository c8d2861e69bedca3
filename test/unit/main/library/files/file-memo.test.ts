import { mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileMemo } from '../../../../../main/library/files/file-memo.ts';

let folder: string;
let reads: number;
const at = (name: string) => path.join(folder, name);
const memo = () => {
  const known = new FileMemo<number>();
  return (paths: string[], isLasting?: (value: number) => boolean) =>
    known.get('key', paths, () => Promise.resolve(++reads), isLasting);
};

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyena-memo-'));
  reads = 0;
  await writeFile(at('one'), 'text');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('what was read of files', () => {
  it('is kept until one of them is replaced, written, put away or made', async () => {
    const get = memo();
    const paths = [at('one'), at('two')];
    expect([await get(paths), await get(paths)]).toEqual([1, 1]);
    // As long as before, at the same time.
    await writeFile(at('new'), 'TEXT');
    await utimes(at('one'), 1000, 1000);
    expect(await get(paths)).toBe(2);
    await utimes(at('new'), 1000, 1000);
    await rename(at('new'), at('one'));
    expect([await get(paths), await get(paths)]).toEqual([3, 3]);
    await writeFile(at('two'), '');
    expect(await get(paths)).toBe(4);
    await rm(at('one'));
    expect(await get(paths)).toBe(5);
  });

  it('is read again where something is put into a folder', async () => {
    const get = memo();
    await mkdir(at('inner'));
    expect(await get([at('inner')])).toBe(1);
    await writeFile(path.join(at('inner'), 'file'), '');
    expect(await get([at('inner')])).toBe(2);
  });

  it('is not kept where it depends on more than the files, or nobody asks for it any more', async () => {
    const get = memo();
    expect([await get([at('one')], () => false), await get([at('one')])]).toEqual([1, 2]);
    const known = new FileMemo<number>();
    const read = () => Promise.resolve(++reads);
    expect([await known.get('a', [], read), await known.get('b', [], read)]).toEqual([3, 4]);
    known.keep(['b']);
    expect([await known.get('a', [], read), await known.get('b', [], read)]).toEqual([5, 4]);
  });
});
