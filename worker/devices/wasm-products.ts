import * as tf from '@tensorflow/tfjs-core';
import { dot } from './host-algebra.ts';
import { sizeOf, wasmKernel, type WasmHeap } from './wasm-heap.ts';

/**
 * Matrix products of the wasm backend. Its fast path (XNNPACK) takes neither transposed nor batched factors, and keeps
 * the packed second factor by the identity of its tensor, so that an update in place would go unseen: the second factor
 * must be a tensor that nothing writes to, such as a fresh copy.
 */
let plainProduct: tf.KernelFunc | null = null;

function as(tensor: tf.TensorInfo, rows: number, columns: number): tf.TensorInfo {
  return { dataId: tensor.dataId, dtype: tensor.dtype, shape: [rows, columns] };
}

/**
 * a·b.
 *
 * @param a `[m,k]`, any shape of that size
 * @param b `[k,n]`, never written to after
 */
export function product(
  heap: WasmHeap,
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  m: number,
  k: number,
  n: number,
): tf.TensorInfo {
  if (!plainProduct) throw new Error('The matrix products of the wasm backend are not set up.');
  const result = plainProduct({
    inputs: { a: as(a, m, k), b: as(b, k, n) },
    attrs: { transposeA: false, transposeB: false },
    backend: heap.backend,
  });
  return result as tf.TensorInfo;
}

/** a·b for a matrix b that is written to elsewhere: a parameter. */
export function productWithParameter(
  heap: WasmHeap,
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  m: number,
  k: number,
  n: number,
): tf.TensorInfo {
  const copy = heap.output([k, n]);
  heap.floats(copy).set(heap.floats(b));
  const result = product(heap, a, copy, m, k, n);
  heap.release(copy);
  return result;
}

/** a·bᵀ, b `[n,k]`, which may be a parameter. */
export function productWithTransposed(
  heap: WasmHeap,
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  m: number,
  k: number,
  n: number,
): tf.TensorInfo {
  if (m <= fewRows) {
    const result = heap.output([m, n]);
    const [rows, columns, y] = [a, b, result].map((tensor) => heap.floats(tensor));
    multiplyRows(rows, columns, k, y);
    return result;
  }
  const copy = transposeMatrix(heap, b, n, k);
  const result = product(heap, a, copy, m, k, n);
  heap.release(copy);
  return result;
}

/** Rows up to which a product costs less than the transpose of its second factor: those of single tokens. */
const fewRows = 4;

/** y = a·bᵀ by dot products. @param a `[m,k]` @param b `[n,k]` @param y `[m,n]` */
function multiplyRows(a: Float32Array, b: Float32Array, k: number, y: Float32Array): void {
  const n = b.length / k;
  for (let row = 0; row * k < a.length; row++)
    for (let column = 0; column < n; column++) y[row * n + column] = dot(b, column * k, a, row * k, k);
}

/** A new tensor with the transpose of `x`, `[rows, columns]`. */
export function transposeMatrix(heap: WasmHeap, x: tf.TensorInfo, rows: number, columns: number): tf.TensorInfo {
  const result = heap.output([columns, rows]);
  transposeInto(heap.floats(x), heap.floats(result), rows, columns);
  return result;
}

const block = 32;

/** Writes the transpose of `from`, `[rows, columns]`, into `to`, in blocks that stay in cache. */
function transposeInto(from: Float32Array, to: Float32Array, rows: number, columns: number): void {
  for (let row0 = 0; row0 < rows; row0 += block) {
    const rowEnd = Math.min(rows, row0 + block);
    for (let column0 = 0; column0 < columns; column0 += block) {
      const columnEnd = Math.min(columns, column0 + block);
      for (let column = column0; column < columnEnd; column++)
        for (let row = row0, at = row0 * columns + column; row < rowEnd; row++, at += columns)
          to[column * rows + row] = from[at];
    }
  }
}

interface ProductAttributes {
  transposeA: boolean;
  transposeB: boolean;
}

/** tfjs's BatchMatMul by plain products of fresh copies: right after updates in place, fast in every form. */
const batchMatMul = wasmKernel<ProductAttributes>(([a, b], { transposeA, transposeB }, heap) => {
  const [aRows, aColumns] = a.shape.slice(-2);
  const [bRows, bColumns] = b.shape.slice(-2);
  const [m, k] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const [inner, n] = transposeB ? [bColumns, bRows] : [bRows, bColumns];
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  tf.util.assert(k === inner, () => `matMul: the inner sizes ${k} and ${inner} differ.`);
  const result = heap.output([...outer, m, n]);
  const count = tf.util.sizeFromShape(outer);
  const pick = (x: tf.TensorInfo, index: number) => (sizeOf(x) === x.shape.at(-1)! * x.shape.at(-2)! ? 0 : index);
  for (let index = 0; index < count; index++) {
    if (m <= fewRows && transposeB && !transposeA) {
      const [rows, columns, y] = [a, b, result].map((tensor) => heap.floats(tensor));
      const of = (values: Float32Array, place: number, size: number) =>
        values.subarray(place * size, (place + 1) * size);
      multiplyRows(of(rows, pick(a, index), m * k), of(columns, pick(b, index), n * k), k, of(y, index, m * n));
      continue;
    }
    const left = matrixOf(heap, a, pick(a, index), transposeA);
    const right = matrixOf(heap, b, pick(b, index), transposeB);
    const part = product(heap, left, right, m, k, n);
    heap.floats(result).set(heap.floats(part), index * m * n);
    for (const temporary of [left, right, part]) heap.release(temporary);
  }
  return [result];
});

/** A copy of one matrix of a batch, transposed or not. */
function matrixOf(heap: WasmHeap, x: tf.TensorInfo, index: number, transpose: boolean): tf.TensorInfo {
  const [rows, columns] = x.shape.slice(-2);
  const copy = heap.output(transpose ? [columns, rows] : [rows, columns]);
  const from = heap.floats(x).subarray(index * rows * columns, (index + 1) * rows * columns);
  if (transpose) transposeInto(from, heap.floats(copy), rows, columns);
  else heap.floats(copy).set(from);
  return copy;
}

/** Takes the place of the wasm backend's own matrix product. Call once, before the backend starts. */
export function setUpProducts(backendName: string): void {
  const own = tf.getKernel('BatchMatMul', backendName);
  plainProduct = own.kernelFunc;
  tf.unregisterKernel('BatchMatMul', backendName);
  // The rest of its registration stays: it sets up the function in WebAssembly that is called here.
  tf.registerKernel({ ...own, kernelFunc: (call) => (batchMatMul(call) as tf.TensorInfo[])[0] });
}
