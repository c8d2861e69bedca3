import * as tf from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, type TestContext } from 'vitest';
import { openDevice, type Device } from '../../worker/devices/index.ts';
import type { WebGpuBackend } from '../../worker/devices/webgpu/backend.ts';
import { countWork } from '../../worker/devices/webgpu/counts.ts';
import { reads, writes } from '../../worker/devices/webgpu/kernel.ts';
import {
  gradientScale,
  multiplyOnGpu,
  smallProducts,
  type Product,
} from '../../worker/devices/webgpu/kernels/matrix-product.ts';
import { chooseMatrixUnits } from '../../worker/devices/webgpu/kernels/matrix-units.ts';
import type { HalfStorage } from '../../worker/devices/webgpu/shader.ts';
import { LanguageModel, type TrainingOptions } from '../../worker/models/language-model.ts';
import { Optimizer } from '../../worker/training/optimizer.ts';
import { crossEntropyChunks } from '../../worker/ops/cross-entropy/webgpu.ts';
import { dropout, embedding, linear, mlp } from '../../worker/ops/index.ts';
import { expectClose } from '../numerics/compare.ts';
import { valuesOf } from '../numerics/devices.ts';
import { batchOf, configurationOf, plain, trainingDefaults } from '../numerics/models.ts';
import * as cases from '../numerics/operation-cases.ts';
import { checkCase, noise, tensorOf, type Case } from '../numerics/operation-checks.ts';

const backend = () => tf.backend() as WebGpuBackend;
const precision = 'f16-mixed' as const;
let device: Device;
let defaults: Pick<WebGpuBackend, 'halfStorage' | 'transformCapacity'>;

beforeAll(async () => {
  device = (await openDevice('webgpu')).device;
  const { halfStorage, transformCapacity } = backend();
  defaults = { halfStorage, transformCapacity };
});
afterEach(() => {
  Object.assign(backend(), defaults);
  Object.assign(crossEntropyChunks, { elements: 1 << 24, fewestTokens: 512 });
  smallProducts.most = 1 << 18;
  backend().matrixUnits = {};
});

const tensorFrom = (info: tf.TensorInfo) => tf.engine().makeTensorFromTensorInfo(info);

/**
 * The recurrence with p, and the gradient, in f16: between two products that change nothing. As in a training, the
 * gradient is that of a mean.
 */
function recurrence(shape: cases.RecurrenceShape): Case {
  const { batch, length } = shape;
  const each = cases.recurrenceCase(shape, 'auto');
  const tokens = batch * length;
  const same = (x: tf.Tensor) => {
    const [size] = x.shape;
    return linear(x, tf.eye(size), tf.zeros([size]), { input: 'channels', output: 'channels', precision });
  };
  return {
    ...each,
    name: `${each.name} among products`,
    run: ([p, ...rest]) => tf.tidy(() => [tf.mul(same(each.run([same(p), ...rest])[0]), 1 / tokens)]),
    naive: (inputs) => each.naive(inputs).map(({ shape, data }) => ({ shape, data: data.map((x) => x / tokens) })),
  };
}

const products = () => [
  cases.linearCase(2, 35, 19, 70, 'tokens', 'tokens', precision),
  cases.linearCase(2, 17, 19, 7, 'channels', 'tokens', precision),
  cases.linearCase(2, 17, 19, 7, 'tokens', 'channels', precision),
  cases.mlpCase(2, 9, 7, 20, precision),
  cases.crossEntropyCase(13, 6, 300, [1, 0, 0.5], precision),
];

/** Losses and norms of gradients of six steps of a small model. */
async function lossesIn(which: 'fp32' | 'f16-mixed', changes: Partial<TrainingOptions> = {}): Promise<number[]> {
  const both = { ...device, precisions: ['fp32' as const, precision] };
  const model = LanguageModel.create(configurationOf({ order: 3, n_layer: 2, residual_dropout: 0.1 }), both, 7);
  const optimizer = new Optimizer(model, trainingDefaults);
  const values: number[] = [];
  for (let step = 1; step <= 6; step++) {
    const options = { ...plain, precision: which, dropoutSeed: step, ...changes };
    const { loss, gradients } = model.lossAndGradients(batchOf(2, 24, 23, step), options);
    values.push(await loss, await optimizer.step(gradients, { step, learningRateScale: 1 }));
  }
  optimizer.dispose();
  model.dispose();
  return values;
}

