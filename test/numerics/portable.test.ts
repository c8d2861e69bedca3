import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openDevice } from '../../worker/devices/index.ts';
import { expectClose } from './compare.ts';
import { valuesOf } from './devices.ts';
import * as naive from './naive.ts';
import { noise, tensorOf } from './operation-checks.ts';

beforeAll(async () => {
  await openDevice('portable');
});

describe('matrix products of the portable device', () => {
  it('see updates in place of either factor', async () => {
    const [a, b] = [noise(1, 5, 7), noise(2, 7, 3)];
    const left = tf.variable(tensorOf(a) as tf.Tensor2D);
    const right = tf.variable(tensorOf(b) as tf.Tensor2D);
    (await valuesOf(tf.matMul(left, right))).data.fill(0);
    const backend = tf.backend() as unknown as { typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array };
    const changed = noise(3, 7, 3);
    backend.typedArrayFromHeap(right).set(changed.data);
    const transposed = naive.zeros(3, 7);
    for (let i = 0; i < 7; i++) for (let j = 0; j < 3; j++) transposed.data[j * 7 + i] = changed.data[i * 3 + j];
    const product = await valuesOf(tf.matMul(left, right));
    expectClose('product', product, naive.linear(a, transposed), 1e-6);
    tf.dispose([left, right]);
  });

  it.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])('broadcast over batches, transposed %s and %s', async (transposeA, transposeB) => {
    const [m, k, n, batch] = [4, 5, 3, 2];
    const a = noise(1, batch, transposeA ? k : m, transposeA ? m : k);
    const b = noise(2, transposeB ? n : k, transposeB ? k : n);
    const at = (row: number, column: number, swapped: boolean, rows: number, columns: number) =>
      swapped ? column * rows + row : row * columns + column;
    const expected = naive.zeros(batch, m, n);
    for (let each = 0; each < batch; each++)
      for (let i = 0; i < m; i++)
        for (let j = 0; j < n; j++)
          for (let l = 0; l < k; l++)
            expected.data[(each * m + i) * n + j] +=
              a.data[each * m * k + at(i, l, transposeA, m, k)] * b.data[at(l, j, transposeB, k, n)];
    const [left, right] = [tensorOf(a), tensorOf(b)];
    expectClose('product', await valuesOf(tf.matMul(left, right, transposeA, transposeB)), expected, 1e-6);
    tf.dispose([left, right]);
  });
});

it('says that its memory is full, and keeps what it holds', async () => {
  const held = tf.range(0, 1000);
  const large: tf.Tensor[] = [];
  const backend = tf.backend() as unknown as { makeOutput(shape: number[], dtype: string): tf.TensorInfo };
  const fill = () => {
    for (let count = 0; count < 10; count++)
      large.push(tf.engine().makeTensorFromTensorInfo(backend.makeOutput([1 << 27], 'float32')));
  };
  expect(fill).toThrow(expect.objectContaining({ code: 'out-of-memory' }) as Error);
  tf.dispose(large);
  expect(await held.data()).toEqual(Float32Array.from({ length: 1000 }, (_, index) => index));
  held.dispose();
});
