import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { native } from '../../worker/devices/native.ts';
import { reference } from '../../worker/devices/reference.ts';
import { randomKey, randomUniform } from '../../main/contract/logic/random.ts';
import { expectClose } from './compare.ts';

/** Functions of tensors, computed by plain tfjs and by the native backend: the same shapes, types and values. */
type Compute = (...inputs: tf.Tensor[]) => tf.Tensor | tf.Tensor[];

interface Input {
  shape: number[];
  dtype?: 'float32' | 'int32' | 'bool';
  low?: number;
  high?: number;
}

const { available } = await native.find();
const described = available ? describe : describe.skip;

function valuesOf({ shape, dtype = 'float32', low = -2, high = 2 }: Input, seed: number) {
  const size = shape.reduce((product, extent) => product * extent, 1);
  const key = randomKey(seed);
  const scaled = Array.from({ length: size }, (_, index) => low + (high - low) * randomUniform(key, index));
  if (dtype === 'float32') return Float32Array.from(scaled);
  if (dtype === 'int32') return Int32Array.from(scaled, Math.floor);
  return Uint8Array.from(scaled, (value) => (value > (low + high) / 2 ? 1 : 0));
}

function resultsOn(compute: Compute, inputs: Input[], seed: number) {
  const tensors = inputs.map((input, index) =>
    tf.tensor(valuesOf(input, seed + index), input.shape, input.dtype ?? 'float32'),
  );
  const results = tf.tidy(() => [compute(...tensors)].flat());
  const read = results.map((result) => ({ shape: result.shape, dtype: result.dtype, data: result.dataSync() }));
  tf.dispose([...tensors, ...results]);
  return read;
}

async function check(compute: Compute, inputs: Input[], { seed = 1, tolerance = 2e-6 } = {}): Promise<void> {
  await tf.setBackend('cpu');
  const expected = resultsOn(compute, inputs, seed);
  await tf.setBackend('native');
  const actual = resultsOn(compute, inputs, seed);
  expect(actual.map(({ dtype }) => dtype)).toEqual(expected.map(({ dtype }) => dtype));
  actual.forEach((result, index) => expectClose(`output ${index}`, result, expected[index], tolerance));
}

const shape = (...extents: number[]): Input => ({ shape: extents });
const positive = (...extents: number[]): Input => ({ shape: extents, low: 0.2, high: 3 });
const integers = (low: number, high: number, ...extents: number[]): Input => ({
  shape: extents,
  dtype: 'int32',
  low,
  high,
});
const flags = (...extents: number[]): Input => ({ shape: extents, dtype: 'bool' });

