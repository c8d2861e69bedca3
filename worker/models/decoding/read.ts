import * as tf from '@tensorflow/tfjs-core';
import type { ResolvedModelConfiguration } from '../../../main/contract/configuration.ts';
import { HyenaError } from '../../../main/contract/errors.ts';
import { told } from '../../../main/contract/told.ts';
import {
  embedding,
  hyenaExtension,
  layerNorm,
  linear,
  longConvolution,
  mlp,
  residualLayerNorm,
} from '../../ops/index.ts';
import { checkIds } from '../batch.ts';
import { embeddingName, type LanguageModel } from '../language-model.ts';
import { hyenaFilters } from '../mixers/hyena.ts';
import type { Weights } from '../mixers/mixer.ts';
import { Held, markEvery, Past, scoped, type LayerPast } from './past.ts';

/** Rows that pass through an MLP at once, and numbers of projections that exist at once: they bound the memory. */
const rowsAtOnce = 4096;
const projectionsAtOnce = 1 << 24;

export interface ReadOptions {
  /** Positions after the text for which everything is prepared. Left out: as many as the text has, at least 1,024. */
  readonly ahead?: number;
  /** Whether the past can be cut afterwards: a past that is read on must have marks too. */
  readonly marks?: boolean;
  /** Told how much is done, from 0 to 1; throws where the reading is to end. */
  readonly onProgress?: (done: number) => void;
  /** Is shown the final hidden states in order, `[rows,D]` from position `first` of the new ones on. */
  readonly onHidden?: (hidden: tf.Tensor2D, first: number) => Promise<void>;
}

export const aheadOf = (
  { l_max }: ResolvedModelConfiguration,
  length: number,
  asked = Math.max(1024, length),
): number => Math.min(l_max - length, asked);

/** Waits until a tensor has been computed: a device may only have been told what to do. */
export async function settle(tensor: tf.Tensor): Promise<void> {
  const one = tf.tidy(() => tf.slice(tf.reshape(tensor, [-1]), 0, 1));
  await one.data();
  one.dispose();
}

/**
 * Reads tokens in parallel, after those that were read before. Takes memory for one layer's activations beside what the
 * past keeps; no logits are made.
 *
 * @param past what was read before, which stays as it is; null: nothing
 * @param ids at least one
 * @returns what goes on from there, and the final hidden state of the last position, `[1,D]`
 * @throws HyenaError `bad-input` where the context is too short or a token unknown
 */
