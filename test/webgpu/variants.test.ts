import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openDevice } from '../../worker/devices/index.ts';
import type { WebGpuBackend } from '../../worker/devices/webgpu/backend.ts';
import type { Adapter } from '../../worker/devices/webgpu/dawn.ts';
import {
  multiplyOnGpu,
  smallProducts,
  type ProductPrecision,
} from '../../worker/devices/webgpu/kernels/matrix-product.ts';
import {
  chooseMatrixUnits,
  offeredUnits,
  type MatrixUnits,
  type ProductByUnits,
} from '../../worker/devices/webgpu/kernels/matrix-units.ts';
import type { Shader } from '../../worker/devices/webgpu/shader.ts';
import { accumulate, adamW } from '../../worker/ops/index.ts';
import { crossEntropyChunks } from '../../worker/ops/cross-entropy/webgpu.ts';
import { expectClose } from '../numerics/compare.ts';
import { valuesOf } from '../numerics/devices.ts';
import * as cases from '../numerics/operation-cases.ts';
import { checkCase, noise, scaled, tensorOf } from '../numerics/operation-checks.ts';

const backend = () => tf.backend() as WebGpuBackend;
let defaults: Pick<WebGpuBackend, 'subgroups' | 'mostRowThreads'>;

beforeAll(async () => {
  await openDevice('webgpu');
  const { subgroups, mostRowThreads } = backend();
  defaults = { subgroups, mostRowThreads };
});
afterEach(() => {
  Object.assign(backend(), defaults);
  backend().matrixUnits = {};
  smallProducts.most = 1 << 18;
});

describe('sums over a workgroup', () => {
  const all = [
    cases.layerNormCase([3, 7], 70),
    cases.residualCase([2, 9], 150),
    cases.crossEntropyCase(13, 6, 300, [1, 0, 0.5]),
  ];
  it.each([false, true])('are right with subgroups: %s', async (subgroups) => {
    expect(backend().device.features.has('subgroups')).toBe(true);
    backend().subgroups = subgroups;
    backend().mostRowThreads = 256;
    for (const each of all) await checkCase(each, 1e-5);
  });
});

describe('cross entropy over parts of the vocabulary', () => {
  afterEach(() => {
    Object.assign(crossEntropyChunks, { elements: 1 << 24, fewestTokens: 512 });
  });

  it.each([
    [13, 100, 7],
    [13, 64, 13],
    [5, 1, 5],
  ])('is right: %i tokens, %i logits at once', async (tokens, elements, fewestTokens) => {
    Object.assign(crossEntropyChunks, { elements, fewestTokens });
    await checkCase(cases.crossEntropyCase(tokens, 6, 45, [1, 0, 0.5]), 1e-5);
  });
});

describe('AdamW over all parameters', () => {
  it('is the same in several stretches and after several batches, and takes in what is assigned between steps', async () => {
    const sizes = [3, 200, 64, 1, 129];
    const train = async () => {
      const variables = (seed: number, factor: number) =>
        sizes.map((size, index) => {
          const values = tensorOf(scaled(noise(seed + index, size), factor));
          const variable = tf.variable(values);
          values.dispose();
          return variable;
        });
      const [values, firsts, seconds] = [variables(10, 1), variables(20, 0), variables(30, 0)];
      for (let step = 1; step <= 3; step++) {
        let gradients: tf.Tensor[] = variables(100 * step, 1);
        for (let batch = 1; batch < step; batch++) {
          const others = variables(100 * step + 10 * batch, 1);
          const sums = accumulate(gradients, others);
          tf.dispose([...gradients, ...others]);
          gradients = sums;
        }
        if (step === 3) values[2].assign(tf.ones([64]));
        const parameters = values.map((value, index) => ({
          ...{ value, gradient: gradients[index], first: firsts[index], second: seconds[index] },
          ...{ learningRate: 0.01 * (index + 1), weightDecay: 0.1 },
        }));
        adamW(parameters, { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, step, clip: 1 }).dispose();
        tf.dispose(gradients);
      }
      const all = [...values, ...firsts, ...seconds];
      const read = await Promise.all(all.map(async (variable) => Array.from(await variable.data())));
      tf.dispose(all);
      return read;
    };
    const before = backend().memory().numBytesInGPU;
    const expected = await train();
    // What lay together is given back with the last of it.
    expect(backend().memory().numBytesInGPU - before).toBeLessThan(4096);
    const { limits } = backend().adapter;
    Object.assign(limits, { maxBufferSize: 1024 });
    try {
      const inStretches = await train();
      inStretches.forEach((values, index) => {
        const shape = [values.length];
        expectClose(`tensor ${index}`, { shape, data: values }, { shape, data: expected[index] }, 1e-6);
      });
    } finally {
      Object.assign(limits, { maxBufferSize: backend().device.limits.maxBufferSize });
    }
    const { device } = await openDevice('portable');
    expect(device.name).toBe('portable');
    let oracle: Awaited<ReturnType<typeof train>>;
    try {
      oracle = await train();
    } finally {
      await openDevice('webgpu');
    }
    oracle.forEach((values, index) => {
      const shape = [values.length];
      expectClose(`tensor ${index}`, { shape, data: expected[index] }, { shape, data: values }, 1e-5);
    });
  });
});

