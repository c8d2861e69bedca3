import * as tf from '@tensorflow/tfjs-core';
import type { ResolvedModelConfiguration } from '../../../main/contract/configuration.ts';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import { partLength, readsInParts } from '../../../main/contract/mixers/index.ts';
import { afterMixer, normalise } from '../block.ts';
import { checkIds } from '../batch.ts';
import type { LanguageModel } from '../language-model.ts';
import { mixerOf } from '../mixers/index.ts';
import type { LayerCache, PrefilledLayer, Weights } from '../mixers/mixer.ts';
import { PrefixCache } from './prefix-cache.ts';
import { settle, tidyAll, withScope, type TensorScope } from './tensor-scope.ts';

/** Rows that pass through an MLP at once: they bound the memory. */
const rowsAtOnce = 4096;
/** About what part of the time of a layer its mixer takes. */
const mixerShare = 0.6;

export interface PrefillOptions {
  /** Positions after the text for which everything is prepared. Left out: as many as the text has, at least 1,024. */
  readonly lookahead?: number;
  /** Whether the prefix can be cut afterwards: one that is read on must have snapshots too. */
  readonly snapshots?: boolean;
  /** Called with how much is done, from 0 to 1; throws where the reading is to end. */
  readonly onProgress?: (done: number) => void;
  /** Is shown the final hidden states in order, `[rows,D]` from position `first` of the new ones on. */
  readonly onHidden?: (hidden: tf.Tensor2D, first: number) => Promise<void>;
}

const lookaheadLength = (limit: number, length: number, requested = Math.max(1024, length)): number =>
  Math.min(limit - length, requested);

/**
 * Reads tokens in parallel, after those that were read before. Takes memory for one layer's activations beside what the
 * prefix keeps, or where the mixers allow it, for those of a part of the text: however long it is. No logits are made.
 *
 * @param prefix what was read before, which stays as it is; null: nothing
 * @param ids at least one
 * @returns what continues from there, and the final hidden state of the last position, `[1,D]`
 * @throws HyenaError `bad-input` where the context is too short or a token unknown
 */
export async function prefill(
  model: LanguageModel,
  prefix: PrefixCache | null,
  ids: Int32Array,
  options: PrefillOptions = {},
): Promise<{ past: PrefixCache; last: tf.Tensor2D }> {
  const { config, limit } = model;
  const total = (prefix?.length ?? 0) + ids.length;
  if (ids.length === 0) throw new HyenaError('internal', 'Nothing to prefill.');
  if (total > limit)
    throw new HyenaError('bad-input', msg`A text of ${total} tokens exceeds this model's context of ${limit}.`, {
      hint: 'Select a part of it, or use a model with a longer context.',
      command: 'hyena extend RUN --context N',
    });
  checkIds(ids, config.vocab_size);
  const lookahead = lookaheadLength(limit, total, options.lookahead);
  const atOnce = readsInParts(config) ? partLength : ids.length;
  let past = prefix?.share() ?? null;
  let last: tf.Tensor2D | null = null;
  try {
    for (let first = 0; first < ids.length; first += atOnce) {
      last?.dispose();
      last = null;
      const part = await prefillPart(model, past, ids.subarray(first, first + atOnce), {
        ...options,
        lookahead,
        onProgress: (done) => options.onProgress?.(Math.min(1, (first + done * atOnce) / ids.length)),
        onHidden: options.onHidden && ((hidden, row) => options.onHidden!(hidden, first + row)),
      });
      past?.release();
      ({ past, last } = part);
    }
    return { past: past!, last: last! };
  } catch (error) {
    past?.release();
    last?.dispose();
    throw error;
  }
}

/** Reads tokens by all layers, one after another. */
async function prefillPart(
  model: LanguageModel,
  prefix: PrefixCache | null,
  ids: Int32Array,
  options: PrefillOptions & { lookahead: number },
): Promise<{ past: PrefixCache; last: tf.Tensor2D }> {
  const layers: LayerCache[] = [];
  try {
    const last = await withScope((scope) =>
      prefillLayers(scope, model, prefix, ids, { ...options, onLayer: (cache) => layers.push(cache) }),
    );
    return { past: new PrefixCache((prefix?.length ?? 0) + ids.length, layers), last };
  } catch (error) {
    for (const layer of layers) layer.dispose();
    throw error;
  }
}

interface PrefillPlan extends PrefillOptions {
  readonly lookahead: number;
  /** Takes over what a layer keeps. */
  readonly onLayer: (cache: LayerCache) => void;
}