export async function readOn(
  model: LanguageModel,
  past: Past | null,
  ids: Int32Array,
  options: ReadOptions = {},
): Promise<{ past: Past; last: tf.Tensor2D }> {
  const { config } = model;
  const before = past?.length ?? 0;
  const total = before + ids.length;
  if (ids.length === 0) throw new HyenaError('internal', 'There is nothing to read.');
  if (total > config.l_max)
    throw new HyenaError(
      'bad-input',
      told`A text of ${total} tokens is longer than this model's context of ${config.l_max}.`,
      { hint: 'Choose a part of it, or give the model a longer context: hyena extend RUN --context N.' },
    );
  checkIds(ids, config.vocab_size);
  const ahead = aheadOf(config, total, options.ahead);
  const lead = Math.min(config.short_filter_order - 1, before);
  const marksAt = options.marks ? markColumns(before, ids.length, lead) : null;
  const held = new Held();
  const layers: LayerPast[] = [];
  const groups = channelGroups(config, ids.length);
  const chunks = rowChunks(ids.length);
  const steps = config.n_layer * (groups.length + chunks.length);
  let step = 0;
  const done = async (tensor: tf.Tensor) => {
    await settle(tensor);
    options.onProgress?.(Math.min(1, ++step / steps));
  };
  try {
    let x = held.add(
      tf.tidy(() => embedding(tf.tensor2d(ids.slice(), [1, ids.length], 'int32'), model.parameters.get(embeddingName))),
    );
    for (let layer = 0; layer < config.n_layer; layer++) {
      const weights = model.layerWeights(layer);
      const lastOne = layer === config.n_layer - 1;
      const normal = held.add(layerNorm(x, weights('norm1.weight'), weights('norm1.bias'), config.layer_norm_epsilon));
      const parts: GroupOutputs[] = [];
      for (const group of groups) {
        const part = scoped(() =>
          readGroup(
            normal,
            (name) => weights(`mixer.${name}`),
            config,
            group,
            past?.layers[layer] ?? null,
            total + ahead,
            marksAt,
          ),
        );
        for (const tensor of tensorsOf(part)) held.add(tensor);
        parts.push(part);
        await done(part.y);
      }
      held.free(normal);
      const mixed = held.add(joined(parts, 'y', 1));
      const made = joinLayer(parts, config.order, past?.layers[layer] ?? null);
      layers.push(made);
      for (const part of parts) held.free(...tensorsOf(part));
      const rows: tf.Tensor[] = [];
      for (const [first, count] of chunks) {
        const row = held.add(tf.tidy(() => afterMixer(x, mixed, weights, config, first, count)));
        rows.push(row);
        await done(row);
      }
      held.free(x, mixed);
      // The last layer's output is needed a chunk at a time only.
      if (lastOne) {
        const last = await finish(model, rows, chunks, options, held);
        return { past: new Past(total, ahead, layers), last };
      }
      x = held.add(rows.length === 1 ? rows[0].clone() : tf.concat(rows, 1));
      held.free(...rows);
    }
    throw new HyenaError('internal', 'A model without layers reads nothing.');
  } catch (error) {
    new Past(0, 0, layers).release();
    throw error;
  } finally {
    held.release();
  }
}

/** The future of a past, further ahead: one convolution a channel. The past stays as it is. */
export async function lookAhead(model: LanguageModel, past: Past, asked?: number): Promise<Past> {
  const { config } = model;
  const ahead = aheadOf(config, past.length, asked);
  const layers: LayerPast[] = [];
  try {
    for (const [layer, { history, tail, marks }] of past.layers.entries()) {
      const future =
        ahead === 0
          ? null
          : tf.tidy(() => futureOf(history, (name) => model.layerWeights(layer)(`mixer.${name}`), config, ahead));
      layers.push({ history: history.clone(), tail: tail?.clone() ?? null, future, marks: marks?.clone() ?? null });
      if (future) await settle(future);
    }
  } catch (error) {
    new Past(0, 0, layers).release();
    throw error;
  }
  return new Past(past.length, ahead, layers);
}

function futureOf(
  history: tf.Tensor2D,
  weights: Weights,
  config: ResolvedModelConfiguration,
  ahead: number,
): tf.Tensor2D {
  const [channels, length] = history.shape;
  const row = tf.pad(history, [
    [0, 0],
    [0, ahead],
  ]);
  const filters = hyenaFilters(weights, config, length + ahead);
  const out = longConvolution(tf.reshape(row, [channels, 1, length + ahead]), filters, tf.zeros([channels]), {
    algorithm: 'auto',
  });
  return tf.slice(tf.reshape<tf.Rank.R2>(out, [channels, length + ahead]), [0, length], [channels, ahead]);
}

/** The final layer norm, a chunk at a time. @returns the hidden state of the last position, `[1,D]` */
async function finish(
  model: LanguageModel,
  rows: tf.Tensor[],
  chunks: readonly (readonly [number, number])[],
  { onHidden }: ReadOptions,
  held: Held,
): Promise<tf.Tensor2D> {
  const { config, parameters } = model;
  const norm = (x: tf.Tensor) =>
    layerNorm(
      tf.reshape<tf.Rank.R2>(x, [-1, config.d_model]),
      parameters.get('backbone.ln_f.weight'),
      parameters.get('backbone.ln_f.bias'),
      config.layer_norm_epsilon,
    ) as tf.Tensor2D;
  const end = rows.at(-1)!;
  const last = tf.tidy(() => norm(tf.slice(end, [0, end.shape[1]! - 1, 0], [1, 1, -1])));
  try {
    if (onHidden)
      for (const [index, [first]] of chunks.entries()) {
        const hidden = held.add(tf.tidy(() => norm(rows[index])));
        await onHidden(hidden, first);
        held.free(hidden);
      }
    return last;
  } catch (error) {
    last.dispose();
    throw error;
  }
}

