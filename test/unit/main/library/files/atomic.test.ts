import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { msg } from '../../../../../main/contract/message.ts';
import {
  readJson,
  removeFolderAtomic,
  removeTemporaries,
  writeFileAtomic,
  writeFolderAtomic,
  writeJson,
} from '../../../../../main/library/files/atomic.ts';
import { temporaryFolder } from '../../../temporary.ts';
import { derive } from '../../../worker/training/derive.ts';
import { fullAfter, RecordingDisk } from './simulated-disk.ts';

describe('writing a file atomically', () => {
  it('replaces it and tells its size and checksum', async () => {
    const path = join(await temporaryFolder(), 'a.txt');
    await writeFile(path, 'old');
    const summary = await writeFileAtomic(path, [Buffer.from('ne'), Buffer.from('w')]);
    expect(await readFile(path, 'utf8')).toBe('new');
    expect(summary).toEqual({ bytes: 3, sha256: createHash('sha256').update('new').digest('hex') });
  });

  it('leaves the old one and no rubbish where the disk is full or the content fails', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'a.txt');
    await writeFile(path, 'old');
    await expect(writeFileAtomic(path, 'much too long', fullAfter(4))).rejects.toMatchObject({ code: 'ENOSPC' });
    const failing = function* () {
      yield Buffer.from('x');
      throw new Error('no more');
    };
    await expect(writeFileAtomic(path, failing())).rejects.toThrow('no more');
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['a.txt']);
  });

  it('leaves all of the old or all of the new after a loss of power at any moment', async () => {
    const root = await temporaryFolder();
    const before = await temporaryFolder();
    for (const folder of [root, before]) await writeFile(join(folder, 'a.txt'), 'old');
    const disk = new RecordingDisk(root);
    await writeFileAtomic(join(root, 'a.txt'), 'new content', disk);
    for (let cut = 0; cut <= disk.operations.length; cut++)
      for (let variant = 0; variant < 4; variant++) {
        const survivor = await temporaryFolder();
        let draws = 0;
        await disk.afterPowerLoss(cut, before, survivor, () => derive(cut, variant, draws++));
        const content = await readFile(join(survivor, 'a.txt'), 'utf8');
        expect(['old', 'new content']).toContain(content);
        if (cut === disk.operations.length) expect(content).toBe('new content');
      }
  });
});

describe('writing a folder atomically', () => {
  it('replaces all of it', async () => {
    const path = join(await temporaryFolder(), 'f');
    await mkdir(path);
    await writeFile(join(path, 'old.txt'), 'old');
    await writeFolderAtomic(path, async (write) => {
      await write('new.txt', 'new');
    });
    expect(await readdir(path)).toEqual(['new.txt']);
    await removeFolderAtomic(path);
    expect(await readdir(join(path, '..'))).toEqual([]);
  });

  it('leaves the old one where it fails', async () => {
    const parent = await temporaryFolder();
    const path = join(parent, 'f');
    await mkdir(path);
    const failing = writeFolderAtomic(path, async (write) => {
      await write('a', 'x');
      throw new Error('half way');
    });
    await expect(failing).rejects.toThrow('half way');
    expect(await readdir(parent)).toEqual(['f']);
    expect(await readdir(path)).toEqual([]);
  });
});

describe('records', () => {
  const schema = z.strictObject({ a: z.int() });
  it('are read as they were written', async () => {
    const path = join(await temporaryFolder(), 'r.json');
    await writeJson(path, { a: 1 });
    expect(await readJson(path, schema, msg`The record`)).toEqual({ a: 1 });
  });
  it.each([
    ['{"a": 1', 'is not valid JSON'],
    ['{"a": 1, "b": 2}', 'has an unexpected format'],
    ['{"a": "x"}', 'has an unexpected format'],
  ])('records that hold %j are named as damaged', async (content, message) => {
    const path = join(await temporaryFolder(), 'r.json');
    await writeFile(path, content);
    await expect(readJson(path, schema, msg`The record`)).rejects.toMatchObject({
      code: 'damaged',
      message: expect.stringContaining(`The record ${path} ${message}`) as string,
    });
  });
  it('records that are missing are not found', async () => {
    const path = join(await temporaryFolder(), 'r.json');
    await expect(readJson(path, schema, msg`The record`)).rejects.toMatchObject({ code: 'not-found' });
  });
});

it('temporaries of writers that died are removed, nothing else', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, '.a.txt.0123456789ab.tmp'), '');
  await mkdir(join(folder, '.step-3.0123456789ab.tmp'));
  for (const name of ['a.tmp', '.hidden', '.x.tmp', 'b']) await writeFile(join(folder, name), '');
  await removeTemporaries(folder);
  expect((await readdir(folder)).sort()).toEqual(['.hidden', '.x.tmp', 'a.tmp', 'b']);
});
