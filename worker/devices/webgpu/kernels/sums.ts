import type * as tf from '@tensorflow/tfjs-core';
import type { WebGpuBackend } from '../backend.ts';
import { elementGroups, groups, reads, readsScaled, rowThreads, elementsOf, updates, writes } from '../kernel.ts';
import { loadReducingShader } from './reduction.ts';

const shader = loadReducingShader(import.meta.dirname, 'sums.wgsl');

/** Sums of each row of x, `[rows, columns]`, or of the products of two such: `[rows]`. */
export function sumOfRows(
  backend: WebGpuBackend,
  x: tf.TensorInfo,
  rows: number,
  columns: number,
  factor?: tf.TensorInfo,
): tf.TensorInfo {
  const y = backend.make([rows]);
  const unit = 1 / (backend.scaleOf(x) * (factor ? backend.scaleOf(factor) : 1));
  backend.dispatch({
    ...{ shader, entry: factor ? 'of_products' : 'of_rows', workgroups: groups(rows) },
    uniforms: { rows, columns, rows_a_group: 0, unit },
    constants: { THREADS: rowThreads(backend, columns) },
    bindings: { 1: readsScaled(x), 2: writes(y), ...(factor ? { 3: readsScaled(factor) } : {}) },
    flops: (factor ? 2 : 1) * rows * columns,
  });
  return y;
}

/** Sums of each column of x, `[rows, columns]`, in two steps: `[columns]`. */
export function sumOfColumns(backend: WebGpuBackend, x: tf.TensorInfo, rows: number, columns: number): tf.TensorInfo {
  const y = backend.make([columns]);
  const rowsAGroup = Math.max(16, Math.ceil(rows / 256));
  const parts = Math.ceil(rows / rowsAGroup);
  const sums = parts === 1 ? y : backend.make([parts, columns]);
  const across = Math.ceil(columns / 64);
  const add = (from: tf.TensorInfo, to: tf.TensorInfo, count: number, each: number) =>
    backend.dispatch({
      ...{ shader, entry: 'of_columns', flops: count * columns },
      uniforms: { rows: count, columns, rows_a_group: each, unit: 1 / backend.scaleOf(from) },
      bindings: { 1: readsScaled(from), 2: writes(to) },
      workgroups: [across, Math.ceil(count / each), 1],
    });
  add(x, sums, rows, rowsAGroup);
  if (parts > 1) {
    add(sums, y, parts, parts);
    backend.discard(sums);
  }
  return y;
}

/** Multiplies x by a scalar tensor, in place. */
export function scaleInPlace(backend: WebGpuBackend, x: tf.TensorInfo, factor: tf.TensorInfo): void {
  const count = elementsOf(x);
  if (count === 0) return;
  backend.dispatch({
    ...{
      shader,
      entry: 'scale',
      uniforms: { rows: count, columns: 0, rows_a_group: 0, unit: 1 },
      workgroups: elementGroups(count),
      flops: count,
    },
    bindings: { 2: updates(x), 3: reads(factor) },
  });
}