/** The rest of a block after its mixer, for some rows: `[1,count,D]`. */
function afterMixer(
  x: tf.Tensor,
  mixed: tf.Tensor,
  weights: Weights,
  config: ResolvedModelConfiguration,
  first: number,
  count: number,
): tf.Tensor {
  const width = config.d_model;
  const whole = count === x.shape[1];
  const columns = tf.reshape(whole ? mixed : tf.slice(mixed, [0, first], [width, count]), [width, 1, count]);
  const y = linear(columns, weights('mixer.out_proj.weight'), weights('mixer.out_proj.bias'), {
    input: 'channels',
    output: 'tokens',
    precision: 'fp32',
  });
  const residual = whole ? x : tf.slice(x, [0, first, 0], [1, count, width]);
  const { sum, y: normal } = residualLayerNorm(
    y,
    residual,
    weights('norm2.weight'),
    weights('norm2.bias'),
    config.layer_norm_epsilon,
  );
  const [w1, b1] = [weights('mlp.fc1.weight'), weights('mlp.fc1.bias')];
  return tf.add(sum, mlp(normal, w1, b1, weights('mlp.fc2.weight'), weights('mlp.fc2.bias'), { precision: 'fp32' }));
}

interface ChannelGroup {
  readonly from: number;
  readonly count: number;
}

interface GroupOutputs {
  /** `[G,L]` */
  y: tf.Tensor;
  /** `[(N-1)G,L]` */
  given: tf.Tensor;
  /** `[(N+1)G,K']` */
  tail: tf.Tensor | null;
  /** `[(N-1)G,ahead]` */
  future: tf.Tensor | null;
  /** `[(N+1)G,(K-1)·marks]` */
  marks: tf.Tensor | null;
}

const tensorsOf = ({ y, given, tail, future, marks }: GroupOutputs) => [y, given, tail, future, marks];

/** Channels whose projections exist at once. */
function channelGroups({ d_model, order }: ResolvedModelConfiguration, length: number): ChannelGroup[] {
  const most = Math.max(1, Math.floor(projectionsAtOnce / ((order + 1) * length)));
  const count = Math.ceil(d_model / most);
  const size = Math.ceil(d_model / count);
  return Array.from({ length: Math.ceil(d_model / size) }, (_, index) => ({
    from: index * size,
    count: Math.min(size, d_model - index * size),
  }));
}

function rowChunks(length: number): [first: number, count: number][] {
  return Array.from({ length: Math.ceil(length / rowsAtOnce) }, (_, index) => [
    index * rowsAtOnce,
    Math.min(rowsAtOnce, length - index * rowsAtOnce),
  ]);
}

/** Rows `from` to `from + count` of each of the parts that an order-major tensor consists of. */
export function rowsOfGroup(x: tf.Tensor, parts: number, width: number, { from, count }: ChannelGroup): tf.Tensor {
  if (count === width) return x;
  const inner = x.shape.slice(1);
  const split = tf.reshape(x, [parts, width, ...inner]);
  const zeros = inner.map(() => 0);
  const picked = tf.slice(split, [0, from, ...zeros], [parts, count, ...inner]);
  return tf.reshape(picked, [parts * count, ...inner]);
}

