import * as tf from '@tensorflow/tfjs-core';
import type { HyenaConfiguration } from '../../../../main/contract/mixers/hyena/parameters.ts';
import { longConvolution } from '../../../ops/index.ts';
import { snapshotInterval } from '../../decoding/prefix-cache.ts';
import { settle, tidyAll, withScope } from '../../decoding/tensor-scope.ts';
import type { KeptTensor, LayerCache, Weights } from '../mixer.ts';
import { hyenaFilters } from './forward.ts';

/**
 * Positions of the future that are kept on disk, at most, and no more than the text has: this many tokens can be read
 * and written before anything has to be convolved.
 */
const keptAhead = 2048;

interface Parts {
  /** What each long convolution was given, `[(N-1)D,S]`. */
  readonly convInputs: tf.Tensor2D;
  /** The last projections, as many as the short convolution looks back: `[(N+1)D,min(K-1,S)]`; null if none. */
  readonly convTail: tf.Tensor2D | null;
  /** What all positions add to each long convolution's output at the next ones, `[(N-1)D,lookahead]`; null if none. */
  readonly future: tf.Tensor2D | null;
  /**
   * The tails at each multiple of {@link snapshotInterval} positions, side by side, `[(N+1)D,(K-1)·snapshots]`, so that
   * the text can be cut there; null where they were not requested, or there are none.
   */
  readonly snapshots: tf.Tensor2D | null;
}

/** What a Hyena layer keeps of the positions so far (Flash Inference, arXiv 2410.12982, section 3). */
export class HyenaCache implements LayerCache {
  readonly parts: Parts;
  /** Columns of a tail: K-1. */
  readonly #tailLength: number;

  /** Takes the tensors over. */
  constructor(parts: Parts, tailLength: number) {
    this.parts = parts;
    this.#tailLength = tailLength;
  }

  get lookahead(): number {
    return this.parts.future?.shape[1] ?? 0;
  }

  get bytes(): number {
    return this.tensors().reduce((sum, { size }) => sum + 4 * size, 0);
  }

  tensors(): tf.Tensor[] {
    const { convInputs, convTail, future, snapshots } = this.parts;
    return [convInputs, convTail, future, snapshots].filter((tensor) => tensor !== null);
  }

  kept(): Record<string, KeptTensor> {
    const { convInputs, convTail, future, snapshots } = this.parts;
    const whole = (tensor: tf.Tensor): KeptTensor => ({
      shape: tensor.shape,
      data: async () => (await tensor.data()) as Float32Array,
    });
    const ahead = Math.min(this.lookahead, convInputs.shape[1], keptAhead);
    return {
      history: whole(convInputs),
      ...(convTail && { tail: whole(convTail) }),
      ...(snapshots && { marks: whole(snapshots) }),
      ...(future && ahead > 0 && { future: firstColumns(future, ahead) }),
    };
  }

  /** A cache from what {@link kept} gave. */
  static from(
    { history, tail, marks, future }: Readonly<Record<string, tf.Tensor | undefined>>,
    { short_filter_order: taps }: HyenaConfiguration,
  ): HyenaCache | null {
    if (!history) return null;
    const part = (tensor: tf.Tensor | undefined) => (tensor as tf.Tensor2D | undefined) ?? null;
    const convInputs = history as tf.Tensor2D;
    return new HyenaCache({ convInputs, convTail: part(tail), snapshots: part(marks), future: part(future) }, taps - 1);
  }

  cut(length: number): HyenaCache | null {
    const { convInputs, snapshots } = this.parts;
    const tailLength = this.#tailLength;
    const end = (length / snapshotInterval) * tailLength;
    if (tailLength > 0 && (snapshots?.shape[1] ?? 0) < end) return null;
    const columns = (from: number, count: number) =>
      tailLength === 0 ? null : tf.slice(snapshots!, [0, from], [-1, count]);
    return new HyenaCache(
      {
        convInputs: tf.slice(convInputs, [0, 0], [-1, length]),
        convTail: columns(end - tailLength, tailLength),
        future: null,
        snapshots: columns(0, end),
      },
      tailLength,
    );
  }

  /** The same after further positions, prepared for nothing. @param convTail the last projections, taken over */
  after(inputs: tf.Tensor2D, convTail: tf.Tensor2D | null): HyenaCache {
    const convInputs = tf.concat([this.parts.convInputs, inputs], 1);
    return new HyenaCache({ convInputs, convTail, future: null, snapshots: null }, this.#tailLength);
  }

  /** One convolution a channel. */
  async extend(weights: Weights, config: HyenaConfiguration, count: number): Promise<HyenaCache> {
    if (count === 0) return this.#with(null);
    const { convInputs } = this.parts;
    return await withScope(async (scope) => {
      const future = scope.add(tidyAll(() => futureOf(convInputs, weights, config, count)));
      await settle(future);
      scope.give(future);
      return this.#with(future);
    });
  }

  share(): HyenaCache {
    return this.#with(this.parts.future?.clone() ?? null);
  }

  dispose(): void {
    tf.dispose(this.tensors());
  }

  #with(future: tf.Tensor2D | null): HyenaCache {
    const { convInputs, convTail, snapshots } = this.parts;
    const parts = {
      convInputs: convInputs.clone(),
      convTail: convTail?.clone() ?? null,
      snapshots: snapshots?.clone() ?? null,
      future,
    };
    return new HyenaCache(parts, this.#tailLength);
  }
}

function firstColumns(tensor: tf.Tensor2D, count: number): KeptTensor {
  const [rows] = tensor.shape;
  const data = async () => {
    const near = tf.slice(tensor, [0, 0], [rows, count]);
    try {
      return (await near.data()) as Float32Array;
    } finally {
      near.dispose();
    }
  };
  return { shape: [rows, count], data };
}

/** What positions add to each long convolution's output at the next ones, `[(N-1)D,count]`. */
function futureOf(convInputs: tf.Tensor2D, weights: Weights, config: HyenaConfiguration, count: number): tf.Tensor2D {
  const [channels, length] = convInputs.shape;
  const row = tf.pad(convInputs, [
    [0, 0],
    [0, count],
  ]);
  const filters = hyenaFilters(weights, config, length + count);
  const out = longConvolution(tf.reshape(row, [channels, 1, length + count]), filters, tf.zeros([channels]), {
    algorithm: 'auto',
  });
  return tf.slice(tf.reshape<tf.Rank.R2>(out, [channels, length + count]), [0, length], [channels, count]);
}
