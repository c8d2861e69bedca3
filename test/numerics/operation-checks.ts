import { createHash } from 'node:crypto';
import * as tf from '@tensorflow/tfjs-core';
import { expectClose } from './compare.ts';
import { valuesOf } from './devices.ts';
import type { Matrix } from './naive.ts';

/** Numbers from -1 to 1 that look random, always the same for a seed, and exact in fp32. */
export function noise(seed: number, ...shape: number[]): Matrix {
  let state = (seed * 2654435761 + 12345) >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.fround(state / 2 ** 31 - 1);
  };
  return { shape, data: Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, next) };
}

export const scaled = (x: Matrix, factor: number, offset = 0): Matrix => ({
  shape: x.shape,
  data: x.data.map((value) => Math.fround(value * factor + offset)),
});

export function tensorOf({ shape, data }: Matrix, dtype: 'float32' | 'int32' = 'float32'): tf.Tensor {
  return tf.tensor(dtype === 'int32' ? Int32Array.from(data) : Float32Array.from(data), [...shape], dtype);
}

export interface Case {
  readonly name: string;
  readonly inputs: readonly Matrix[];
  /** Which inputs are int32. */
  readonly integers?: readonly number[];
  /** Inputs without a gradient. */
  readonly constant?: readonly number[];
  readonly run: (tensors: tf.Tensor[]) => tf.Tensor[];
  readonly naive: (inputs: Matrix[]) => Matrix[];
  /** How many of the outputs have gradients; default all. */
  readonly differentiable?: number;
}

/** At most this many elements of an input are varied for its gradient. */
const sampled = 24;

/** Slopes of naive forms by their inputs and outputs: the same on every device, and by every algorithm. */
const knownSlopes = new Map<string, Float64Array>();

/** What a naive form is told apart by. */
function keyOf(matrices: readonly Matrix[], differentiable: number): string {
  const hash = createHash('sha256').update(String(differentiable));
  for (const { shape, data } of matrices) hash.update(shape.join()).update(data);
  return hash.digest('base64');
}

/**
 * Runs an operation and compares outputs and gradients with the oracle: gradients by central differences of the naive
 * form in double precision, at every element of small inputs and at scattered elements of large ones.
 */
export async function checkCase(operation: Case, tolerance: number): Promise<void> {
  const { name, inputs, integers = [], constant = [], run, naive } = operation;
  const before = tf.memory().numTensors;
  const tensors = inputs.map((input, index) => tensorOf(input, integers.includes(index) ? 'int32' : 'float32'));
  const expected = naive([...inputs]);
  const outputs = run(tensors);
  for (const [index, output] of outputs.entries())
    expectClose(`${name}, output ${index}`, await valuesOf(output), expected[index], tolerance);

  const weighted = expected.slice(0, operation.differentiable ?? expected.length);
  const weights = weighted.map((output, index) => noise(900 + index, ...output.shape));
  const identity = keyOf([...inputs, ...expected], weighted.length);
  const varied = inputs
    .map((_, index) => index)
    .filter((index) => !integers.includes(index) && !constant.includes(index));
  const objective = (values: Matrix[]) =>
    naive(values)
      .slice(0, weighted.length)
      .reduce((sum, output, index) => sum + innerProduct(output, weights[index]), 0);
  const gradients = tf.tidy(() => {
    const factors = weights.map((weight) => tensorOf(weight));
    const { grads } = tf.engine().gradients(
      () => {
        const products = run(tensors)
          .slice(0, weighted.length)
          .map((output, index) => tf.sum(tf.mul(output, factors[index])));
        return products.reduce((sum, product) => tf.add(sum, product));
      },
      varied.map((index) => tensors[index]),
    );
    return grads;
  });
  for (const [position, index] of varied.entries()) {
    const actual = await valuesOf(gradients[position]);
    const places = scatteredPlaces(inputs[index].data.length);
    const key = `${identity} ${index}`;
    const wanted = knownSlopes.get(key) ?? Float64Array.from(places, (place) => slope(objective, inputs, index, place));
    knownSlopes.set(key, wanted);
    const found = { shape: [places.length], data: places.map((place) => actual.data[place]) };
    if (actual.shape.join() !== inputs[index].shape.join())
      throw new Error(`${name}: gradient ${index} has a wrong shape`);
    if (!actual.data.every(Number.isFinite)) throw new Error(`${name}: gradient ${index} is not finite`);
    // Scattered elements may all be small: the scale is that of the whole gradient.
    const scale = actual.data.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-6);
    expectClose(
      `${name}, gradient of input ${index}`,
      found,
      { shape: [places.length], data: wanted },
      tolerance,
      scale,
    );
  }
  tf.dispose(tensors);
  const after = tf.memory().numTensors;
  if (after !== before) throw new Error(`${name} leaks ${after - before} tensors`);
}

function innerProduct(a: Matrix, b: Matrix): number {
  return a.data.reduce((sum, value, index) => sum + value * b.data[index], 0);
}

function scatteredPlaces(size: number): number[] {
  if (size <= sampled) return Array.from({ length: size }, (_, index) => index);
  const places = new Set([0, size - 1]);
  for (let index = 0; places.size < sampled; index++) places.add((Math.imul(index + 1, 2654435761) >>> 0) % size);
  return [...places];
}

function slope(
  objective: (values: Matrix[]) => number,
  inputs: readonly Matrix[],
  which: number,
  place: number,
): number {
  const step = 1e-4;
  const moved = (by: number) =>
    objective(
      inputs.map((input, index) => {
        if (index !== which) return input;
        const data = input.data.slice();
        data[place] += by;
        return { shape: input.shape, data };
      }),
    );
  // Fourth order: the error is that of the fifth derivative times step⁴.
  return (8 * (moved(step) - moved(-step)) - (moved(2 * step) - moved(-2 * step))) / (12 * step);
}
