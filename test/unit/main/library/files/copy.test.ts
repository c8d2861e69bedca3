import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyTree } from '../../../../../main/library/files/copy.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyena-copy-'));
  await mkdir(path.join(folder, 'from', 'below'), { recursive: true });
  await writeFile(path.join(folder, 'from', 'a.txt'), 'a');
  await writeFile(path.join(folder, 'from', 'lock'), '');
  await writeFile(path.join(folder, 'from', 'below', 'b.bin'), Buffer.alloc(3_000_000, 7));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a copy of a folder', () => {
  it('has all that is in it but what is left out', async () => {
    const to = path.join(folder, 'to');
    await copyTree(path.join(folder, 'from'), to, { without: new Set(['lock']) });
    expect((await readdir(to, { recursive: true })).sort()).toEqual(['a.txt', 'below', path.join('below', 'b.bin')]);
    expect((await readFile(path.join(to, 'below', 'b.bin'))).equals(Buffer.alloc(3_000_000, 7))).toBe(true);
  });

  it('ends with the reason of its signal, within a file too', async () => {
    const reason = new Error('enough');
    const before = AbortSignal.abort(reason);
    await expect(copyTree(path.join(folder, 'from'), path.join(folder, 'to'), { signal: before })).rejects.toBe(reason);
    const file = path.join(folder, 'large');
    await writeFile(file, Buffer.alloc(64_000_000));
    const controller = new AbortController();
    const copied = copyTree(file, path.join(folder, 'copy'), { signal: controller.signal });
    const begun = async (): Promise<boolean> =>
      (await stat(path.join(folder, 'copy')).catch(() => ({ size: 0 }))).size > 0;
    while (!(await begun())) await new Promise(setImmediate);
    controller.abort(reason);
    await expect(copied).rejects.toBe(reason);
    expect((await stat(path.join(folder, 'copy'))).size).toBeLessThan(64_000_000);
  });

  it('of what is not there is an error', async () => {
    await expect(copyTree(path.join(folder, 'none'), path.join(folder, 'to'))).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });
});
