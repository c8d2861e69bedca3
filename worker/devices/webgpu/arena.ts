import type * as tf from '@tensorflow/tfjs-core';
import type { WebGpuBackend } from './backend.ts';
import { sizeOf } from './kernel.ts';

/** Elements of 4 bytes that a binding may start at multiples of, on every adapter. */
export const alignment = 64;

/** Tensors beside each other in one: each starts at a multiple of 64 elements, and between them there are zeros. */
export interface Arrangement {
  readonly starts: readonly number[];
  readonly elements: number;
}

export function arrange(sizes: readonly number[]): Arrangement {
  let elements = 0;
  const starts = sizes.map((size) => {
    const start = elements;
    elements += Math.ceil(size / alignment) * alignment;
    return start;
  });
  return { starts, elements };
}

/** Cuts a list of sizes into stretches of at most `most` elements each, one tensor at least: their first and end. */
export function stretches(sizes: readonly number[], most: number): [number, number][] {
  const found: [number, number][] = [];
  let [first, sum] = [0, 0];
  sizes.forEach((size, index) => {
    const padded = Math.ceil(size / alignment) * alignment;
    if (index > first && sum + padded > most) {
      found.push([first, index]);
      [first, sum] = [index, 0];
    }
    sum += padded;
  });
  return [...found, [first, sizes.length]];
}

/** A tensor with copies of all; to be discarded. */
export function gather(
  backend: WebGpuBackend,
  tensors: readonly tf.TensorInfo[],
  { starts, elements }: Arrangement,
): tf.TensorInfo {
  const whole = backend.make([elements]);
  backend.clear(whole);
  tensors.forEach((tensor, index) => backend.copyInto(tensor, whole, starts[index]));
  return whole;
}

/**
 * One tensor that has all of them, and where each starts: the one that they lie in where they do, else a new one with copies.
 * To be discarded; nothing is to be written to it.
 */
export function together(
  backend: WebGpuBackend,
  tensors: readonly tf.TensorInfo[],
): { whole: tf.TensorInfo; starts: readonly number[] } {
  const places = tensors.map(({ dataId }) => backend.placeWithin(dataId));
  const known = places[0]?.whole;
  const starts = places.flatMap((place) => (known && place?.whole === known ? [place.start] : []));
  if (known && starts.length === tensors.length) return { whole: backend.share(known), starts };
  const arrangement = arrange(tensors.map(sizeOf));
  return { whole: gather(backend, tensors, arrangement), starts: arrangement.starts };
}

/**
 * Lets tensors lie in one from now on, so that a kernel works on all of them: what is done to it is done to them. Where
 * they lie so already, nothing is moved. It lasts as long as any of them.
 */
export function layTogether(
  backend: WebGpuBackend,
  tensors: readonly tf.TensorInfo[],
  { starts, elements }: Arrangement,
): tf.TensorInfo {
  const known = backend.placeWithin(tensors[0].dataId)?.whole;
  const there = ({ dataId }: tf.TensorInfo, index: number) => {
    const place = backend.placeWithin(dataId);
    return place?.whole === known && place?.start === starts[index];
  };
  if (known && sizeOf(known) === elements && tensors.every(there)) return known;
  const whole = backend.make([elements]);
  backend.clear(whole);
  tensors.forEach((tensor, index) => backend.moveInto(tensor, whole, starts[index]));
  backend.discard(whole);
  return whole;
}
