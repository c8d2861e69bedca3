import type * as tf from '@tensorflow/tfjs-core';
import type { WebGpuBackend } from '../../devices/webgpu/backend.ts';
import {
  type GpuKernels,
  groups,
  reads,
  readsScaled,
  rowThreads,
  elementsOf,
  writes,
} from '../../devices/webgpu/kernel.ts';
import { gradientScale, liesInHalf } from '../../devices/webgpu/kernels/matrix-product.ts';
import { loadReducingShader } from '../../devices/webgpu/kernels/reduction.ts';
import type { LayerNormAttributes } from './composed.ts';

const shader = loadReducingShader(import.meta.dirname, 'layer-norm.wgsl');

interface Rows {
  rows: number;
  width: number;
}
const rowsOf = (x: tf.TensorInfo): Rows => ({
  rows: elementsOf({ shape: x.shape.slice(0, -1) }),
  width: x.shape.at(-1)!,
});

const perRow = (backend: WebGpuBackend, { rows, width }: Rows, epsilon: number, unit = 1, scale = 1) => ({
  shader,
  constants: { THREADS: rowThreads(backend, width) },
  uniforms: { rows, width, epsilon, rows_a_group: 0, unit, scale },
  workgroups: groups(rows),
  flops: 8 * rows * width,
});

/** LN(x), or with `residual` the sum and its LN, which lies in f16 where the products that it goes to are in f16. */
export function normaliseOnGpu(
  backend: WebGpuBackend,
  [x, residual, gamma, beta]: [tf.TensorInfo, tf.TensorInfo | null, tf.TensorInfo, tf.TensorInfo],
  { epsilon, precision }: LayerNormAttributes,
): tf.TensorInfo[] {
  const y = liesInHalf(backend, precision) ? backend.makeHalf(x.shape) : backend.make(x.shape);
  const shared = { 1: reads(x), 3: reads(gamma), 4: reads(beta), 6: writes(y) };
  if (residual === null) {
    backend.dispatch({ ...perRow(backend, rowsOf(x), epsilon), entry: 'forward', bindings: shared });
    return [y];
  }
  const sum = backend.make(x.shape);
  backend.dispatch({
    ...perRow(backend, rowsOf(x), epsilon),
    entry: 'residual_forward',
    bindings: { ...shared, 2: reads(residual), 5: writes(sum) },
  });
  return [sum, y];
}

/**
 * Gradients of x (with that of the sum added, where given), gamma and beta; where it was a sum, that of the residual and
 * that of what was added to it are one, which products in f16 get in f16.
 */
export function normaliseBackwardOnGpu(
  backend: WebGpuBackend,
  [dSum, dy, x, gamma]: [tf.TensorInfo | null, tf.TensorInfo, tf.TensorInfo, tf.TensorInfo],
  { epsilon, precision }: LayerNormAttributes,
): { dx: tf.TensorInfo; dDelta: tf.TensorInfo | null; dGamma: tf.TensorInfo; dBeta: tf.TensorInfo } {
  const size = rowsOf(x);
  const { rows, width } = size;
  const [dx, dGamma, dBeta] = [x.shape, [width], [width]].map((shape) => backend.make(shape));
  const moments = backend.make([rows, 2]);
  const scale = gradientScale(rows);
  const dDelta = dSum && liesInHalf(backend, precision) ? backend.makeHalf(x.shape, scale) : null;
  const unit = 1 / backend.scaleOf(dy);
  backend.dispatch({
    ...perRow(backend, size, epsilon, unit, scale),
    entry: dSum === null ? 'backward' : dDelta === null ? 'residual_backward' : 'residual_backward_in_f16',
    bindings: {
      ...{ 1: reads(x), 3: reads(gamma), 7: readsScaled(dy), 9: writes(dx), 10: writes(moments) },
      ...(dSum === null ? {} : { 8: reads(dSum) }),
      ...(dDelta === null ? {} : { 16: writes(dDelta) }),
    },
    flops: 14 * rows * width,
  });
  const rowsAGroup = Math.max(16, Math.ceil(rows / 256));
  const parts = Math.ceil(rows / rowsAGroup);
  const sums = backend.make([parts, width, 2]);
  const columns = Math.ceil(width / 64);
  backend.dispatch({
    ...{
      shader,
      entry: 'parameter_parts',
      uniforms: { rows, width, epsilon, rows_a_group: rowsAGroup, unit, scale: 1 },
    },
    constants: { THREADS: rowThreads(backend, width) },
    bindings: { 1: reads(x), 7: readsScaled(dy), 11: reads(moments), 12: writes(sums) },
    workgroups: [columns, parts, 1],
    flops: 5 * rows * width,
  });
  backend.dispatch({
    ...{ shader, entry: 'parameters', uniforms: { rows: parts, width, epsilon, rows_a_group: 0, unit: 1, scale: 1 } },
    constants: { THREADS: rowThreads(backend, width) },
    bindings: { 13: reads(sums), 14: writes(dGamma), 15: writes(dBeta) },
    workgroups: [columns, 1, 1],
    flops: 2 * parts * width,
  });
  backend.discard(moments, sums);
  return { dx, dDelta, dGamma, dBeta };
}

export const webgpuLayerNorm: GpuKernels = {
  LayerNorm: (backend, [x, gamma, beta], attributes) =>
    normaliseOnGpu(backend, [x, null, gamma, beta], attributes as unknown as LayerNormAttributes),
  LayerNormBackward: (backend, [dy, x, gamma], given) => {
    const attributes = given as unknown as LayerNormAttributes;
    const { dx, dGamma, dBeta } = normaliseBackwardOnGpu(backend, [null, dy, x, gamma], attributes);
    return [dx, dGamma, dBeta];
  },
};
