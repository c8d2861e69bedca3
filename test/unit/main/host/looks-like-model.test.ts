import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { looksLikeModel } from '../../../../main/host/looks-like-model.ts';
import { temporaryFolder } from '../../temporary.ts';

it('knows models by the names of their files, and takes nothing else for one', async () => {
  const folder = await temporaryFolder();
  const file = async (name: string, content: string | Uint8Array = '') => {
    const target = path.join(folder, name);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content);
    return target;
  };
  for (const name of ['a.safetensors', 'b.ckpt', 'c.pt', 'd.pth', 'e.pt.part0', 'pytorch_model.bin', 'F.SAFETENSORS'])
    expect([name, await looksLikeModel(await file(name))]).toEqual([name, true]);
  for (const name of ['a.txt', 'b.json', 'firmware.bin', 'pt', 'checkpoint', 'notes.pt.txt'])
    expect([name, await looksLikeModel(await file(name))]).toEqual([name, false]);
  await file('weights-of/config.json', '{}');
  expect(await looksLikeModel(path.join(folder, 'weights-of'))).toBe(false);
  await file('weights-of/consolidated.00.bin');
  expect(await looksLikeModel(path.join(folder, 'weights-of'))).toBe(true);
  await file('a-run/run.json');
  expect(await looksLikeModel(path.join(folder, 'a-run'))).toBe(true);
  await file('texts/one.md');
  expect(await looksLikeModel(path.join(folder, 'texts'))).toBe(false);
  const zip = (names: string[]) => zipSync(Object.fromEntries(names.map((name) => [name, strToU8('x')])));
  expect(await looksLikeModel(await file('model.zip', zip(['m/config.json', 'm/model.safetensors'])))).toBe(true);
  expect(await looksLikeModel(await file('texts.zip', zip(['a.txt', 'b.txt'])))).toBe(false);
  expect(await looksLikeModel(await file('broken.zip', 'PK and nothing more'))).toBe(false);
});
