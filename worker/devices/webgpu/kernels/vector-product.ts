import type * as tf from '@tensorflow/tfjs-core';
import type { WebGpuBackend } from '../backend.ts';
import { groups, reads, rowThreads, writes } from '../kernel.ts';
import { loadReducingShader } from './reduction.ts';

const shader = loadReducingShader(import.meta.dirname, 'vector-product.wgsl');

export interface VectorProduct {
  /** `[Out,In]`, packed or in fp32. */
  readonly weight: tf.TensorInfo;
  /** `[Out]` */
  readonly bias?: tf.TensorInfo;
  /** The result is gelu of the sum. */
  readonly gelu?: boolean;
  /** The vectors are gelu of what is given. */
  readonly geluInputs?: boolean;
  /** Added to the result. */
  readonly residual?: tf.TensorInfo;
}

/** As many vectors as this kernel is better for than tiles of 64. */
export const mostVectors = 8;

/**
 * A weight matrix by few vectors, which reads each weight once for two of them: what decoding consists of.
 *
 * @param x `[vectors,In]`, in fp32
 * @param shape of the result, `[vectors,Out]` by default
 */
export function multiplyVectors(
  backend: WebGpuBackend,
  x: tf.TensorInfo,
  { weight, bias, gelu = false, geluInputs = false, residual }: VectorProduct,
  vectors: number,
  shape: readonly number[] = [vectors, weight.shape[0]],
): tf.TensorInfo {
  const [rows, columns] = weight.shape.slice(-2);
  const y = backend.make(shape);
  backend.dispatch({
    ...{ shader, entry: 'multiply', workgroups: groups(rows), flops: 2 * vectors * rows * columns },
    constants: { THREADS: rowThreads(backend, backend.packedForm(weight)?.words ?? columns) },
    uniforms: {
      ...{ rows, columns, vectors, biased: Number(bias !== undefined), gelu: Number(gelu) },
      ...{ added: Number(residual !== undefined), gelu_x: Number(geluInputs) },
    },
    bindings: {
      // A binding that is not used is there all the same: any tensor will do.
      ...{ 1: reads(weight), 2: reads(x), 3: reads(bias ?? x, bias ? rows : 0) },
      ...{ 4: reads(residual ?? x, residual ? vectors * rows : 0), 5: writes(y) },
    },
  });
  return y;
}
