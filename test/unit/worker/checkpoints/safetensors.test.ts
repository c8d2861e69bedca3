import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  readSafetensors,
  SafetensorsFile,
  writeSafetensors,
  type TensorToWrite,
} from '../../../../worker/checkpoints/safetensors.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'safetensors-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function withHeader(header: string | object, dataBytes: number, claimedLength?: number): Promise<string> {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(claimedLength ?? json.length));
  const path = join(folder, 'made.safetensors');
  await writeFile(path, Buffer.concat([length, json, Buffer.alloc(dataBytes)]));
  return path;
}

describe('a round trip', () => {
  it('keeps every type, shape, value and the metadata', async () => {
    const path = join(folder, 'all.safetensors');
    const tensors: TensorToWrite[] = [
      { name: 'bytes', dtype: 'U8', shape: [3], data: new Uint8Array([0, 127, 255]) },
      { name: 'floats', dtype: 'F32', shape: [2, 2], data: new Float32Array([1.5, -0, NaN, Infinity]) },
      { name: 'ids', dtype: 'I32', shape: [2], data: () => Promise.resolve(new Int32Array([-1, 2 ** 31 - 1])) },
      { name: 'long', dtype: 'I64', shape: [1], data: new BigInt64Array([-(2n ** 60n)]) },
      { name: 'u16', dtype: 'U16', shape: [1, 1], data: new Uint16Array([65535]) },
      { name: 'u32', dtype: 'U32', shape: [], data: new Uint32Array([2 ** 32 - 1]) },
      { name: 'empty', dtype: 'F32', shape: [0, 5], data: new Float32Array(0) },
    ];
    await writeSafetensors(path, tensors, { format: 'pt', 'ключ "x"': 'line\nbreak' });
    const file = await readSafetensors(path);
    expect(Object.fromEntries(file.metadata)).toEqual({ format: 'pt', 'ключ "x"': 'line\nbreak' });
    for (const { name, shape, data } of tensors) {
      expect(file.tensors.get(name)?.shape).toEqual(shape);
      expect(file.tensors.get(name)?.data).toEqual(typeof data === 'function' ? await data() : data);
    }
    expect(file.tensors.size).toBe(tensors.length);
  });

  it('aligns every tensor to its width', async () => {
    const path = join(folder, 'aligned.safetensors');
    await writeSafetensors(path, [
      { name: 'a', dtype: 'U8', shape: [3], data: new Uint8Array(3) },
      { name: 'b', dtype: 'I64', shape: [1], data: new BigInt64Array(1) },
    ]);
    const file = await SafetensorsFile.open(path);
    expect(file.entry('b').start % 8).toBe(0);
    await file.close();
  });

  it('reads ranges like slices', async () => {
    const path = join(folder, 'range.safetensors');
    const data = Float32Array.from({ length: 50 }, (_, index) => index);
    await writeSafetensors(path, [{ name: 'x', dtype: 'F32', shape: [5, 10], data }]);
    const file = await SafetensorsFile.open(path);
    await fc.assert(
      fc.asyncProperty(fc.nat(50), fc.nat(50), async (a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        expect(await file.read('x', from, to)).toEqual(data.slice(from, to));
      }),
    );
    await expect(file.read('x', 10, 51)).rejects.toMatchObject({ code: 'bad-input' });
    await expect(file.read('y')).rejects.toMatchObject({ code: 'bad-input' });
    await file.close();
  });
});

it('widens F16 and BF16', async () => {
  const path = await withHeader(
    {
      h: { dtype: 'F16', shape: [6], data_offsets: [0, 12] },
      b: { dtype: 'BF16', shape: [2], data_offsets: [12, 16] },
    },
    0,
  );
  const values = Buffer.from(new Uint16Array([0x3c00, 0xc000, 0x0001, 0x7c00, 0x7e00, 0x7bff, 0x3f80, 0xc040]).buffer);
  await writeFile(path, Buffer.concat([await readFile(path), values]));
  const { tensors } = await readSafetensors(path);
  expect(tensors.get('h')?.data).toEqual(new Float32Array([1, -2, 2 ** -24, Infinity, NaN, 65504]));
  expect(tensors.get('b')?.data).toEqual(new Float32Array([1, -3]));
});

describe('a malformed file', () => {
  const entry = (from: number, to: number, shape = [1]) => ({ dtype: 'F32', shape, data_offsets: [from, to] });
  const cases: [string, string | object, number, number?][] = [
    ['claims a huge header', '{}', 0, 2 ** 40],
    ['claims a header past the end', '{}', 0, 3],
    ['is no JSON', '{"a":', 0],
    ['is an array', '[]      ', 0],
    ['begins with a space', ' {}     ', 0],
    [
      'has duplicate tensors',
      '{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"\\u0061":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}',
      4,
    ],
    ['has overlapping tensors', { a: entry(0, 4), b: entry(2, 6) }, 6],
    ['has a shared tensor', { a: entry(0, 4), b: entry(0, 4) }, 4],
    ['has a gap', { a: entry(0, 4), b: entry(8, 12) }, 12],
    ['has offsets past the end', { a: entry(0, 4) }, 3],
    ['has data left over', { a: entry(0, 4) }, 8],
    ['has offsets that do not fit the shape', { a: entry(0, 4, [2]) }, 4],
    ['has a shape that overflows', { a: entry(0, 0, [2 ** 40, 2 ** 40]) }, 0],
    ['has a negative shape', { a: entry(0, 4, [-1, -1]) }, 4],
    ['has an unknown type', { a: { dtype: 'Q4', shape: [], data_offsets: [0, 1] } }, 1],
    ['has an unknown key', { a: { ...entry(0, 4), more: 1 } }, 4],
    ['has metadata that is no text', { __metadata__: { a: 1 } }, 0],
  ];
  it.each(cases)('%s', async (_what, header, dataBytes, claimed) => {
    const path = await withHeader(header, dataBytes, claimed);
    await expect(SafetensorsFile.open(path)).rejects.toMatchObject({ code: 'bad-input' });
    await expect(SafetensorsFile.open(path)).rejects.toThrow(path);
  });

  it('is never accepted when cut anywhere', async () => {
    const path = join(folder, 'whole.safetensors');
    await writeSafetensors(path, [{ name: 'x', dtype: 'F32', shape: [4], data: new Float32Array(4) }]);
    const whole = await readFile(path);
    for (let length = 0; length < whole.length; length++) {
      await writeFile(path, whole.subarray(0, length));
      await expect(SafetensorsFile.open(path)).rejects.toMatchObject({ code: 'bad-input' });
    }
  });
});

it('refuses to write what does not fit', async () => {
  const path = join(folder, 'wrong.safetensors');
  const data = new Float32Array(3);
  await expect(writeSafetensors(path, [{ name: 'a', dtype: 'F32', shape: [4], data }])).rejects.toMatchObject({
    code: 'internal',
  });
  await expect(writeSafetensors(path, [{ name: 'a', dtype: 'I32', shape: [3], data }])).rejects.toMatchObject({
    code: 'internal',
  });
  const twice: TensorToWrite = { name: 'a', dtype: 'F32', shape: [3], data };
  await expect(writeSafetensors(path, [twice, twice])).rejects.toMatchObject({ code: 'internal' });
});

it('says that a missing file is missing', async () => {
  await expect(stat(join(folder, 'missing'))).rejects.toThrow();
  await expect(SafetensorsFile.open(join(folder, 'missing'))).rejects.toMatchObject({ code: 'not-found' });
});