described('the native backend', () => {
  beforeAll(async () => {
    await reference.open();
    await native.open();
  });

  let tensors = 0;
  beforeEach(async () => {
    await tf.setBackend('native');
    tensors = tf.engine().backend.numDataIds();
  });
  afterEach(async () => {
    await tf.setBackend('native');
    expect(tf.engine().backend.numDataIds()).toBe(tensors);
  });

  const unary: [string, (x: tf.Tensor) => tf.Tensor, Input][] = [
    ...(['neg', 'abs', 'square', 'exp', 'expm1', 'tanh', 'sigmoid', 'sin', 'cos', 'erf', 'relu', 'sign'] as const).map(
      (name): [string, (x: tf.Tensor) => tf.Tensor, Input] => [name, (x) => tf[name](x), shape(3, 41)],
    ),
    ...(['floor', 'ceil', 'round', 'step', 'softplus', 'onesLike', 'zerosLike', 'isNaN'] as const).map(
      (name): [string, (x: tf.Tensor) => tf.Tensor, Input] => [name, (x) => tf[name](x), shape(3, 41)],
    ),
    ...(['sqrt', 'rsqrt', 'reciprocal', 'log', 'log1p'] as const).map(
      (name): [string, (x: tf.Tensor) => tf.Tensor, Input] => [name, (x) => tf[name](x), positive(3, 41)],
    ),
    ['step with a slope', (x) => tf.step(x, 0.3), shape(50)],
    ['clip', (x) => tf.clipByValue(x, -0.5, 1), shape(50)],
    ['neg of integers', (x) => tf.neg(x), integers(-9, 9, 20)],
    ['abs of integers', (x) => tf.abs(x), integers(-9, 9, 20)],
    ['square of integers', (x) => tf.square(x), integers(-9, 9, 20)],
    ['logicalNot', (x) => tf.logicalNot(x), flags(30)],
    ['cast to int32', (x) => tf.cast(x, 'int32'), { shape: [40], low: -9, high: 9 }],
    ['cast to bool', (x) => tf.cast(x, 'bool'), integers(-2, 2, 40)],
    ['cast of bool', (x) => tf.cast(x, 'float32'), flags(30)],
  ];
  it.each(unary)('computes %s', (_name, compute, input) => check(compute, [input]));

  const names = ['add', 'sub', 'mul', 'div', 'maximum', 'minimum', 'squaredDifference', 'pow', 'divNoNan'] as const;
  const comparisons = ['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual'] as const;
  const shapes: [number[], number[]][] = [
    [[7], [7]],
    [[5, 3], [3]],
    [
      [5, 3],
      [5, 1],
    ],
    [[], [4, 2]],
    [
      [2, 1, 5],
      [3, 1],
    ],
    [
      [1, 2, 1, 3],
      [4, 1, 2, 1],
    ],
  ];
  it.each(names)('computes %s with broadcasting', async (name) => {
    for (const [a, b] of shapes) await check((x, y) => tf[name](x, y), [positive(...a), positive(...b)]);
  });
  it.each(comparisons)('compares %s with broadcasting', async (name) => {
    for (const [a, b] of shapes) {
      await check((x, y) => tf[name](x, y), [integers(0, 3, ...a), integers(0, 3, ...b)]);
      await check((x, y) => tf[name](x, y), [shape(...a), shape(...b)]);
    }
  });
  it('computes with integers and flags', async () => {
    for (const name of ['add', 'sub', 'mul', 'maximum', 'minimum', 'floorDiv', 'mod'] as const)
      await check((x, y) => tf[name](x, y), [integers(-9, 9, 4, 5), integers(1, 5, 5)]);
    for (const name of ['logicalAnd', 'logicalOr', 'logicalXor'] as const)
      await check((x, y) => tf[name](x, y), [flags(4, 5), flags(5)]);
    await check((x, y) => tf.mod(x, y), [shape(40), positive(40)], { tolerance: 1e-4 });
    await check((x, y) => tf.add(x, y), [integers(-9, 9, 6), shape(6)]);
  });

  const reducers = ['sum', 'mean', 'max', 'min', 'prod', 'logSumExp'] as const;
  it.each(reducers)('reduces by %s over any axes', async (name) => {
    for (const axes of [undefined, 0, 1, 2, -1, [0, 1], [1, 2], [0, 2], [0, 1, 2]])
      for (const keepDims of [false, true])
        await check((x) => tf[name](x, axes, keepDims), [positive(3, 5, 4)], { tolerance: 1e-5 });
  });
  it('reduces integers, flags and empty tensors', async () => {
    await check((x) => tf.sum(x, 0), [integers(-9, 9, 5, 4)]);
    await check((x) => tf.sum(x), [flags(40)]);
    await check((x) => tf.max(x, 1), [integers(-9, 9, 5, 4)]);
    await check((x) => [tf.all(x, 0), tf.any(x, 1), tf.all(x)], [flags(5, 4)]);
    await check((x) => tf.mean(x, 1), [integers(-9, 9, 5, 4)]);
    await check((x) => tf.sum(x, 1), [shape(3, 0)]);
  });
  it('finds extremes, running sums and softmaxes', async () => {
    for (const axis of [0, 1, 2, -1]) await check((x) => [tf.argMax(x, axis), tf.argMin(x, axis)], [shape(4, 7, 3)]);
    for (const axis of [0, 1, 2])
      for (const exclusive of [false, true])
        for (const reverse of [false, true])
          await check((x) => tf.cumsum(x, axis, exclusive, reverse), [shape(4, 7, 3)]);
    await check((x) => tf.cumsum(x), [integers(-9, 9, 12)]);
    await check((x) => [tf.softmax(x), tf.logSoftmax(x)], [shape(5, 33)]);
  });

  it('moves data', async () => {
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
      [0, 2, 1],
      [2, 0, 1],
    ])
      await check((x) => tf.transpose(x, order), [shape(3, 40, 37)]);
    await check((x) => tf.transpose(x), [integers(0, 99, 6, 5)]);
    await check((x) => tf.slice(x, [1, 0, 2], [2, 4, -1]), [shape(4, 4, 5)]);
    await check((x) => tf.stridedSlice(x, [3, 0], [0, 6], [-1, 2]), [shape(4, 6)]);
    await check((x) => tf.stridedSlice(x, [1, 2], [2, 3], [1, 1], 0, 0, 0, 0, 1), [shape(4, 6)]);
    await check((x) => tf.stridedSlice(x, [2], [2], [1]), [shape(4, 6)]);
    await check((x) => [tf.reverse(x, 0), tf.reverse(x, [0, 2]), tf.reverse(x)], [shape(3, 4, 5)]);
    await check((x) => [tf.tile(x, [2, 3]), tf.tile(x, [1, 1]), tf.tile(x, [4, 1])], [shape(3, 5)]);
    await check(
      (x) =>
        tf.pad(
          x,
          [
            [1, 2],
            [0, 3],
          ],
          -7,
        ),
      [shape(3, 5)],
    );
    await check((x) => tf.broadcastTo(x, [4, 3, 5]), [shape(3, 1)]);
    await check((x, y) => [tf.concat([x, y], 0), tf.concat([x, y, x], -2)], [shape(2, 5), shape(3, 5)]);
    await check((x, y) => [tf.stack([x, y], 0), tf.stack([x, y], 2)], [shape(2, 5), shape(2, 5)]);
    await check((x) => tf.unstack(x, 1), [shape(2, 3, 4)]);
    await check((x) => [...tf.split(x, 3, 1), ...tf.split(x, [1, 5], 1)], [shape(2, 6)]);
    await check((x) => [tf.reshape(x, [4, -1]), tf.expandDims(x, 1), tf.squeeze(tf.expandDims(x, 0))], [shape(8, 3)]);
    await check((x, i) => [tf.gather(x, i), tf.gather(x, i, 1)], [shape(5, 5, 3), integers(0, 5, 2, 4)]);
    await check((i) => [tf.oneHot(i, 5), tf.oneHot(i, 5, 2, -1, 'float32')], [integers(0, 5, 3, 4)]);
    await check((x, i) => tf.unsortedSegmentSum(x, i as tf.Tensor1D, 4), [shape(9, 5), integers(0, 4, 9)]);
    await check((c, x, y) => tf.where(c, x, y), [flags(4, 5), shape(4, 5), shape(4, 5)]);
    await check((c, x, y) => tf.where(tf.reshape(c, [4, 1]), x, y), [flags(4), shape(4, 5), shape(4, 5)]);
    await check(() => [tf.range(2, 9), tf.range(9, 2), tf.range(0, 1, 0.25), tf.linspace(1, 3, 7)], []);
    await check(() => [tf.zeros([2, 3]), tf.ones([3], 'int32'), tf.fill([2], 0.5)], []);
    await check((x, y) => tf.addN([x, y, x]), [shape(4, 5), shape(4, 5)]);
  });

  it('multiplies matrices in any form', async () => {
    for (const transposeA of [false, true])
      for (const transposeB of [false, true])
        for (const [aBatch, bBatch] of [
          [[], []],
          [[3], [3]],
          [[3], [1]],
          [[1], [3]],
          [
            [2, 3],
            [2, 3],
          ],
        ])
          await check(
            (a, b) => tf.matMul(a, b, transposeA, transposeB),
            [
              shape(...aBatch, ...(transposeA ? [17, 5] : [5, 17])),
              shape(...bBatch, ...(transposeB ? [9, 17] : [17, 9])),
            ],
          );
  });

  it('agrees with plain tfjs on gradients', async () => {
    const gradients = (f: (...inputs: tf.Tensor[]) => tf.Tensor): Compute => {
      return (...inputs) => tf.grads((...tensors: tf.Tensor[]) => tf.sum(f(...tensors)))(inputs);
    };
    // Data, not a comparison of x: tfjs has no gradient for those.
    const thirds = Array.from({ length: 30 }, (_, index) => index % 3 === 0);
    const cases: [(...inputs: tf.Tensor[]) => tf.Tensor, Input[]][] = [
      [(x, y) => tf.mul(tf.exp(tf.sub(x, y)), tf.div(x, tf.add(y, 5))), [shape(4, 3), shape(3)]],
      [(x) => tf.max(tf.tanh(x), 1), [shape(6, 5)]],
      [(x, y) => tf.maximum(x, tf.minimum(y, 0.1)), [shape(6, 5), shape(6, 5)]],
      [(x) => tf.square(tf.mean(tf.sigmoid(x), 0)), [shape(6, 5)]],
      [(x) => tf.mul(tf.softmax(x), tf.logSoftmax(x)), [shape(6, 5)]],
      [(x) => tf.square(tf.gather(x, tf.tensor1d([2, 0, 2], 'int32'))), [shape(4, 3)]],
      [
        (x) =>
          tf.square(
            tf.transpose(
              tf.slice(
                tf.pad(x, [
                  [1, 1],
                  [0, 0],
                ]),
                [0, 1],
                [3, 2],
              ),
            ),
          ),
        [shape(4, 3)],
      ],
      [(x, y) => tf.square(tf.concat([tf.tile(x, [2, 1]), y], 0)), [shape(2, 3), shape(1, 3)]],
      [(x) => tf.square(tf.cumsum(tf.reverse(x, 0), 1)), [shape(5, 3)]],
      [(x, y) => tf.square(tf.matMul(x, y, false, true)), [shape(5, 3), shape(4, 3)]],
      [(x) => tf.mul(tf.sqrt(tf.abs(x)), tf.where(tf.tensor1d(thirds, 'bool'), x, tf.zerosLike(x))), [shape(30)]],
      [(x) => tf.logSumExp(tf.mul(tf.sin(x), tf.cos(x)), 1), [shape(5, 7)]],
      [(x, y) => tf.stack(tf.unstack(tf.pow(x, y), 1), 0), [positive(4, 3), positive(4, 3)]],
    ];
    for (const [compute, inputs] of cases) await check(gradients(compute), inputs, { tolerance: 1e-5 });
  });

  it('agrees on random shapes', async () => {
    const extent = fc.integer({ min: 1, max: 23 });
    await fc.assert(
      fc.asyncProperty(fc.array(extent, { minLength: 1, maxLength: 4 }), fc.nat(), async (extents, seed) => {
        const axes = extents.map((_, axis) => axis);
        const order = axes.toSorted((a, b) => randomUniform(randomKey(seed), a) - randomUniform(randomKey(seed), b));
        const some = axes.filter((axis) => randomUniform(randomKey(seed + 1), axis) < 0.5);
        const thin = extents.map((size, axis) => (some.includes(axis) ? 1 : size));
        await check(
          (x, y) => [
            tf.transpose(x, order),
            tf.sum(x, some),
            tf.mul(x, y),
            tf.max(tf.transpose(x, order), some),
            tf.reverse(x, some),
            tf.broadcastTo(y, extents),
          ],
          [shape(...extents), shape(...thin)],
          { seed, tolerance: 1e-5 },
        );
      }),
      { numRuns: 60 },
    );
  });

  it('passes on what is not finite', () => {
    const x = tf.tensor1d([NaN, Infinity, -Infinity, 1]);
    const results = tf.tidy(() => ({
      add: tf.add(x, 1),
      exp: tf.exp(x),
      max: tf.max(x),
      sum: tf.sum(x),
      matMul: tf.matMul(tf.reshape(x, [1, 4]), tf.ones([4, 1])),
      finite: tf.isFinite(x),
      infinite: tf.isInf(x),
    }));
    expect([...results.add.dataSync()]).toEqual([NaN, Infinity, -Infinity, 2]);
    expect([...results.exp.dataSync()].slice(0, 3)).toEqual([NaN, Infinity, 0]);
    expect(results.max.dataSync()[0]).toBeNaN();
    expect(results.sum.dataSync()[0]).toBeNaN();
    expect(results.matMul.dataSync()[0]).toBeNaN();
    expect([...results.finite.dataSync()]).toEqual([0, 0, 0, 1]);
    expect([...results.infinite.dataSync()]).toEqual([0, 1, 1, 0]);
    tf.dispose([x, ...Object.values(results)]);
  });
});
