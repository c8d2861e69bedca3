import type * as tf from '@tensorflow/tfjs-core';
import { sizeOf, wasmKernel, type WasmHeap } from '../../devices/wasm-heap.ts';
import { product, productWithParameter, productWithTransposed, transposeMatrix } from '../../devices/wasm-products.ts';
import { exponential } from '../exponential.ts';
import { addToRows, columnSums } from '../linear/portable.ts';
import { isWanted, type BackwardAttributes, type Overrides } from '../operation.ts';

const slope = 2 * Math.sqrt(2 / Math.PI);
const cubic = 0.044715;

/** Writes gelu(h) = h·σ(2u), u = √(2/π)·(h + 0.044715·h³): the tanh form, written with σ. */
export function geluInto(hidden: Float32Array, to: Float32Array): void {
  for (let i = 0; i < hidden.length; i++) {
    const h = hidden[i];
    to[i] = h / (1 + exponential(-slope * h * (1 + cubic * h * h)));
  }
}

/** Writes gelu(h) and multiplies `gradient` by its derivative. */
function geluGradients(hidden: Float32Array, activation: Float32Array, gradient: Float32Array): void {
  for (let i = 0; i < hidden.length; i++) {
    const h = hidden[i];
    const square = cubic * h * h;
    const sigmoid = 1 / (1 + exponential(-slope * h * (1 + square)));
    activation[i] = h * sigmoid;
    gradient[i] *= sigmoid + h * sigmoid * (1 - sigmoid) * slope * (1 + 3 * square);
  }
}

/** wideᵀ·narrow `[wide, narrow]`, both token-major. */
function wideOuter(
  heap: WasmHeap,
  wide: tf.TensorInfo,
  narrow: tf.TensorInfo,
  rows: number,
  [wideColumns, narrowColumns]: [number, number],
): tf.TensorInfo {
  const left = transposeMatrix(heap, wide, rows, wideColumns);
  const result = product(heap, left, narrow, wideColumns, rows, narrowColumns);
  heap.release(left);
  return result;
}

export const portable: Overrides = {
  Mlp: wasmKernel(([x, w1, b1, w2, b2], _attributes, heap) => {
    const [inner, width] = w1.shape;
    const rows = sizeOf(x) / width;
    const hidden = productWithTransposed(heap, x, w1, rows, width, inner);
    addToRows(heap.floats(hidden), heap.floats(b1));
    const activation = heap.output([rows, inner]);
    geluInto(heap.floats(hidden), heap.floats(activation));
    const y = productWithTransposed(heap, activation, w2, rows, inner, width);
    heap.release(activation);
    addToRows(heap.floats(y), heap.floats(b2));
    return [
      { ...y, shape: x.shape },
      { ...hidden, shape: [...x.shape.slice(0, -1), inner] },
    ];
  }),

  MlpBackward: wasmKernel<BackwardAttributes>(([dy, x, w1, w2, hidden], attributes, heap) => {
    const [inner, width] = w1.shape;
    const rows = sizeOf(x) / width;
    const dHidden = productWithParameter(heap, dy, w2, rows, width, inner);
    const activation = heap.output([rows, inner]);
    geluGradients(heap.floats(hidden), heap.floats(activation), heap.floats(dHidden));
    const gradients = [
      () => ({ ...productWithParameter(heap, dHidden, w1, rows, inner, width), shape: x.shape }),
      () => wideOuter(heap, dHidden, x, rows, [inner, width]),
      () => columnSums(heap, dHidden, inner),
      () => {
        const turned = wideOuter(heap, activation, dy, rows, [inner, width]);
        const dW2 = transposeMatrix(heap, turned, inner, width);
        heap.release(turned);
        return dW2;
      },
      () => columnSums(heap, dy, width),
    ].map((compute, position) => (isWanted(attributes, position) ? compute() : heap.output([0])));
    heap.release(activation);
    heap.release(dHidden);
    return gradients;
  }),
};
