import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { downloadsFolder, removeOldDownloads } from '../../../../main/library/downloads.ts';

const now = Date.UTC(2030, 0, 31);
let library: string;
beforeEach(async () => {
  library = await mkdtemp(path.join(tmpdir(), 'hyena-downloads-'));
});
afterEach(() => rm(library, { recursive: true, force: true }));

async function download(name: string, days: number): Promise<void> {
  const folder = path.join(downloadsFolder(library), name, 'model');
  const file = path.join(folder, 'model.safetensors.part');
  await mkdir(folder, { recursive: true });
  await writeFile(file, 'weights');
  const time = new Date(now - days * 86_400_000);
  for (const place of [file, folder, path.dirname(folder)]) await utimes(place, time, time);
}

describe('downloads of imports that did not end', () => {
  it('are kept for seven days from the last byte on', async () => {
    await download('old', 7.1);
    await download('young', 6.9);
    await download('grows', 30);
    const part = path.join(downloadsFolder(library), 'grows', 'model', 'model.safetensors.part');
    await utimes(part, new Date(now), new Date(now));
    await removeOldDownloads(library, { now });
    expect((await readdir(downloadsFolder(library))).sort()).toEqual(['grows', 'young']);
  });

  it('need not be there', async () => {
    await expect(removeOldDownloads(library, { now })).resolves.toBeUndefined();
  });
});
