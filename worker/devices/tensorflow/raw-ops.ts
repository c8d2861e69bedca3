import * as tf from '@tensorflow/tfjs-core';
import type { OpAttribute, TensorFlowBackend } from './binding.ts';

/** The current backend, which must be TensorFlow's. */
const backend = (): TensorFlowBackend => tf.backend() as TensorFlowBackend;

/**
 * A TensorFlow op by its own name; types are inferred from the inputs. For use within a tidy scope: the result is a
 * tensor of the engine.
 */
export function op(name: string, inputs: tf.Tensor[], attributes: OpAttribute[] = []): tf.Tensor {
  return backend().executeSingleOutput(name, attributes, inputs);
}

/** An op with several outputs. */
export function opWithOutputs(name: string, inputs: tf.Tensor[], count: number): tf.Tensor[] {
  return backend().executeMultipleOutputs(name, [], inputs, count);
}

const integers = (...values: number[]): tf.Tensor => tf.tensor1d(values, 'int32');

/** The first n/2 + 1 values of the Fourier transform of real rows `[..., m]`, m ≤ n, which zeros fill up to n. */
export function realTransform(rows: tf.Tensor, n: number): tf.Tensor {
  const missing = n - rows.shape.at(-1)!;
  const padding = rows.shape.map((_, axis): [number, number] => [0, axis === rows.rank - 1 ? missing : 0]);
  return op('RFFT', [missing === 0 ? rows : tf.pad(rows, padding), integers(n)]);
}

/** The real rows `[..., n]` of such values. */
export const inverseRealTransform = (spectrum: tf.Tensor, n: number): tf.Tensor => op('IRFFT', [spectrum, integers(n)]);

export const conjugate = (spectrum: tf.Tensor): tf.Tensor => op('Conj', [spectrum]);
