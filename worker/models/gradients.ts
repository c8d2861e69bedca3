import * as tf from '@tensorflow/tfjs-core';
import { HyenaError } from '../../main/contract/errors.ts';
import { accumulate } from '../ops/index.ts';

/** Gradients by parameter name. Holds device memory until disposed of, or used up by `Optimizer.step`. */
export class Gradients {
  readonly #tensors: Map<string, tf.Tensor>;

  constructor(tensors: Map<string, tf.Tensor>) {
    this.#tensors = tensors;
  }

  get(name: string): tf.Tensor {
    const tensor = this.#tensors.get(name);
    if (!tensor) throw new HyenaError('internal', `No gradient for '${name}'.`);
    return tensor;
  }

  get names(): string[] {
    return [...this.#tensors.keys()];
  }

  /** Adds other gradients to these, for accumulation over batches, and disposes of them. */
  add(other: Gradients): void {
    const { names } = this;
    const before = names.map((name) => this.get(name));
    const sums = accumulate(
      before,
      names.map((name) => other.get(name)),
    );
    names.forEach((name, index) => this.#tensors.set(name, sums[index]));
    tf.dispose(before);
    other.dispose();
  }

  async read(name: string): Promise<Float32Array> {
    return (await this.get(name).data()) as Float32Array;
  }

  dispose(): void {
    for (const tensor of this.#tensors.values()) tensor.dispose();
    this.#tensors.clear();
  }
}
