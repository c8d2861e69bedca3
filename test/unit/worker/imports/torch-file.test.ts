import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { HyenaError } from '../../../../main/contract/errors.ts';
import { memoryBytes } from '../../../../worker/imports/bytes/byte-source.ts';
import { toBf16 } from '../../../../main/contract/logic/bf16.ts';
import { readRows, readWhole } from '../../../../worker/imports/tensors/numbers.ts';
import type { StoredTensor } from '../../../../worker/imports/tensors/stored-tensor.ts';
import { torchTensors } from '../../../../worker/imports/torch/torch-file.ts';
import { floats, PickleWriter, stateDict, torchLegacy, torchZip, type TensorToPickle } from './torch-files.ts';

const lineage = process.env['HYENA_LINEAGE'] ?? join(import.meta.dirname, '../../../vectors/lineage');
const open = (bytes: Buffer): Promise<StoredTensor[]> => torchTensors(memoryBytes('a.pt', bytes));
const refused = async (bytes: Buffer): Promise<HyenaError> => {
  const error: unknown = await open(bytes).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(HyenaError);
  return error as HyenaError;
};

const matrix: TensorToPickle = { key: '0', type: 'FloatStorage', count: 6, shape: [2, 3], strides: [3, 1] };
const six = floats(1, 2, 3, 4, 5, 6);

it('reads tensors, views of one storage and transposed ones', async () => {
  const pickle = stateDict({
    a: matrix,
    turned: { ...matrix, shape: [3, 2], strides: [1, 3] },
    part: { ...matrix, offset: 4, shape: [2], strides: [1] },
  });
  const [a, turned, part] = await open(torchZip(pickle, { 0: six }));
  expect(Array.from(await readWhole(a))).toEqual([1, 2, 3, 4, 5, 6]);
  expect(Array.from(await readWhole(turned))).toEqual([1, 4, 2, 5, 3, 6]);
  expect(Array.from(await readRows(turned, 1, 2))).toEqual([2, 5, 3, 6]);
  expect(Array.from(await readWhole(part))).toEqual([5, 6]);
  expect(a.storage.id).toBe(part.storage.id);
});

it('reads halves, doubles and big-endian numbers', async () => {
  const half = Buffer.from(toBf16(Float32Array.of(1.5, -2)).buffer);
  const types = stateDict({
    b: { key: '0', type: 'BFloat16Storage', count: 2, shape: [2], strides: [1] },
    h: { key: '1', type: 'HalfStorage', count: 2, shape: [2], strides: [1] },
    d: { key: '2', type: 'DoubleStorage', count: 1, shape: [], strides: [] },
    i: { key: '3', type: 'LongStorage', count: 1, shape: [1], strides: [1] },
  });
  const storages = {
    0: half,
    1: Buffer.from([0x00, 0x3c, 0x00, 0xc0]),
    2: Buffer.from(Float64Array.of(0.25).buffer),
    3: Buffer.from(BigInt64Array.of(7n).buffer),
  };
  const [b, h, d, i] = await open(torchZip(types, storages));
  expect(Array.from(await readWhole(b))).toEqual([1.5, -2]);
  expect(Array.from(await readWhole(h))).toEqual([1, -2]);
  expect(Array.from(await readWhole(d))).toEqual([0.25]);
  await expect(readWhole(i)).rejects.toThrow('I64');
  const [big] = await open(torchZip(stateDict({ a: matrix }), { 0: Buffer.from(six).swap32() }, 'big'));
  expect(Array.from(await readWhole(big))).toEqual([1, 2, 3, 4, 5, 6]);
});

it('reads the format before zip files, and refuses it from big-endian machines', async () => {
  const pickle = stateDict({ a: { ...matrix, legacy: true } });
  const storages = { 0: { bytes: six, count: 6 } };
  const [a] = await open(torchLegacy(pickle, storages));
  expect(Array.from(await readWhole(a))).toEqual([1, 2, 3, 4, 5, 6]);
  expect((await refused(torchLegacy(pickle, storages, false))).message).toContain('big-endian');
  expect((await refused(torchLegacy(pickle, storages).subarray(0, -4))).message).toContain('truncated');
});

it('refuses tensors that do not lie within their numbers', async () => {
  for (const wrong of [
    { shape: [3, 3], strides: [3, 1] },
    { shape: [2, 3], strides: [3, 1], offset: 1 },
    { shape: [1_000_000, 1_000_000], strides: [0, 0] },
    { shape: [2, 2], strides: [0, 1] },
  ])
    expect((await refused(torchZip(stateDict({ a: { ...matrix, ...wrong } }), { 0: six }))).code).toBe('bad-input');
  expect((await refused(torchZip(stateDict({ a: matrix }), { 0: six.subarray(0, 20) }))).message).toContain(
    'truncated',
  );
  expect((await refused(torchZip(stateDict({ a: matrix }), {}))).message).toContain('missing');
});

