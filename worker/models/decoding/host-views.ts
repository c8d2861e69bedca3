import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { WasmHeap } from '../../devices/wasm-heap.ts';

/**
 * The values of a tensor where the device keeps them, not a copy. Valid until the device next allocates: take it anew
 * for every use.
 */
export function viewOf(tensor: tf.Tensor): Float32Array {
  if (tf.getBackend() === 'wasm') return new WasmHeap(tf.backend() as BackendWasm).floats(tensor);
  return tensor.dataSync() as Float32Array;
}
