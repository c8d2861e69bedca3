import * as tf from '@tensorflow/tfjs-core';

/**
 * Tensors of a computation that waits, which no tidy can span. One rule for who frees what: between two waits tensors are
 * made in {@link tidyAll}, which frees all but its result; a result that is used after a wait is added here, and freed as
 * soon as it is no longer needed, at the latest when the computation ends or throws; one that is returned is given away.
 */
export class TensorScope {
  readonly #tensors = new Set<tf.Tensor>();

  add<T extends tf.Tensor | null>(tensor: T): T {
    if (tensor) this.#tensors.add(tf.keep(tensor));
    return tensor;
  }

  free(...tensors: (tf.Tensor | null)[]): void {
    for (const tensor of tensors) {
      if (!tensor) continue;
      this.#tensors.delete(tensor);
      tensor.dispose();
    }
  }

  /** They belong to someone else now. */
  give(...tensors: (tf.Tensor | null)[]): void {
    for (const tensor of tensors) if (tensor) this.#tensors.delete(tensor);
  }

  release(): void {
    this.free(...this.#tensors);
  }
}

/** Computes with tensors that are held over waits, see {@link TensorScope}. */
export async function withScope<T>(compute: (scope: TensorScope) => Promise<T>): Promise<T> {
  const scope = new TensorScope();
  try {
    return await compute(scope);
  } finally {
    scope.release();
  }
}

/** `tf.tidy` for results of any shape: all tensors in them outlive it. */
export const tidyAll = <T>(make: () => T): T => tf.tidy(make as unknown as () => tf.TensorContainer) as T;

/** Waits until a tensor has been computed: a device may only have been told what to do. */
export async function settle(tensor: tf.Tensor): Promise<void> {
  await withScope((scope) => scope.add(tidyAll(() => tf.slice(tf.reshape(tensor, [-1]), 0, 1))).data());
}
