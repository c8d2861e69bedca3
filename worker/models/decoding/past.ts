import * as tf from '@tensorflow/tfjs-core';

/** What a layer keeps of the positions so far; all on the device. */
export interface LayerPast {
  /** What each long convolution was given, `[(N-1)D,S]`. */
  readonly history: tf.Tensor2D;
  /** The last projections, as many as the short convolution looks back: `[(N+1)D,min(K-1,S)]`; null where none. */
  readonly tail: tf.Tensor2D | null;
  /** What all positions add to each long convolution's output at the next ones, `[(N-1)D,ahead]`; null where none. */
  readonly future: tf.Tensor2D | null;
  /**
   * The tails at each multiple of {@link markEvery} positions, side by side, `[(N+1)D,(K-1)·marks]`, so that the text
   * can be cut there; null where they were not asked for, or there are none.
   */
  readonly marks: tf.Tensor2D | null;
}

/** A past with marks can be cut at multiples of so many positions. */
export const markEvery = 256;

/** A text that has been read: never changed, shared by all that go on from it, freed when the last lets go. */
export class Past {
  /** Positions. */
  readonly length: number;
  /** Further positions for which the future is known. */
  readonly ahead: number;
  readonly layers: readonly LayerPast[];
  #users = 1;

  constructor(length: number, ahead: number, layers: readonly LayerPast[]) {
    this.length = length;
    this.ahead = ahead;
    this.layers = layers;
  }

  /**
   * The first positions of a past that has marks, without a future.
   *
   * @param length a multiple of {@link markEvery}, at least one
   * @param tailLength columns of a tail: K-1
   */
  cut(length: number, tailLength: number): Past {
    const end = (length / markEvery) * tailLength;
    const layers = this.layers.map(({ history, marks }): LayerPast => ({
      history: tf.slice(history, [0, 0], [-1, length]),
      tail: tailLength === 0 ? null : tf.slice(marks!, [0, end - tailLength], [-1, tailLength]),
      future: null,
      marks: tailLength === 0 ? null : tf.slice(marks!, [0, 0], [-1, end]),
    }));
    return new Past(length, 0, layers);
  }

  get bytes(): number {
    const tensors = this.layers.flatMap(({ history, tail, future, marks }) => [history, tail, future, marks]);
    return tensors.reduce((sum, tensor) => sum + 4 * (tensor?.size ?? 0), 0);
  }

  /** The length alone, for texts that keep what they need of it themselves: they look as far ahead as they like. */
  withoutLayers(limit: number): Past {
    return new Past(this.length, limit - this.length, []);
  }

  /** One user more. */
  share(): this {
    this.#users++;
    return this;
  }

  /** One user less. */
  release(): void {
    if (--this.#users > 0) return;
    for (const { history, tail, future, marks } of this.layers)
      tf.dispose([history, tail ?? [], future ?? [], marks ?? []]);
  }
}

/** Tensors held over several awaits, freed together at the end or where something throws. */
export class Held {
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

  /** It belongs to someone else now. */
  give<T extends tf.Tensor | null>(tensor: T): T {
    if (tensor) this.#tensors.delete(tensor);
    return tensor;
  }

  release(): void {
    this.free(...this.#tensors);
  }
}

/** `tf.tidy` for results of any shape: all tensors in them outlive it. */
export const scoped = <T>(make: () => T): T => tf.tidy(make as unknown as () => tf.TensorContainer) as T;