describe('products in tiles', () => {
  it('are right in every layout, with all that is done on the way', async () => {
    smallProducts.most = 0;
    for (const each of [
      cases.linearCase(2, 35, 19, 70, 'tokens', 'tokens'),
      cases.linearCase(1, 300, 5, 9, 'tokens', 'channels'),
      cases.linearCase(2, 17, 19, 7, 'channels', 'tokens'),
      cases.linearCase(2, 17, 19, 7, 'channels', 'channels'),
      cases.mlpCase(2, 9, 7, 20),
      cases.crossEntropyCase(13, 6, 300, [1, 0, 0.5]),
    ])
      await checkCase(each, 1e-5);
  });
});

const kernels = join(import.meta.dirname, '..', '..', 'worker', 'devices', 'webgpu', 'kernels');
const textOf = (folder: string, file: string) =>
  readFileSync(join(folder, file), 'utf8').replaceAll(/^enable .*;$/gm, '');

/** product-by-units.wgsl over units that threads imitate, with `change` made to the text. */
function emulated([m, n, k]: readonly number[], change = (code: string) => code): Shader {
  const sizes = `enable subgroups;\nconst unit_m = ${m}u;\nconst unit_n = ${n}u;\nconst unit_k = ${k}u;\n`;
  const files = ['factors-fp32', 'matrix-product', 'product-by-units', 'units-of-any-size'];
  const texts = files.map((file) => textOf(kernels, `${file}.wgsl`));
  const code = change([sizes, ...texts, textOf(import.meta.dirname, 'emulated-units.wgsl')].join('\n'));
  return { name: 'emulated', files: [`emulated ${code.length} ${m} ${n} ${k}`], code };
}

