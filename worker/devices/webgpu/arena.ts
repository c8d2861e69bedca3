import type * as tf from '@tensorflow/tfjs-core';
import type { BufferBinding, WebGpuBackend } from './backend.ts';
import { elementGroups, reads, elementsOf } from './kernel.ts';
import { loadShader } from './shader.ts';

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

/** Elements that the adapter can bind at once. */
export const mostElements = ({ adapter }: WebGpuBackend): number =>
  Math.floor(Math.min(adapter.limits.maxBufferSize, adapter.limits.maxStorageBufferBindingSize) / 4);

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

const shader = loadShader(import.meta.dirname, 'kernels/gather.wgsl');
/** Tensors that a dispatch gathers at most. */
const atOnce = 7;
/** Start of a tensor that there is not. */
const beyondAll = 0xffffffff;
const inFours = (values: readonly number[]) => [values.slice(0, 4), values.slice(4, 8)];

/** Writes all tensors to their places in a whole, or adds them to what is there; zeros between them. */
export function gatherInto(
  backend: WebGpuBackend,
  tensors: readonly tf.TensorInfo[],
  whole: tf.TensorInfo,
  { starts, elements }: Arrangement,
  adding = false,
): void {
  for (let first = 0; first < tensors.length; first += atOnce) {
    const some = tensors.slice(first, first + atOnce);
    const padded = (values: readonly number[]) =>
      Array.from({ length: atOnce + 1 }, (_, index) => values[index] ?? beyondAll);
    const count = (starts[first + atOnce] ?? elements) - starts[first];
    const sources = Array.from({ length: atOnce }, (_, index): [number, BufferBinding] => [
      index + 1,
      // A binding that is not used is there all the same.
      index < some.length ? reads(some[index]) : reads(some[0], 0),
    ]);
    backend.dispatch({
      ...{ shader, entry: 'gather', workgroups: elementGroups(count), flops: adding ? count : 0 },
      uniforms: {
        first: starts[first],
        count,
        adding: Number(adding),
        starts: inFours(padded(starts.slice(first, first + some.length))),
        sizes: inFours(padded(some.map(elementsOf))),
      },
      bindings: {
        ...Object.fromEntries(sources),
        8: { tensor: whole, access: adding ? 'update' : 'write', elements: count },
      },
    });
  }
}

/** The tensor in which all lie just so, where they do. */
function wholeOf(
  backend: WebGpuBackend,
  tensors: readonly tf.TensorInfo[],
  { starts, elements }: Arrangement,
): tf.TensorInfo | undefined {
  const whole = backend.placeWithin(tensors[0].dataId)?.whole;
  const there = ({ dataId }: tf.TensorInfo, index: number) => {
    const place = backend.placeWithin(dataId);
    return place?.whole === whole && place?.start === starts[index];
  };
  return whole && elementsOf(whole) === elements && tensors.every(there) ? whole : undefined;
}

/** A tensor with all of them: the one in which they lie just so, else a new one with copies. To be discarded. */
export function gather(
  backend: WebGpuBackend,
  tensors: readonly tf.TensorInfo[],
  arrangement: Arrangement,
): tf.TensorInfo {
  const known = wholeOf(backend, tensors, arrangement);
  if (known) return backend.share(known);
  const whole = backend.make([arrangement.elements]);
  gatherInto(backend, tensors, whole, arrangement);
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
  const arrangement = arrange(tensors.map(elementsOf));
  return { whole: gather(backend, tensors, arrangement), starts: arrangement.starts };
}

/**
 * Lets tensors lie in one from now on, so that a kernel works on all of them: what is done to it is done to them. Where
 * they lie so already, nothing is moved. It lasts as long as any of them.
 */
export function layTogether(
  backend: WebGpuBackend,
  tensors: readonly tf.TensorInfo[],
  arrangement: Arrangement,
): tf.TensorInfo {
  const { starts, elements } = arrangement;
  const known = wholeOf(backend, tensors, arrangement);
  if (known) return known;
  const whole = backend.make([elements]);
  backend.clear(whole);
  tensors.forEach((tensor, index) => backend.moveInto(tensor, whole, starts[index]));
  backend.discard(whole);
  return whole;
}