it('finds wrong checksums', async () => {
  const whole = torchZip(stateDict({ a: matrix }), { 0: six });
  const inPickle = Buffer.from(whole);
  inPickle[whole.indexOf('FloatStorage')] ^= 1;
  expect((await refused(inPickle)).message).toContain('checksum of archive/data.pkl');
  const inNumbers = Buffer.from(whole);
  inNumbers[whole.indexOf(six) + 3] ^= 1;
  const [a] = await open(inNumbers);
  await expect(a.storage.verify!(() => undefined)).rejects.toThrow('checksum of archive/data/0');
});

const names: readonly [string, string][] = [
  ['posix', 'system'],
  ['builtins', 'eval'],
  ['builtins', 'getattr'],
  ['torch', 'load'],
  ['torch.storage', '_load_from_bytes'],
  ['omegaconf.base', 'a b'],
  ['typing.os', 'system'],
  ['collections', 'namedtuple'],
  ['numpy', 'load'],
];
it.each(names)('refuses %s.%s by its name', async (module, name) => {
  for (const ask of [
    new PickleWriter().global(module, name),
    new PickleWriter().text(module).text(name).raw('\x93'),
    new PickleWriter().raw('(', `i${module}\n${name}\n`),
  ])
    expect((await refused(torchZip(ask.bytes(), {}))).message).toContain(`${module}.${name}`);
});

it('refuses the hostile files by the name that they ask for, and runs nothing', async () => {
  const folder = join(lineage, 'hostile');
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.ckpt'))) {
    const error = await refused(await readFile(join(folder, file)));
    expect(error.code).toBe('bad-input');
    expect(error.message).toMatch(/asks for [\w.]+,/);
  }
  await expect(access('hyena-hostile-pickle-ran')).rejects.toThrow();
});

it('keeps nothing of an amount that a pickle only names', async () => {
  // A list in a list in a list: with copies, it would have two to the thirtieth elements.
  const bomb = new PickleWriter().raw(']', 'q', 0);
  for (let depth = 0; depth < 30; depth++) bomb.raw('h', 0, 'h', 0, 'a', '0');
  const many = new PickleWriter().raw(']', 'q', 0, '(');
  for (let index = 0; index < 20_000; index++) many.raw('K', 1);
  many.raw('e', '0');
  for (let index = 0; index < 20_000; index++) many.global('builtins', 'list').raw('h', 0, '\x85', 'R', '0');
  const deep = new PickleWriter();
  for (let depth = 0; depth < 200_000; depth++) deep.raw(']');
  for (let depth = 1; depth < 200_000; depth++) deep.raw('a');
  for (const writer of [bomb, many.raw('N'), deep]) {
    const start = performance.now();
    expect((await refused(torchZip(writer.bytes(), {}))).code).toBe('bad-input');
    expect(performance.now() - start).toBeLessThan(3000);
  }
});

/** A generator of the same numbers each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

it('answers every damaged file with tensors or a clear error', async () => {
  const rounds = 40 * Number(process.env['FUZZ_ROUNDS'] ?? 25);
  const random = numbers(7);
  const good = stateDict({ a: matrix, b: { ...matrix, shape: [3, 2], strides: [1, 3] } });
  const legacy = torchLegacy(stateDict({ a: { ...matrix, legacy: true } }), { 0: { bytes: six, count: 6 } });
  const whole = torchZip(good, { 0: six });
  let opened = 0;
  for (let round = 0; round < rounds; round++) {
    // The pickle alone, with a right checksum; a whole file; one of the old format.
    const kind = round % 3;
    const bytes = Buffer.from([good, whole, legacy][kind]);
    for (let change = 0; change <= random(4); change++) bytes[random(bytes.length)] = random(256);
    const cut = random(4) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes;
    const start = performance.now();
    try {
      for (const tensor of await open(kind === 0 ? torchZip(cut, { 0: six }) : cut))
        if (tensor.dtype === 'F32') await readWhole(tensor);
      opened++;
    } catch (error) {
      expect(error).toBeInstanceOf(HyenaError);
      expect(['bad-input']).toContain((error as HyenaError).code);
    }
    expect(performance.now() - start).toBeLessThan(3000);
  }
  expect(opened).toBeLessThan(rounds);
});
