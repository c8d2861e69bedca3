import type * as tf from '@tensorflow/tfjs-core';
import { sizeOf, wasmKernel, type WasmHeap } from '../../devices/wasm-heap.ts';
import { product, productWithParameter, productWithTransposed, transposeMatrix } from '../../devices/wasm-products.ts';
import { isWanted, type BackwardAttributes, type Overrides } from '../operation.ts';
import { toRows, shapeOf, type LinearAttributes } from './composed.ts';

/** Adds bias[column] to every row of `x`, `[rows, columns]`. */
export function addToRows(x: Float32Array, bias: Float32Array): void {
  const columns = bias.length;
  for (let start = 0; start < x.length; start += columns)
    for (let column = 0; column < columns; column++) x[start + column] += bias[column];
}

/** Sums of the columns of `x`, `[rows, columns]`. */
export function columnSums(heap: WasmHeap, x: tf.TensorInfo, columns: number): tf.TensorInfo {
  const result = heap.output([columns]);
  const values = heap.floats(x);
  const sums = new Float64Array(columns);
  for (let start = 0; start < values.length; start += columns)
    for (let column = 0; column < columns; column++) sums[column] += values[start + column];
  heap.floats(result).set(sums);
  return result;
}

/** Sums of the rows of `x`, `[rows, columns]`. */
function rowSums(heap: WasmHeap, x: tf.TensorInfo, rows: number): tf.TensorInfo {
  const result = heap.output([rows]);
  const values = heap.floats(x);
  const sums = heap.floats(result);
  const columns = values.length / rows;
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let at = row * columns; at < (row + 1) * columns; at++) sum += values[at];
    sums[row] = sum;
  }
  return result;
}

/**
 * aᵀ·b `[m,n]` of two tall matrices, a `[k,m]` and b `[k,n]`, each given in either layout. The wider one is the first
 * factor: packing the second one costs more than transposing the first.
 *
 * @param aTokens whether a is stored `[k,m]`, else `[m,k]`
 */
function outerProduct(
  heap: WasmHeap,
  a: { tensor: tf.TensorInfo; tokens: boolean },
  b: { tensor: tf.TensorInfo; tokens: boolean },
  m: number,
  k: number,
  n: number,
): tf.TensorInfo {
  if (m < n || (m === n && a.tokens && !b.tokens)) {
    const turned = outerProduct(heap, b, a, n, k, m);
    const result = transposeMatrix(heap, turned, n, m);
    heap.release(turned);
    return result;
  }
  const left = a.tokens ? transposeMatrix(heap, a.tensor, k, m) : a.tensor;
  const right = b.tokens ? b.tensor : transposeMatrix(heap, b.tensor, n, k);
  const result = product(heap, left, right, m, k, n);
  if (left !== a.tensor) heap.release(left);
  if (right !== b.tensor) heap.release(right);
  return result;
}

/** As `[rows, channels]`: itself, or a transposed copy to be released. */
function tokenMajor(heap: WasmHeap, x: tf.TensorInfo, tokens: boolean, rows: number, channels: number): tf.TensorInfo {
  return tokens ? x : transposeMatrix(heap, x, channels, rows);
}

/** A token-major result in the layout wanted; the given tensor is used up. */
function inLayout(heap: WasmHeap, x: tf.TensorInfo, shape: number[], tokens: boolean, rows: number): tf.TensorInfo {
  if (tokens) return { ...x, shape };
  const turned = transposeMatrix(heap, x, rows, sizeOf(x) / rows);
  heap.release(x);
  return { ...turned, shape };
}

export const portable: Overrides = {
  Linear: wasmKernel<LinearAttributes>(([x, weight, bias], { input, output }, heap) => {
    const [out, width] = weight.shape;
    const batchAndLength = toRows(x.shape, input);
    const rows = batchAndLength[0] * batchAndLength[1];
    const matrix = tokenMajor(heap, x, input === 'tokens', rows, width);
    const y = productWithTransposed(heap, matrix, weight, rows, width, out);
    if (matrix !== x) heap.release(matrix);
    addToRows(heap.floats(y), heap.floats(bias));
    return [inLayout(heap, y, shapeOf(batchAndLength, out, output), output === 'tokens', rows)];
  }),

  LinearBackward: wasmKernel<LinearAttributes & BackwardAttributes>(([dy, x, weight], attributes, heap) => {
    const { input, output } = attributes;
    const [out, width] = weight.shape;
    const rows = sizeOf(x) / width;
    const gradients = [
      () => {
        const gradient = tokenMajor(heap, dy, output === 'tokens', rows, out);
        const dx = productWithParameter(heap, gradient, weight, rows, out, width);
        if (gradient !== dy) heap.release(gradient);
        return inLayout(heap, dx, x.shape, input === 'tokens', rows);
      },
      () =>
        outerProduct(
          heap,
          { tensor: dy, tokens: output === 'tokens' },
          { tensor: x, tokens: input === 'tokens' },
          out,
          rows,
          width,
        ),
      () => (output === 'tokens' ? columnSums(heap, dy, out) : rowSums(heap, dy, out)),
    ];
    return gradients.map((compute, position) => (isWanted(attributes, position) ? compute() : heap.output([0])));
  }),
};
