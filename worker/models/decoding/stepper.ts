import type * as tf from '@tensorflow/tfjs-core';
import type { Past } from './past.ts';

/** Tokens of a block: within it each earlier token acts by its tap. As `kDecodeBlock` in worker/native/kernels.h. */
export const block = 32;

/** What a text has beyond its past: generated tokens, one after another. Holds its past. */
export interface Continuation {
  readonly past: Past;
  /** Tokens since the past; fewer than `past.ahead` when another is taken. */
  readonly generated: number;
  /** What it takes beside its past; of distilled filters, without their modes. */
  readonly bytes: number;
  /** What each long convolution was given since the past, `[(N-1)D,generated]` of each layer; at least one token. */
  given(): tf.Tensor2D[];
  /** The last projections, as {@link LayerPast} keeps them. */
  tails(): (tf.Tensor2D | null)[];
  /** A copy that goes on by itself. */
  fork(): Continuation;
  dispose(): void;
}

/** How a device takes one token more; for the weights that the model had when it was made. */
export interface Stepper {
  /** Awaited before `begin`: brings what is read without waiting to where it can be. */
  prepare?(past: Past): Promise<void>;
  /** The past is no longer needed afterwards where filters are distilled. */
  begin(past: Past): Continuation;
  /** One token more of each of several texts, which must differ. @returns the scores of what follows, each `[vocab_size]` */
  step(texts: readonly Continuation[], ids: readonly number[]): Promise<Float32Array[]>;
  dispose(): void;
}

/** Columns that blocks need: a power of two, so that every tile fits. */
export const roomFor = (tokens: number): number => 2 ** Math.ceil(Math.log2(Math.max(2 * block, tokens)));