describe('products by matrix units', () => {
  const threads = () => ({ THREADS: 4 * backend().adapter.information.subgroupMaxSize });

  it.each([
    [8, 8, 8],
    [8, 16, 8],
  ])(
    'products by matrix units of %i × %i × %i are dealt to subgroups as they should be (units emulated)',
    async (...sizes) => {
      const units = { name: 'emulated', shader: emulated(sizes), constants: threads() };
      const [m, k, n] = [40, 18, 35];
      const a = tensorOf(noise(1, m, k));
      const b = tensorOf(noise(2, k, n));
      const bias = tensorOf(noise(3, n));
      const [aTurned, bTurned] = [tf.transpose(a), tf.transpose(b)];
      const plain = tf.matMul(a, b);
      const expected = await valuesOf(tf.add(plain, bias));
      backend().matrixUnits = { fp32: units };
      smallProducts.most = 0;
      const along = { along: 'columns' as const, values: bias };
      for (const [name, product] of Object.entries({
        plain: { a, b },
        'both turned': { a: aTurned, b: bTurned, transposeA: true, transposeB: true },
      })) {
        const c = multiplyOnGpu(backend(), { ...product, m, k, n, bias: along }, [m, n]);
        expectClose(name, await valuesOf(tf.engine().makeTensorFromTensorInfo(c)), expected, 1e-5);
      }
      tf.dispose([a, b, bias, aTurned, bTurned, plain]);
    },
  );

  it('compute what threads do where the adapter has them, in every size and layout', async (context) => {
    const offered = offeredUnits(backend().adapter);
    if (offered.length === 0) return context.skip('this adapter has no matrix units');
    await chooseMatrixUnits(backend());
    const chosen = backend().matrixUnits;
    expect(Object.keys(chosen).length).toBeGreaterThan(0);
    smallProducts.most = 0;
    for (const [precision, units] of Object.entries(chosen) as [ProductPrecision, ProductByUnits][])
      for (const [m, k, n] of [
        [1, 1, 1],
        [64, 64, 64],
        [70, 45, 90],
        [130, 1100, 33],
      ]) {
        const [a, b] = [tensorOf(noise(1, m, k)), tensorOf(noise(2, k, n))];
        const [aTurned, bTurned] = [tf.transpose(a), tf.transpose(b)];
        for (const [transposeA, transposeB] of [
          [false, false],
          [true, false],
          [false, true],
        ]) {
          const factors = { a: transposeA ? aTurned : a, b: transposeB ? bTurned : b, transposeA, transposeB };
          const by = async (matrixUnits: MatrixUnits) => {
            backend().matrixUnits = matrixUnits;
            const c = multiplyOnGpu(backend(), { ...factors, m, k, n, precision }, [m, n]);
            return await valuesOf(tf.engine().makeTensorFromTensorInfo(c));
          };
          expectClose(`${units.name} ${m} ${k} ${n}`, await by({ [precision]: units }), await by({}), 1e-5);
        }
        tf.dispose([a, b, aTurned, bTurned]);
      }
  });

  it('are taken where they agree with threads, and left where they do not or do not compile', async () => {
    const sizes = [8, 8, 8];
    const offered = (shader: Shader) => [
      { name: shader.name, precision: 'fp32' as const, shader, constants: threads() },
    ];
    await chooseMatrixUnits(backend(), offered(emulated(sizes)));
    expect(backend().matrixUnits.fp32).toMatchObject({ name: 'emulated' });
    await chooseMatrixUnits(backend(), offered(emulated(sizes, (code) => code.replace('top + i', 'left + i'))));
    expect(backend().matrixUnits.fp32).toBeUndefined();
    await chooseMatrixUnits(backend(), offered(emulated(sizes, (code) => `${code}\nfn broken( {`)));
    expect(backend().matrixUnits.fp32).toBeUndefined();
    expect(() => backend().check()).not.toThrow();
  });

  it('are those that the adapter says it has, in subgroups of a known size', () => {
    const one = { M: 16, N: 16, K: 16, componentType: 'f16', resultComponentType: 'f32' };
    const adapter = (least: number, most: number, features: string[] = []): Adapter => ({
      ...{ ...backend().adapter, features },
      information: {
        ...{ ...backend().adapter.information, subgroupMinSize: least, subgroupMaxSize: most },
        subgroupMatrixConfigs: [one, { ...one, resultComponentType: 'f16' }],
      },
    });
    const found = (...given: Parameters<typeof adapter>) =>
      offeredUnits(adapter(...given)).map(({ precision, constants }) => [precision, constants]);
    expect(found(32, 32)).toEqual([['f16-mixed', { THREADS: 128 }]]);
    expect(found(32, 64)).toEqual([]);
    expect(found(32, 64, ['subgroup-size-control'])).toEqual([['f16-mixed', { THREADS: 128, SUBGROUP: 32 }]]);
    expect(found(8, 16, ['subgroup-size-control'])).toEqual([['f16-mixed', { THREADS: 64, SUBGROUP: 16 }]]);
    expect(offeredUnits(adapter(32, 32), { HYENA_MATRIX_UNITS: '0' })).toEqual([]);
  });
});
