import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { describeBackup, restoreAs, restoreInto } from '../../../../../main/host/backup/restore-backup.ts';
import { writeBackup } from '../../../../../main/host/backup/write-backup.ts';
import { LibraryStorage } from '../../../../../main/host/storage.ts';
import { temporaryFolder } from '../../../temporary.ts';

const document = '0123456789abcdef';
const chat = 'fedcba9876543210';
let folder: string;
let library: string;
let file: string;

async function fill(root: string, files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const place = path.join(root, name);
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, content);
  }
}
/** All files of a folder by their names. */
async function contentsOf(root: string): Promise<Record<string, string>> {
  const names = await readdir(root, { recursive: true });
  const found: Record<string, string> = {};
  for (const name of names.sort()) {
    const place = path.join(root, name);
    if ((await stat(place)).isFile()) found[name.replaceAll(path.sep, '/')] = await readFile(place, 'latin1');
  }
  return found;
}
const weights = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7919) >> 3);
const kept = {
  'preferences.json': '{"theme":"dark"}',
  'experiments/rates.json': '{"name":"rates"}',
  'runs/größer/run.json': '{"name":"größer"}',
  'runs/größer/metrics.jsonl': '{"step":1}\n'.repeat(1000),
  'runs/größer/checkpoints/step-5/model.safetensors': weights,
  'datasets/my book/dataset.json': '{}',
  [`documents/${document}/text.txt`]: 'Call me Ishmael.',
  [`chats/${chat}/chat.jsonl`]: '{"type":"chat"}\n',
};
const left = {
  'hub-token': 'secret',
  'window.json': '{}',
  'runs/größer/lock': '{}',
  'runs/.colours': '',
  'runs/größer/checkpoints/.step-6.0123456789ab.tmp/model.safetensors': 'half',
  [`documents/${document}/states/0011/state.safetensors`]: 'cache',
  'downloads/model/model.safetensors': 'half',
};

beforeEach(async () => {
  folder = await temporaryFolder();
  library = path.join(folder, 'library');
  file = path.join(folder, 'backup.zip');
  await fill(library, { ...kept, ...left });
});

describe('a backup', () => {
  it('becomes the same library again, without what belongs to this computer', async () => {
    const shares: number[] = [];
    const result = await writeBackup(library, file, { onProgress: ({ done, total }) => shares.push(done / total) });
    expect(result.items).toEqual({ runs: 1, datasets: 1, documents: 1, chats: 1 });
    expect(shares.at(-1)).toBe(1);
    const target = path.join(folder, 'other', 'place');
    const restored = await restoreAs(target, file);
    expect(restored).toMatchObject({ folder: target, restored: result.items, present: { runs: 0 } });
    const before = await contentsOf(library);
    const expected = Object.fromEntries(Object.entries(before).filter(([name]) => name in kept));
    expect(Object.keys(expected)).toHaveLength(Object.keys(kept).length);
    expect(await contentsOf(target)).toEqual(expected);
    expect((await readFile(file)).includes('secret')).toBe(false);
  });

  it('adds what is missing, and changes nothing that is there', async () => {
    await writeBackup(library, file);
    const other = path.join(folder, 'second');
    const own = {
      'preferences.json': '{"theme":"light"}',
      'runs/GRÖSSER/run.json': '{"name":"not it"}',
      'datasets/My Book/dataset.json': '{"mine":true}',
      'runs/older/run.json': '{}',
    };
    await fill(other, own);
    for (const shelf of ['documents', 'chats']) await mkdir(path.join(other, shelf));
    expect(await describeBackup(other, file)).toMatchObject({
      items: { runs: 1, datasets: 1, documents: 1, chats: 1 },
      present: { runs: 0, datasets: 1, documents: 0, chats: 0 },
      names: { runs: [], datasets: ['my book'] },
    });
    const { restored, present } = await restoreInto(other, file);
    expect([restored, present]).toEqual([
      { runs: 1, datasets: 0, documents: 1, chats: 1 },
      { runs: 0, datasets: 1, documents: 0, chats: 0 },
    ]);
    const after = await contentsOf(other);
    expect(after).toMatchObject(own);
    expect(after['datasets/my book/dataset.json']).toBeUndefined();
    expect(after[`chats/${chat}/chat.jsonl`]).toBe('{"type":"chat"}\n');
    expect(Object.keys(after).filter((name) => name.startsWith('.'))).toEqual([]);
    const again = await restoreInto(other, file);
    expect(again.restored).toEqual({ runs: 0, datasets: 0, documents: 0, chats: 0 });
    expect(await contentsOf(other)).toEqual(after);
  });

  it('replaces no file, and leaves nothing behind when it is cancelled', async () => {
    await writeFile(file, 'mine');
    await expect(writeBackup(library, file)).rejects.toMatchObject({ code: 'already-exists' });
    expect(await readFile(file, 'utf8')).toBe('mine');
    await rm(file);
    const before = await readdir(folder);
    const controller = new AbortController();
    const cancelled = writeBackup(library, file, {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('enough')),
    });
    await expect(cancelled).rejects.toThrow('enough');
    expect(await readdir(folder)).toEqual(before);
    await writeBackup(library, file);
    const restoring = new AbortController();
    const other = path.join(folder, 'second');
    await mkdir(other);
    const stopped = restoreInto(other, file, {
      signal: restoring.signal,
      onProgress: () => restoring.abort(new Error('enough')),
    });
    await expect(stopped).rejects.toThrow('enough');
    expect(await readdir(other)).toEqual([]);
  });

  it('leaves out a checkpoint that disappears while it is written', async () => {
    const gone = path.join(library, 'runs/größer/checkpoints/step-9');
    await fill(gone, { 'config.json': '{}', 'model.safetensors': 'weights' });
    await writeBackup(library, file, {
      // The first file that is read is that of the preferences.
      onProgress: () => void rm(gone, { recursive: true, force: true }),
    });
    const target = path.join(folder, 'restored');
    await restoreAs(target, file);
    const names = Object.keys(await contentsOf(target));
    expect(names.filter((name) => name.includes('step-9'))).toEqual([]);
    expect(names).toContain('runs/größer/checkpoints/step-5/model.safetensors');
  });
});

