import type * as tf from '@tensorflow/tfjs-core';
import { sizeOf, wasmKernel, type WasmHeap } from '../../devices/wasm-heap.ts';
import type { Overrides } from '../operation.ts';
import type { LayerNormAttributes } from './composed.ts';

/** Writes the layer norm of each row of `x` into `y`. */
export function normaliseRows(
  x: Float32Array,
  gamma: Float32Array,
  beta: Float32Array,
  y: Float32Array,
  epsilon: number,
): void {
  const width = gamma.length;
  for (let start = 0; start < x.length; start += width) {
    const [mean, inverse] = moments(x, start, width, epsilon);
    for (let i = 0; i < width; i++) y[start + i] = (x[start + i] - mean) * inverse * gamma[i] + beta[i];
  }
}

/** Mean and inverse deviation of a row. */
function moments(x: Float32Array, start: number, width: number, epsilon: number): [number, number] {
  let sum = 0;
  for (let i = start; i < start + width; i++) sum += x[i];
  const mean = sum / width;
  let squares = 0;
  for (let i = start; i < start + width; i++) {
    const centered = x[i] - mean;
    squares += centered * centered;
  }
  return [mean, 1 / Math.sqrt(squares / width + epsilon)];
}

/** Gradients of x, gamma and beta; those of `dSum` are added to those of x where it is given. */
export function normaliseGradients(
  heap: WasmHeap,
  dy: tf.TensorInfo,
  x: tf.TensorInfo,
  gamma: tf.TensorInfo,
  epsilon: number,
  dSum?: tf.TensorInfo,
): [tf.TensorInfo, tf.TensorInfo, tf.TensorInfo] {
  const width = sizeOf(gamma);
  const result: [tf.TensorInfo, tf.TensorInfo, tf.TensorInfo] = [
    heap.output(x.shape),
    heap.output([width]),
    heap.output([width]),
  ];
  const [dx, dGamma, dBeta] = result.map((tensor) => heap.floats(tensor));
  const [gradient, values, scale] = [dy, x, gamma].map((tensor) => heap.floats(tensor));
  const passed = dSum ? heap.floats(dSum) : null;
  const gammaSums = new Float64Array(width);
  const betaSums = new Float64Array(width);
  for (let start = 0; start < values.length; start += width) {
    const [mean, inverse] = moments(values, start, width, epsilon);
    let sum = 0;
    let dot = 0;
    for (let i = 0; i < width; i++) {
      const normal = (values[start + i] - mean) * inverse;
      const g = gradient[start + i];
      gammaSums[i] += g * normal;
      betaSums[i] += g;
      const scaled = g * scale[i];
      sum += scaled;
      dot += scaled * normal;
    }
    sum /= width;
    dot /= width;
    for (let i = 0; i < width; i++) {
      const normal = (values[start + i] - mean) * inverse;
      const g = inverse * (gradient[start + i] * scale[i] - sum - normal * dot);
      dx[start + i] = passed ? g + passed[start + i] : g;
    }
  }
  dGamma.set(gammaSums);
  dBeta.set(betaSums);
  return result;
}

export const portable: Overrides = {
  LayerNorm: wasmKernel<LayerNormAttributes>(([x, gamma, beta], { epsilon }, heap) => {
    const y = heap.output(x.shape);
    normaliseRows(heap.floats(x), heap.floats(gamma), heap.floats(beta), heap.floats(y), epsilon);
    return [y];
  }),
  LayerNormBackward: wasmKernel<LayerNormAttributes>(([dy, x, gamma], { epsilon }, heap) =>
    normaliseGradients(heap, dy, x, gamma, epsilon),
  ),
};
