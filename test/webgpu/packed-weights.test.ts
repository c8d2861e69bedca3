import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { modelSpecs } from '../../main/contract/logic/model-parameters.ts';
import { modelBytes, packRows, unpackRows, type PackedType } from '../../main/contract/logic/weight-format.ts';
import { openDevice } from '../../worker/devices/index.ts';
import type { WebGpuBackend } from '../../worker/devices/webgpu/backend.ts';
import { countWork } from '../../worker/devices/webgpu/counts.ts';
import { multiplyOnGpu, smallProducts, type Product } from '../../worker/devices/webgpu/kernels/matrix-product.ts';
import { LanguageModel } from '../../worker/models/language-model.ts';
import { embedding } from '../../worker/ops/index.ts';
import { expectClose } from '../numerics/compare.ts';
import { valuesOf } from '../numerics/devices.ts';
import { configurationOf } from '../numerics/models.ts';
import { noise, tensorOf } from '../numerics/operation-checks.ts';

const backend = () => tf.backend() as WebGpuBackend;
let defaults: Pick<WebGpuBackend, 'halfStorage' | 'subgroups' | 'mostRowThreads'>;

beforeAll(async () => {
  await openDevice('webgpu');
  const { halfStorage, subgroups, mostRowThreads } = backend();
  defaults = { halfStorage, subgroups, mostRowThreads };
});
afterEach(() => {
  Object.assign(backend(), defaults);
  smallProducts.most = 1 << 18;
});

/** A matrix as it is kept, and in fp32. */
function matrixOf(seed: number, rows: number, columns: number, type: PackedType) {
  const packed = packRows(Float32Array.from(noise(seed, rows, columns).data), columns, type);
  return { kept: backend().packed(packed), plain: tf.tensor2d(unpackRows(packed), [rows, columns]) };
}

const tensorFrom = (info: tf.TensorInfo) => tf.engine().makeTensorFromTensorInfo(info);

describe.each<PackedType>(['bf16', 'int8', 'int4'])('weights in %s on a GPU', (type) => {
  /** Kernels of a product with a packed factor, which is compared with the same product in fp32. */
  async function compare(
    shape: [number, number],
    columns: number,
    productOf: (matrix: tf.Tensor) => Product,
    tolerance = 1e-5,
  ): Promise<string[]> {
    const { kept, plain } = matrixOf(3, shape[0], shape[1], type);
    const run = (matrix: tf.Tensor) => {
      const product = productOf(matrix);
      return tensorFrom(multiplyOnGpu(backend(), product, [product.m, columns]));
    };
    let result: tf.Tensor | null = null;
    const { kernels } = await countWork(backend(), () => Promise.resolve(void (result = run(kept))));
    expectClose('product', await valuesOf(result!), await valuesOf(run(plain)), tolerance);
    tf.dispose([kept, plain]);
    return kernels.map(({ kernel }) => kernel);
  }

  it('are factors of products as they are: first and second, in tiles and not, transposed and not', async () => {
    const [few, many] = [17, 70];
    for (const most of [1 << 18, 0]) {
      smallProducts.most = most;
      for (const width of [33, 70, 301]) {
        const x = tensorOf(noise(1, many, width));
        const [turned, tall] = [tensorOf(noise(4, width, many)), tensorOf(noise(2, few, many))];
        const bias = { along: 'columns' as const, values: tensorOf(noise(5, few)) };
        const kernels = [
          await compare([few, width], few, (b) => ({ a: x, b, m: many, k: width, n: few, transposeB: true, bias })),
          await compare([few, width], width, (b) => ({ a: tall, b, m: many, k: few, n: width, transposeA: true })),
          await compare([few, width], many, (a) => ({ a, b: turned, m: few, k: width, n: many })),
          await compare([few, width], many, (a) => ({ a, b: tall, m: width, k: few, n: many, transposeA: true })),
        ];
        expect(kernels.flat().filter((kernel) => kernel.includes('to-fp32'))).toEqual([]);
      }
    }
  }, 300_000);

  it('are multiplied with some rows of them alone', async () => {
    const x = tensorOf(noise(1, 9, 70));
    await compare([40, 70], 20, (b) => ({
      ...{ a: x, b, m: 9, k: 70, n: 20, transposeB: true, offsets: { b: 11 * 70 } },
    }));
  });

  it.each([false, true])('are multiplied with few vectors by a kernel for these (subgroups: %s)', async (subgroups) => {
    if (subgroups) Object.assign(backend(), { subgroups, mostRowThreads: 256 });
    for (const vectors of [1, 2, 5])
      for (const width of [32, 70, 301]) {
        const x = tensorOf(noise(1, vectors, width));
        const bias = { along: 'columns' as const, values: tensorOf(noise(5, 9)) };
        const changes = { bias, geluA: vectors === 2 };
        const kernels = await compare([9, width], 9, (b) => ({
          ...{ a: x, b, m: vectors, k: width, n: 9, transposeB: true, ...changes },
        }));
        expect(kernels).toEqual(['vector-product.multiply']);
      }
  });

  it('are factors of products with numbers in f16', async () => {
    backend().halfStorage = defaults.halfStorage ?? 'emulated';
    const x = tensorOf(noise(1, 30, 70));
    const precision = 'f16-mixed' as const;
    const product = (b: tf.Tensor) => ({ a: x, b, m: 30, k: 70, n: 20, transposeB: true, precision });
    await compare([20, 70], 20, product, 2e-3);
    await compare([20, 70], 20, (b) => ({ ...product(b), keep: 'activation' as const }), 2e-3);
  });

  it('are embeddings', async () => {
    const { kept, plain } = matrixOf(7, 23, 45, type);
    const ids = tf.tensor2d([0, 22, 5, 5, 1, 17], [2, 3], 'int32');
    const [found, right] = [await valuesOf(embedding(ids, kept)), await valuesOf(embedding(ids, plain))];
    expect([...found.data]).toEqual([...right.data]);
    tf.dispose([kept, plain, ids]);
  });

  it('are multiplied with each other by a copy of one', async () => {
    const [left, right] = [matrixOf(7, 23, 45, type), matrixOf(8, 11, 45, type)];
    const [found, expected] = [
      tf.matMul(left.kept, right.kept, false, true),
      tf.matMul(left.plain, right.plain, false, true),
    ];
    expectClose('product', await valuesOf(found), await valuesOf(expected), 1e-5);
  });

  it('take as much memory of the GPU as their type says', async () => {
    const { device } = await openDevice('webgpu');
    const config = configurationOf({ d_model: 128, d_inner: 256, n_layer: 2 }, 500);
    // What is used by recorded commands is given back once they are submitted.
    const used = () => {
      backend().flush();
      return backend().memory().numBytesInGPU;
    };
    const before = used();
    const model = LanguageModel.create(config, device, 1);
    await model.parameters.pack(type);
    for (const { variable } of model.parameters.all()) backend().uploadToGPU(variable.dataId);
    const taken = used() - before;
    expect(taken / modelBytes(modelSpecs(config), type)).toBeCloseTo(1, 2);
    model.dispose();
  });
});