async function prefillLayers(
  scope: TensorScope,
  model: LanguageModel,
  prefix: PrefixCache | null,
  ids: Int32Array,
  { lookahead, snapshots = false, onProgress, onHidden, onLayer }: PrefillPlan,
): Promise<tf.Tensor2D> {
  const { config } = model;
  const offset = prefix?.length ?? 0;
  const chunks = rowChunks(ids.length);
  const tokens = () => tf.tensor2d(ids.slice(), [1, ids.length], 'int32');
  let x = scope.add(tidyAll(() => model.embed(tokens(), [offset])));
  for (let layer = 0; ; layer++) {
    const wait = async (tensor: tf.Tensor, share: number) => {
      await settle(tensor);
      onProgress?.(Math.min(1, (layer + share) / config.n_layer));
    };
    const weights = model.layerWeights(layer);
    const before = x;
    const normal = scope.add(tidyAll(() => normalise({ residual: before, delta: null }, 'norm1', weights, config).y));
    const mixed = await mixerOf(config, layer).prefill(
      normal,
      (name) => weights(`mixer.${name}`),
      config,
      prefix?.layers[layer] ?? null,
      { lookahead, offset, snapshots, settle: (tensor, share) => wait(tensor, mixerShare * share) },
    );
    onLayer(mixed.cache);
    scope.free(normal);
    const rows: tf.Tensor[] = [];
    try {
      for (const [index, [first, count]] of chunks.entries()) {
        const row = scope.add(tidyAll(() => restOfBlock(layer, before, mixed, { first, count }, weights, config)));
        rows.push(row);
        await wait(row, mixerShare + ((1 - mixerShare) * (index + 1)) / chunks.length);
      }
    } finally {
      mixed.free();
    }
    scope.free(before);
    // The last layer's output is needed a chunk at a time only.
    if (layer === config.n_layer - 1) {
      const last = await finish(scope, model, rows, chunks, onHidden);
      scope.give(last);
      return last;
    }
    x = scope.add(tidyAll(() => (rows.length === 1 ? rows[0].clone() : tf.concat(rows, 1))));
    scope.free(...rows);
  }
}

/** The rest of a block after its mixer, for some rows: `[1,count,D]`. */
function restOfBlock(
  layer: number,
  x: tf.Tensor,
  mixed: PrefilledLayer,
  { first, count }: { first: number; count: number },
  weights: Weights,
  config: ResolvedModelConfiguration,
): tf.Tensor {
  const residual = count === x.shape[1] ? x : tf.slice(x, [0, first, 0], [1, count, config.d_model]);
  const next = afterMixer(layer, { residual, delta: mixed.rows(first, count) }, weights, config);
  return tf.add(next.residual, next.delta);
}

/** A prefix that is prepared further ahead; what it was made of stays as it is. */
export async function extendLookahead(
  model: LanguageModel,
  prefix: PrefixCache,
  requested?: number,
): Promise<PrefixCache> {
  const ahead = lookaheadLength(model.limit, prefix.length, requested);
  const layers: LayerCache[] = [];
  try {
    for (const [index, layer] of prefix.layers.entries()) {
      const weights = model.layerWeights(index);
      layers.push(
        layer.extend ? await layer.extend((name) => weights(`mixer.${name}`), model.config, ahead) : layer.share(),
      );
    }
  } catch (error) {
    for (const layer of layers) layer.dispose();
    throw error;
  }
  return new PrefixCache(prefix.length, layers);
}

/** The final norm, a chunk at a time. @returns the hidden state of the last position, `[1,D]`, which is held */
async function finish(
  scope: TensorScope,
  model: LanguageModel,
  rows: tf.Tensor[],
  chunks: readonly (readonly [number, number])[],
  onHidden: PrefillOptions['onHidden'],
): Promise<tf.Tensor2D> {
  const norm = (x: tf.Tensor) =>
    model.finalNorm({ residual: tf.reshape<tf.Rank.R2>(x, [-1, model.config.d_model]), delta: null }) as tf.Tensor2D;
  const end = rows.at(-1)!;
  const last = scope.add(tidyAll(() => norm(tf.slice(end, [0, end.shape[1]! - 1, 0], [1, 1, -1]))));
  if (onHidden)
    for (const [index, [first]] of chunks.entries()) {
      const hidden = scope.add(tidyAll(() => norm(rows[index])));
      await onHidden(hidden, first);
      scope.free(hidden);
    }
  return last;
}

function rowChunks(length: number): [first: number, count: number][] {
  return Array.from({ length: Math.ceil(length / rowsAtOnce) }, (_, index) => [
    index * rowsAtOnce,
    Math.min(rowsAtOnce, length - index * rowsAtOnce),
  ]);
}