describe('a damaged backup', () => {
  const refused = async (code: string, text: RegExp | string) => {
    const other = path.join(folder, 'second');
    await mkdir(other, { recursive: true });
    const before = await readdir(other);
    await expect(restoreInto(other, file)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(text) as string,
    });
    expect(await readdir(other)).toEqual(before);
    const fresh = path.join(folder, 'fresh');
    await expect(restoreAs(fresh, file)).rejects.toMatchObject({ code });
    expect((await readdir(folder)).filter((name) => name.includes('fresh'))).toEqual([]);
  };

  it('is refused wherever it is cut, and nothing is changed', async () => {
    await writeBackup(library, file);
    const whole = await readFile(file);
    for (const share of [0, 0.1, 0.5, 0.9, 0.999]) {
      await writeFile(file, whole.subarray(0, Math.floor(share * whole.length)));
      await refused('damaged', /backup\.zip is not a complete backup/);
    }
  });

  it('is refused for one wrong byte of the weights', async () => {
    await writeBackup(library, file);
    const bytes = await readFile(file);
    const at = bytes.indexOf(Buffer.from(weights.subarray(1000, 1040)));
    bytes[at] ^= 1;
    await writeFile(file, bytes);
    await refused('damaged', /checksum of runs\/größer\/checkpoints\/step-5\/model\.safetensors does not match/);
  });

  it('is refused if it is another zip file, has names that lead out of the library, or comes from a newer program', async () => {
    const zip = async (entries: Record<string, string>) => {
      const made = new ZipFile();
      for (const [name, text] of Object.entries(entries)) made.addBuffer(Buffer.from(text), name);
      made.end();
      await pipeline(made.outputStream, createWriteStream(file));
    };
    const manifest = (names: string[], format = 1) =>
      JSON.stringify({
        ...{ format, program: '1', created: new Date().toISOString() },
        files: names.map((name) => ({ name, bytes: 1, sha256: '0'.repeat(64) })),
      });
    await zip({ 'readme.txt': 'x' });
    await refused('bad-input', /not a backup of a library/);
    for (const name of [
      'hub-token',
      'runs/x',
      'runs/a/.hidden',
      'datasets/con/x.json',
      'elsewhere/a/b',
      'runs/a/b:c',
    ]) {
      await zip({ [name]: 'x', 'hyena-library.json': manifest([name]) });
      await refused('bad-input', /It has a file named/);
    }
    await zip({ 'hyena-library.json': manifest(['runs/a/../../../x']) });
    await refused('bad-input', /It has a file named/);
    await zip({ 'hyena-library.json': manifest([], 2) });
    await refused('bad-input', /newer version/);
    await zip({ 'hyena-library.json': '{"format":1' });
    await refused('damaged', /not a complete backup/);
  });
});

describe('the room that a library takes', () => {
  it('is told by kind; what can be made again is deleted, and nothing else', async () => {
    const storage = new LibraryStorage(library);
    await fill(library, { 'runs/copied/origin.json': '{"from":"copied","source":"x"}', 'runs/copied/run.json': '{}' });
    const { parts, bytes } = await storage.measure();
    const sizes = Object.fromEntries(parts.map((part) => [part.kind, part.bytes]));
    expect(sizes).toMatchObject({ checkpoints: 300_000 + 4, downloads: 4, caches: 5, documents: 16, chats: 16 });
    expect(sizes.imported).toBe(32);
    expect(sizes.datasets).toBe(2);
    expect(sizes.other).toBe('secret'.length + 2 + 16 + kept['experiments/rates.json'].length);
    const everything = await contentsOf(library);
    expect(bytes).toBe(Object.values(everything).reduce((sum, text) => sum + text.length, 0));
    // Something was just added to this download.
    expect(await storage.clean()).toEqual({ bytes: 5 });
    const after = await contentsOf(library);
    const deleted = Object.keys(everything).filter((name) => !(name in after));
    expect(deleted).toEqual([`documents/${document}/states/0011/state.safetensors`]);
  });
});
