import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { WasmHeap } from '../../devices/wasm-heap.ts';

/** Values of tensors for loops that cannot wait, on devices that can be read only by waiting too. */
export class HostViews {
  readonly #copies = new WeakMap<object, Float32Array>();

  /** Whether the current device has to be asked with `fetch` first. */
  get needsFetching(): boolean {
    return tf.getBackend() === 'webgpu';
  }

  /** Copies what `of` will be asked for, where the device needs it. Tensors must not be written to after. */
  async fetch(tensors: readonly (tf.Tensor | null)[]): Promise<void> {
    if (!this.needsFetching) return;
    for (const tensor of tensors)
      if (tensor && !this.#copies.has(tensor.dataId))
        this.#copies.set(tensor.dataId, (await tensor.data()) as Float32Array);
  }

  /** As `viewOf`. */
  of(tensor: tf.Tensor): Float32Array {
    return this.#copies.get(tensor.dataId) ?? viewOf(tensor);
  }
}

/**
 * The values of a tensor where the device keeps them, not a copy. Valid until the device next allocates: take it again
 * for every use.
 */
function viewOf(tensor: tf.Tensor): Float32Array {
  if (tf.getBackend() === 'wasm') return new WasmHeap(tf.backend() as BackendWasm).floats(tensor);
  return tensor.dataSync() as Float32Array;
}