function readGroup(
  normal: tf.Tensor,
  weights: Weights,
  config: ResolvedModelConfiguration,
  group: ChannelGroup,
  past: LayerPast | null,
  reach: number,
  marksAt: readonly number[] | null,
): GroupOutputs {
  const { d_model: width, order, short_filter_order: taps } = config;
  const ofParts = (x: tf.Tensor, parts: number) => rowsOfGroup(x, parts, width, group);
  const projected = linear(
    normal,
    ofParts(weights('in_proj.weight'), order + 1),
    ofParts(weights('in_proj.bias'), order + 1),
    { input: 'tokens', output: 'channels', precision: 'fp32' },
  );
  const fresh = tf.reshape<tf.Rank.R2>(projected, [(order + 1) * group.count, -1]);
  const p = past?.tail ? tf.concat([ofParts(past.tail, order + 1), fresh], 1) : fresh;
  const { y, given, future } = hyenaExtension(
    {
      p,
      shortWeight: ofParts(weights('short_filter.weight'), order + 1),
      shortBias: ofParts(weights('short_filter.bias'), order + 1),
      h: hyenaFilters(weights, config, reach, (x, axis) => filterRows(x, axis, config, group)),
      skip: ofParts(weights('filter_fn.bias'), order - 1),
      history: past ? ofParts(past.history, order - 1) : null,
    },
    { order },
  );
  const kept = Math.min(taps - 1, p.shape[1]!);
  const tail = kept === 0 ? null : tf.slice(p, [0, p.shape[1]! - kept], [-1, kept]);
  return { y, given, tail, future, marks: marksAt ? columnsBefore(p, marksAt, taps - 1) : null };
}

/** The columns before each of some columns of p, side by side; null where there are none. */
function columnsBefore(p: tf.Tensor, ends: readonly number[], count: number): tf.Tensor | null {
  const columns = ends.flatMap((end) => Array.from({ length: count }, (_, index) => end - count + index));
  return columns.length === 0 ? null : tf.gather(p, tf.tensor1d(columns, 'int32'), 1);
}

/** Where in p the positions lie that a past of `length` can be cut at. */
function markColumns(before: number, length: number, lead: number): number[] {
  const first = Math.floor(before / markEvery) + 1;
  const count = Math.floor((before + length) / markEvery) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => lead + (first + index) * markEvery - before);
}

/** Of a tensor of the filter network, what belongs to a group of channels along an axis of all of them. */
function filterRows(x: tf.Tensor, axis: number, config: ResolvedModelConfiguration, group: ChannelGroup): tf.Tensor {
  if (group.count === config.d_model) return x;
  const flat = axis === 0 ? x : tf.reshape(x, [-1]);
  return rowsOfGroup(flat, config.order - 1, config.d_model, group);
}

/** One tensor of all channels from those of the groups, order-major. */
function joined(groups: readonly GroupOutputs[], name: keyof GroupOutputs, parts: number): tf.Tensor2D {
  return tf.tidy(() => {
    if (groups.length === 1) return groups[0][name]!.clone() as tf.Tensor2D;
    const columns = groups[0][name]!.shape[1]!;
    const split = groups.map((group) => tf.reshape(group[name]!, [parts, -1, columns]));
    return tf.reshape<tf.Rank.R2>(tf.concat(split, 1), [-1, columns]);
  });
}

function withMarksBefore(before: tf.Tensor2D | null, marks: tf.Tensor2D | null): tf.Tensor2D | null {
  if (!before || !marks) return marks ?? before?.clone() ?? null;
  const all = tf.concat([before, marks], 1);
  marks.dispose();
  return all;
}

function joinLayer(groups: readonly GroupOutputs[], order: number, past: LayerPast | null): LayerPast {
  const given = joined(groups, 'given', order - 1);
  const history = past ? tf.concat([past.history, given], 1) : given;
  if (past) given.dispose();
  return {
    history,
    tail: groups[0].tail && joined(groups, 'tail', order + 1),
    future: groups[0].future && joined(groups, 'future', order - 1),
    marks: withMarksBefore(past?.marks ?? null, groups[0].marks && joined(groups, 'marks', order + 1)),
  };
}