/** As the adapter stores f16, and as tests imitate it on adapters that have none. */
describe.each<HalfStorage>(['f16', 'emulated'])('numbers in f16 (%s)', (storage) => {
  beforeEach((context: TestContext) => {
    if (storage === 'f16' && defaults.halfStorage === null) return context.skip('this adapter has no f16');
    backend().halfStorage = storage;
    backend().matrixUnits = {};
  });

  it('are within some thousandths in every operation, gradients too', async () => {
    smallProducts.most = 5000;
    for (const each of [
      ...products(),
      cases.layerNormCase([3, 7], 70, precision),
      cases.residualCase([2, 9], 70, precision),
    ])
      await checkCase(each, 3e-3);
    // What lies in f16 is rounded at each step of it.
    for (const order of [2, 3]) await checkCase(recurrence({ width: 3, batch: 2, length: 21, taps: 3, order }), 5e-3);
  });

  it('are so by matrix units too', async (context) => {
    if (storage !== 'f16') return context.skip('matrix units take no imitated f16');
    await chooseMatrixUnits(backend());
    if (!backend().matrixUnits[precision]) return context.skip('this adapter has no matrix units for f16');
    smallProducts.most = 0;
    await checkCase(cases.linearCase(2, 17, 19, 7, 'tokens', 'channels', precision), 3e-3);
    await checkCase(cases.mlpCase(2, 9, 7, 20, precision), 3e-3);
    // A software adapter takes long to make each pipeline.
  }, 600_000);

  it('are right in rows longer than workgroup memory, and in parts of the vocabulary', async () => {
    backend().transformCapacity = 1024;
    await checkCase(recurrence({ width: 1, batch: 2, length: 1300, taps: 3, order: 2 }), 5e-3);
    Object.assign(crossEntropyChunks, { elements: 100, fewestTokens: 7 });
    await checkCase(cases.crossEntropyCase(13, 6, 45, [1, 0, 0.5], precision), 3e-3);
  });

  it('keep small gradients, and NaN; what is too large becomes the largest number', async () => {
    // On their way to a product, and where its result is kept.
    smallProducts.most = 0;
    const product = async (value: number, changes: Partial<Product> = {}, other = 1) => {
      const [a, b] = [tf.fill([1, 1], value), tf.fill([1, 1], other)];
      const c = tensorFrom(multiplyOnGpu(backend(), { a, b, m: 1, k: 1, n: 1, precision, ...changes }, [1, 1]));
      expect(backend().isHalf(c)).toBe(changes.keep !== undefined);
      return (await valuesOf(c)).data[0];
    };
    const gradient = { factor: 'a' as const, tokens: 8192 };
    expect(await product(1e-9)).toBe(0);
    expect(await product(1e-9, { gradient })).toBeCloseTo(1e-9, 11);
    expect(await product(1e-9, { gradient, keep: 'gradient' })).toBeCloseTo(1e-9, 11);
    for (const keep of [undefined, 'activation'] as const) {
      expect(await product(NaN, { keep })).toBeNaN();
      expect(await product(-Infinity, { keep })).toBe(-Infinity);
      expect(await product(1e9, { keep })).toBe(65504);
    }
    expect(await product(-3000, { keep: 'activation' }, 3000)).toBe(-65504);
    expect(await product(30, { gradient, keep: 'gradient' }, 30)).toBeCloseTo(65504 / gradientScale(8192), 12);
  });

  it('are given in fp32 to kernels that know nothing of f16, and read so', async () => {
    const values = noise(1, 2, 3, 5);
    const weight = tf.eye(5);
    const half = linear(tensorOf(values), weight, tf.zeros([5]), { input: 'tokens', output: 'tokens', precision });
    expect(backend().isHalf(half)).toBe(true);
    const expected = await valuesOf(half.clone());
    expectClose('what was rounded', expected, values, 5e-4);
    const plainly = tf.tensor(expected.data, [2, 3, 5]);
    for (const [name, run] of Object.entries({
      add: (x: tf.Tensor) => tf.add(x, 1),
      sine: tf.sin,
      sums: (x: tf.Tensor) => tf.cumsum(x, 1),
      slice: (x: tf.Tensor) => tf.slice(x, [0, 1, 1], [2, 2, 3]),
      concat: (x: tf.Tensor) => tf.concat([x, x], 2),
      reshape: (x: tf.Tensor) => tf.transpose(tf.reshape(x, [6, 5])),
      product: (x: tf.Tensor) => tf.matMul(tf.reshape(x, [6, 5]), weight),
      gradient: (x: tf.Tensor) => {
        const ids = tf.tensor2d([1, 0, 1, 2, 2, 1], [2, 3], 'int32');
        return tf.grads((table) => tf.sum(tf.mul(embedding(ids, table), x)))([tf.ones([3, 5])])[0];
      },
    }))
      expectClose(name, await valuesOf(run(half)), await valuesOf(run(plainly)), 1e-6);
    // A gradient is stored times something: nobody sees it.
    const scaled = tensorFrom(backend().makeHalf([3], 1024));
    const shader = { name: 'stranger', files: ['stranger'], code: strangerCode };
    const call = { shader, entry: 'main', uniforms: { count: 3 }, workgroups: [1, 1, 1] as [number, number, number] };
    const stranger = (x: tf.TensorInfo, y: tf.TensorInfo) =>
      backend().dispatch({ ...call, bindings: { 1: reads(x), 2: writes(y) } });
    expect(() => stranger(tf.ones([3]), scaled)).toThrow(expect.objectContaining({ code: 'internal' }) as Error);
  });

  it('stay in f16 through dropout, with what they are stored times', async () => {
    const half = linear(tf.ones([1, 40, 5]), tf.eye(5), tf.zeros([5]), {
      input: 'tokens',
      output: 'tokens',
      precision,
    });
    const dropped = dropout(half, { rate: 0.25, seed: 3 });
    expect(backend().isHalf(dropped)).toBe(true);
    const { data } = await valuesOf(dropped);
    const kept = data.filter((value) => value !== 0);
    expect(kept.length).toBeGreaterThan(100);
    expect(kept.length).toBeLessThan(200);
    for (const value of kept) expect(value).toBeCloseTo(4 / 3, 3);
  });

  it('show what is not finite in the norm of the gradients', async () => {
    const [x, w1, b1, w2] = [noise(1, 2, 9, 7), noise(2, 20, 7), noise(3, 20), noise(4, 7, 20)].map((each) =>
      tensorOf(each),
    );
    const bad = tf.fill([7], Infinity);
    const [dx, dw1] = tf.grads((...[given, w]) => tf.sum(tf.mul(mlp(given, w, b1, w2, bad, { precision }), NaN)))([
      x,
      w1,
    ]);
    for (const gradient of [dx, dw1]) expect((await valuesOf(gradient)).data.some(Number.isNaN)).toBe(true);
  });

  it.each([
    ['at once', {}],
    ['by checkpointing', { checkpointing: true }],
  ])('keep a training within a hundredth of its losses, %s', async (_name, changes) => {
    const expected = await lossesIn('fp32');
    const tensors = tf.memory().numTensors;
    const bytes = backend().memory().numBytesInGPU;
    const readBack: number[] = [];
    backend().onReadBack = (size) => readBack.push(size);
    let actual: number[] = [];
    const { kernels } = await countWork(backend(), async () => (actual = await lossesIn(precision, changes)));
    expectClose('losses', { shape: [12], data: actual }, { shape: [12], data: expected }, 1e-2);
    expect(actual).not.toEqual(expected);
    // Every kernel of a step knows of f16.
    expect(kernels.map(({ kernel }) => kernel)).not.toContain('widen.widen');
    expect(await lossesIn(precision, changes)).toEqual(actual);
    expect(tf.memory().numTensors).toBe(tensors);
    expect(backend().memory().numBytesInGPU).toBeLessThanOrEqual(bytes);
  });
});

const strangerCode = `
  struct Sizes { count: u32 }
  @group(0) @binding(0) var<uniform> sizes: Sizes;
  @group(0) @binding(1) var<storage, read> x: array<f32>;
  @group(0) @binding(2) var<storage, read_write> y: array<f32>;
  @compute @workgroup_size(4) fn main(@builtin(local_invocation_index) i: u32) { if (i < sizes.count) { y[i] = x[i]; } }`;

describe('an adapter without f16', () => {
  afterAll(() => Object.assign(backend(), defaults));

  it('stores nothing in f16, and says so', () => {
    backend().halfStorage = null;
    expect(() => backend().makeHalf([3])).toThrow(expect.objectContaining({ code: 'internal' }) as Error);
  });
});
