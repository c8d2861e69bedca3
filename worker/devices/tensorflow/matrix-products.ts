import * as tf from '@tensorflow/tfjs-core';
import type { Precision } from '../device.ts';
import type { TensorFlowBackend } from './binding.ts';
import { backendName } from './load.ts';

let rounded = false;

/** Within `work`, factors of matrix products are rounded to bfloat16 where the precision says so. */
export function withFactorsOf<Result>(precision: Precision, work: () => Result): Result {
  const before = rounded;
  rounded = precision === 'bf16-mixed';
  try {
    return work();
  } finally {
    rounded = before;
  }
}

/** TensorFlow's DT_BFLOAT16, which the binding has no name for. */
const bfloat16 = 14;

/**
 * TensorFlow sums such a product in fp32, in a GPU's tensor cores, and rounds the result too: it has no kernel with
 * factors in bfloat16 and results in fp32.
 */
function multiplyRounded(backend: TensorFlowBackend, factors: tf.TensorInfo[], transposed: readonly boolean[]) {
  const { binding } = backend;
  const typed = (name: string, value: number) => ({ name, type: binding.TF_ATTR_TYPE, value });
  const cast = (id: number, from: number, to: number) =>
    binding.executeOp('Cast', [typed('SrcT', from), typed('DstT', to)], [id], 1)[0];
  const ids: number[] = [];
  try {
    for (const id of backend.getInputTensorIds(factors)) ids.push(cast(id, binding.TF_FLOAT, bfloat16).id);
    const flags = ['adj_x', 'adj_y'].map((name, index) => ({
      ...{ name, type: binding.TF_ATTR_BOOL, value: transposed[index] },
    }));
    const [product] = binding.executeOp('BatchMatMulV2', [typed('T', bfloat16), ...flags], ids, 1);
    ids.push(product.id);
    return backend.createOutputTensor(cast(product.id, bfloat16, binding.TF_FLOAT));
  } finally {
    for (const id of ids) binding.deleteTensor(id);
  }
}

/** Puts a matrix product that heeds {@link withFactorsOf} in the place of the package's. Call after it is loaded. */
export function registerMatrixProducts(): void {
  const given = tf.getKernel(tf.BatchMatMul, backendName);
  tf.unregisterKernel(tf.BatchMatMul, backendName);
  tf.registerKernel({
    ...given,
    kernelFunc: (call) => {
      const { a, b } = call.inputs as unknown as Record<'a' | 'b', tf.TensorInfo>;
      if (!rounded || a.dtype !== 'float32' || b.dtype !== 'float32') return given.kernelFunc(call);
      const { transposeA, transposeB } = call.attrs as unknown as tf.BatchMatMulAttrs;
      return multiplyRounded(call.backend as TensorFlowBackend, [a, b], [transposeA, transposeB]);
    },
  });
}
