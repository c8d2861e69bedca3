import type * as tf from '@tensorflow/tfjs-core';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import type { WebGpuBackend } from '../../devices/webgpu/backend.ts';

/** Threads of a workgroup, and the values that one holds in registers at most. */
const threads = 256;
const heldByThread = 16;
/** A workgroup transforms at least this many values, in several rows where they are short. */
const fewest = 4 * threads;
/** Columns beside each other that a workgroup reads together. */
const columnsTogether = 8;

/** How rows of a length are transformed: within a workgroup, or as matrices of n1 rows and n2 columns. */
export interface Plan {
  readonly length: number;
  /** Of the transform: a power of two. */
  readonly n: number;
  /** Null: a row fits into workgroup memory. */
  readonly matrix: { readonly n1: number; readonly n2: number } | null;
  readonly capacity: number;
}

/** The constants of fourier.wgsl. */
export interface Geometry extends Record<string, number> {
  N: number;
  ROWS: number;
  THREADS: number;
  VALUES: number;
}

const powerUpTo = (limit: number) => 2 ** Math.floor(Math.log2(limit));

/** Complex values that a workgroup holds on this adapter. */
function capacityOf(backend: WebGpuBackend): number {
  const memory = backend.adapter.limits.maxComputeWorkgroupStorageSize / 8;
  return powerUpTo(Math.min(heldByThread * threads, memory, backend.transformCapacity));
}

/** @throws HyenaError `device` for rows longer than the square of what a workgroup holds */
export function planOf(backend: WebGpuBackend, length: number): Plan {
  const capacity = capacityOf(backend);
  const exponent = Math.max(4, Math.ceil(Math.log2(length)));
  const n = 2 ** exponent;
  if (n <= capacity) return { length, n, matrix: null, capacity };
  const n1 = 2 ** Math.floor(exponent / 2);
  const n2 = n / n1;
  if (n2 > capacity)
    throw new HyenaError(
      'device',
      msg`GPU (WebGPU) supports convolutions of at most ${capacity ** 2} positions, not ${length}.`,
      {
        hint: 'Use a shorter sequence, or another device.',
      },
    );
  return { length, n, matrix: { n1, n2 }, capacity };
}

/** Rows of N values as many as a workgroup takes; `together`: of adjacent columns. */
export function geometryOf(N: number, { capacity }: Plan, together = 1): Geometry {
  const ROWS = Math.max(1, fewest / N, Math.min(together, capacity / N));
  return { N, ROWS, THREADS: threads, VALUES: N * ROWS };
}

export const columnGeometry = (plan: Plan): Geometry => geometryOf(plan.matrix!.n1, plan, columnsTogether);

/** exp(i·turn·j) for j below count, real and imaginary parts alternating; exact to fp32, unlike a shader's own. */
function rotations(count: number, turn: number): Float32Array {
  const values = new Float32Array(2 * count);
  for (let j = 0; j < count; j++) {
    values[2 * j] = Math.cos(turn * j);
    values[2 * j + 1] = Math.sin(turn * j);
  }
  return values;
}

/** exp(-2πi·k/n). */
export const rootsOf = (backend: WebGpuBackend, n: number): tf.TensorInfo =>
  backend.constant(`roots ${n}`, () => rotations(n, (-2 * Math.PI) / n));

/** exp(iπ·j/2n), or for matrices what four-step.wgsl calls its tables. */
export function tablesOf(backend: WebGpuBackend, { n, matrix }: Plan): tf.TensorInfo {
  if (matrix === null) return backend.constant(`angles ${n}`, () => rotations(n, Math.PI / (2 * n)));
  const { n1, n2 } = matrix;
  return backend.constant(`tables ${n1} ${n2}`, () => {
    const parts = [
      rotations(n1, (Math.PI * n2) / (2 * n)),
      rotations(n2, Math.PI / (2 * n)),
      rotations(n2, (-2 * Math.PI) / n),
      rotations(n1, (-2 * Math.PI) / n1),
    ];
    const all = new Float32Array(2 * (2 * n1 + 2 * n2));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  });
}
