import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';

/**
 * Tensors of the wasm backend as typed arrays over its memory. Allocating may move the memory: take views after the
 * last `output` of a kernel.
 */
export class WasmHeap {
  readonly backend: BackendWasm;

  constructor(backend: BackendWasm) {
    this.backend = backend;
  }

  /** A tensor with undefined values. */
  output(shape: readonly number[]): tf.TensorInfo {
    return this.backend.makeOutput([...shape], 'float32');
  }

  floats(tensor: tf.TensorInfo): Float32Array {
    return this.backend.typedArrayFromHeap(tensor) as Float32Array;
  }

  integers(tensor: tf.TensorInfo): Int32Array {
    return this.backend.typedArrayFromHeap(tensor) as Int32Array;
  }

  release(tensor: tf.TensorInfo): void {
    this.backend.disposeData(tensor.dataId);
  }
}

/** A kernel of the wasm backend from a function of its inputs, attributes and memory. */
export function wasmKernel<A>(
  run: (inputs: tf.TensorInfo[], attributes: A, heap: WasmHeap) => tf.TensorInfo[],
): tf.KernelFunc {
  return ({ inputs, attrs, backend }) =>
    run(Object.values(inputs) as tf.TensorInfo[], attrs as unknown as A, new WasmHeap(backend as BackendWasm));
}

/** How many elements a tensor has. */
export const sizeOf = (tensor: tf.TensorInfo): number => tf.util.sizeFromShape(tensor.shape);
