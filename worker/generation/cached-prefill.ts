import * as tf from '@tensorflow/tfjs-core';
import { HyenaError } from '../../main/contract/errors.ts';
import type { Decoder, Sequence } from '../models/decoding/decoder.ts';
import { snapshotInterval, type PrefixCache } from '../models/decoding/prefix-cache.ts';
import { prefill, type PrefillOptions } from '../models/decoding/prefill.ts';
import type { LanguageModel } from '../models/language-model.ts';
import { crossEntropy } from '../ops/index.ts';
import { logProbabilities } from './sampling.ts';
import { loadPrefill, savePrefill } from './saved-prefill.ts';

/** A document open for going on from it. */
export interface CachedPrefill {
  readonly text: Sequence;
  readonly logits: Float32Array;
  /** Cross entropy of each token given those before it, nats; that of the first is 0. */
  readonly losses: Float32Array;
  /** Tokens that were not read again. */
  readonly reused: number;
  /** Bytes that the kept state takes; 0 if nothing was written now. */
  readonly written: number;
}

/** Cross entropies of tokens after final hidden states `[rows,D]`; the last row may have no token. */
export async function lossesAfter(
  model: LanguageModel,
  hidden: tf.Tensor2D,
  targets: Int32Array,
): Promise<Float32Array> {
  if (targets.length === 0) return new Float32Array(0);
  const losses = tf.tidy(() => {
    const rows = tf.slice(hidden, [0, 0], [targets.length, -1]);
    const options = { gradients: false, weightGradient: false, precision: 'fp32' } as const;
    const ids = tf.tensor1d(targets.slice(), 'int32');
    return crossEntropy(rows, model.scaledHead(), ids, tf.ones([targets.length]), options).tokenLoss;
  });
  const values = (await losses.data()) as Float32Array;
  losses.dispose();
  return values;
}

/** How many of the first tokens two texts share. */
export function commonPrefix(a: Int32Array, b: Int32Array): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a[length] === b[length]) length++;
  return length;
}

/**
 * Reads a text, or opens it where it was read before: what has not changed since is not read again, but for at most
 * 255 tokens before the first change. Keeps the reading.
 *
 * @param folder where readings of this text by this model are kept
 * @param identity of the model's weights
 * @param onProblem called where a cached prefix cannot be used
 */
export async function cachedPrefill(
  model: LanguageModel,
  decoder: Decoder,
  ids: Int32Array,
  {
    folder,
    identity,
    onProblem,
    ...options
  }: PrefillOptions & {
    folder: string;
    identity: string;
    onProblem: (error: HyenaError) => void;
  },
): Promise<CachedPrefill> {
  const kept = await loadPrefill(folder, identity, model.config).catch((error: unknown) => {
    onProblem(HyenaError.from(error));
    return null;
  });
  let begin: PrefixCache | null = null;
  try {
    if (kept) {
      const shared = commonPrefix(kept.ids, ids);
      if (shared === ids.length && shared === kept.ids.length) {
        return {
          text: await decoder.begin(kept.cache.share()),
          logits: kept.logits,
          losses: kept.losses,
          reused: shared,
          written: 0,
        };
      }
      // All of what was kept, if the text only became longer; else up to the last mark that leaves something to read.
      const cut = Math.floor((Math.min(shared, ids.length) - 1) / snapshotInterval) * snapshotInterval;
      if (shared === kept.ids.length && shared < ids.length) begin = kept.cache.share();
      else if (cut > 0) begin = kept.cache.cut(cut);
    }
    const reused = begin?.length ?? 0;
    const losses = new Float32Array(ids.length);
    if (kept) losses.set(kept.losses.subarray(0, Math.min(kept.losses.length, reused + 1)));
    // The first token that is new follows the last one that is not.
    if (kept && reused === kept.ids.length) losses[reused] = -logProbabilities(kept.logits)[ids[reused]];
    const { past: cache, last } = await prefill(model, begin, ids.slice(reused), {
      ...decoder.prefillOptions,
      ...options,
      snapshots: true,
      onHidden: async (hidden, first) => {
        const targets = ids.subarray(reused + first + 1, reused + first + 1 + hidden.shape[0]);
        losses.set(await lossesAfter(model, hidden, targets), reused + first + 1);
      },
    });
    const logits = await decoder.scores(last);
    // A beginning of what was kept does not take its place: it costs next to nothing to make it again.
    const covered = kept !== null && commonPrefix(kept.ids, ids) === ids.length;
    const written = covered ? 0 : await savePrefill(folder, identity, { ids, cache, logits, losses });
    return { text: await decoder.begin(cache), logits, losses, reused, written };
  } finally {
    begin?.release();
    kept?.cache.release();
  }
}
