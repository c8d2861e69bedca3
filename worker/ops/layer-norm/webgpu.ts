import type * as tf from '@tensorflow/tfjs-core';
import type { WebGpuBackend } from '../../devices/webgpu/backend.ts';
import { float, type GpuKernels, groups, reads, rowThreads, sizeOf, writes } from '../../devices/webgpu/kernel.ts';
import { loadReducingShader } from '../../devices/webgpu/kernels/reduction.ts';

const shader = loadReducingShader(import.meta.dirname, 'layer-norm.wgsl');

interface Rows {
  rows: number;
  width: number;
}
const rowsOf = (x: tf.TensorInfo): Rows => ({ rows: sizeOf({ shape: x.shape.slice(0, -1) }), width: x.shape.at(-1)! });

const perRow = (backend: WebGpuBackend, { rows, width }: Rows, epsilon: number) => ({
  shader,
  constants: { THREADS: rowThreads(backend, width) },
  uniforms: [rows, width, float(epsilon), 0],
  workgroups: groups(rows),
  flops: 8 * rows * width,
});

/** LN(x), or with `residual` the sum and its LN. */
export function normaliseOnGpu(
  backend: WebGpuBackend,
  [x, residual, gamma, beta]: [tf.TensorInfo, tf.TensorInfo | null, tf.TensorInfo, tf.TensorInfo],
  epsilon: number,
): tf.TensorInfo[] {
  const y = backend.make(x.shape);
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

/** Gradients of x (with that of the sum added, where given), gamma and beta. */
export function normaliseBackwardOnGpu(
  backend: WebGpuBackend,
  [dSum, dy, x, gamma]: [tf.TensorInfo | null, tf.TensorInfo, tf.TensorInfo, tf.TensorInfo],
  epsilon: number,
): [tf.TensorInfo, tf.TensorInfo, tf.TensorInfo] {
  const size = rowsOf(x);
  const { rows, width } = size;
  const [dx, dGamma, dBeta] = [x.shape, [width], [width]].map((shape) => backend.make(shape));
  const moments = backend.make([rows, 2]);
  backend.dispatch({
    ...perRow(backend, size, epsilon),
    entry: dSum === null ? 'backward' : 'residual_backward',
    bindings: {
      ...{ 1: reads(x), 3: reads(gamma), 7: reads(dy), 9: writes(dx), 10: writes(moments) },
      ...(dSum === null ? {} : { 8: reads(dSum) }),
    },
    flops: 14 * rows * width,
  });
  const rowsAGroup = Math.max(16, Math.ceil(rows / 256));
  const parts = Math.ceil(rows / rowsAGroup);
  const sums = backend.make([parts, width, 2]);
  const columns = Math.ceil(width / 64);
  backend.dispatch({
    ...{ shader, entry: 'parameter_parts', uniforms: [rows, width, float(epsilon), rowsAGroup] },
    constants: { THREADS: rowThreads(backend, width) },
    bindings: { 1: reads(x), 7: reads(dy), 11: reads(moments), 12: writes(sums) },
    workgroups: [columns, parts, 1],
    flops: 5 * rows * width,
  });
  backend.dispatch({
    ...{ shader, entry: 'parameters', uniforms: [parts, width, float(epsilon), 0] },
    constants: { THREADS: rowThreads(backend, width) },
    bindings: { 13: reads(sums), 14: writes(dGamma), 15: writes(dBeta) },
    workgroups: [columns, 1, 1],
    flops: 2 * parts * width,
  });
  backend.discard(moments, sums);
  return [dx, dGamma, dBeta];
}

export const webgpuLayerNorm: GpuKernels = {
  LayerNorm: (backend, [x, gamma, beta], { epsilon }) =>
    normaliseOnGpu(backend, [x, null, gamma, beta], epsilon as number),
  LayerNormBackward: (backend, [dy, x, gamma], { epsilon }) =>
    normaliseBackwardOnGpu(backend, [null, dy, x, gamma], epsilon as number),
};
