import * as tf from '@tensorflow/tfjs-core';
import type { KeptTensor, LayerCache } from '../mixer.ts';

/**
 * What an attention layer keeps of the positions so far: the keys, normalised and rotated, and the values of the last of
 * them, `[1,count,G·E]`. All, or where there is a window at least as many as the next position sees.
 */
export class AttentionCache implements LayerCache {
  readonly lookahead = Infinity;
  readonly keys: tf.Tensor3D;
  readonly values: tf.Tensor3D;
  /** Position of the first. */
  readonly start: number;
  readonly #window: number | null;

  /** Takes the tensors over. */
  constructor(keys: tf.Tensor3D, values: tf.Tensor3D, start: number, window: number | null) {
    this.keys = keys;
    this.values = values;
    this.start = start;
    this.#window = window;
  }

  get count(): number {
    return this.keys.shape[1];
  }

  get bytes(): number {
    return 4 * (this.keys.size + this.values.size);
  }

  kept(): Record<string, KeptTensor> {
    const whole = (tensor: tf.Tensor): KeptTensor => ({
      shape: tensor.shape,
      data: async () => (await tensor.data()) as Float32Array,
    });
    return { keys: whole(this.keys), values: whole(this.values) };
  }

  /** A cache from what {@link kept} gave. */
  static from(
    { keys, values }: Readonly<Record<string, tf.Tensor | undefined>>,
    length: number,
    window: number | null,
  ): AttentionCache | null {
    if (!keys || !values) return null;
    return new AttentionCache(keys as tf.Tensor3D, values as tf.Tensor3D, length - keys.shape[1]!, window);
  }

  cut(length: number): AttentionCache | null {
    const needed = this.#window === null ? 0 : Math.max(0, length - this.#window);
    if (this.start > needed) return null;
    return new AttentionCache(
      rowsOf(this.keys, 0, length - this.start),
      rowsOf(this.values, 0, length - this.start),
      this.start,
      this.#window,
    );
  }

  /**
   * The same after further positions.
   *
   * @param keys of the last of them, taken over
   * @param values of the same, taken over
   * @param dropped how many come before these: more than none only if nothing sees them any longer
   */
  after(keys: tf.Tensor3D, values: tf.Tensor3D, dropped: number): AttentionCache {
    const start = this.start + this.count + dropped;
    if (dropped > 0) return new AttentionCache(keys, values, start, this.#window);
    const joined = [tf.concat([this.keys, keys], 1), tf.concat([this.values, values], 1)];
    tf.dispose([keys, values]);
    return new AttentionCache(joined[0], joined[1], this.start, this.#window);
  }

  share(): AttentionCache {
    return new AttentionCache(this.keys.clone(), this.values.clone(), this.start, this.#window);
  }

  dispose(): void {
    tf.dispose([this.keys, this.values]);
  }
}

/** Rows `first` to `first + count` of `[1,L,C]`; all of them are not copied. */
export const rowsOf = (x: tf.Tensor3D, first: number, count: number): tf.Tensor3D =>
  count === x.shape[1] ? x.clone() : tf.slice(x, [0, first, 0], [1, count, x.shape[2]]);
