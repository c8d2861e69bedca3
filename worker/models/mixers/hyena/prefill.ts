import * as tf from '@tensorflow/tfjs-core';
import type { HyenaConfiguration } from '../../../../main/contract/mixers/hyena/parameters.ts';
import { hyenaPrefill, linear } from '../../../ops/index.ts';
import { linearLayer } from '../../biased-linear.ts';
import { snapshotInterval } from '../../decoding/prefix-cache.ts';
import { tidyAll, withScope, type TensorScope } from '../../decoding/tensor-scope.ts';
import type { PrefillRequest, PrefilledLayer, Weights } from '../mixer.ts';
import { HyenaCache } from './cache.ts';
import { hyenaFilters } from './forward.ts';

/** Numbers of projections that exist at once: they bound the memory. */
const projectionsAtOnce = 1 << 24;

/** Reads a text by one layer, a group of channels at a time. */
export async function prefillHyena(
  x: tf.Tensor,
  weights: Weights,
  config: HyenaConfiguration,
  before: HyenaCache | null,
  { lookahead, offset, snapshots, settle }: PrefillRequest,
): Promise<PrefilledLayer> {
  const length = x.shape[1]!;
  const lead = Math.min(config.short_filter_order - 1, offset);
  const snapshotsAt = snapshots ? snapshotColumns(offset, length, lead) : null;
  const groups = channelGroups(config, length);
  return await withScope(async (scope) => {
    const parts: GroupOutputs[] = [];
    for (const group of groups) {
      const reach = offset + length + lookahead;
      const part = tidyAll(() => prefillGroup(x, weights, config, group, before, reach, snapshotsAt));
      for (const tensor of outputsOf(part)) scope.add(tensor);
      parts.push(part);
      await settle(part.y, parts.length / groups.length);
    }
    const mixed = scope.add(tidyAll(() => joined(parts, 'y', 1)));
    const cache = joinLayer(scope, parts, config, before);
    scope.give(mixed, ...cache.tensors());
    return {
      rows: (first, count) => projectOut(mixed, weights, config, first, count),
      free: () => mixed.dispose(),
      cache,
    };
  });
}

/** Some positions of what leaves the recurrence, `[D,L]`, projected: `[1,count,D]`. */
function projectOut(
  mixed: tf.Tensor2D,
  weights: Weights,
  { d_model: width, mixer_bias }: HyenaConfiguration,
  first: number,
  count: number,
): tf.Tensor {
  const part = count === mixed.shape[1] ? mixed : tf.slice(mixed, [0, first], [width, count]);
  return linearLayer(tf.reshape(part, [width, 1, count]), weights, 'out_proj', mixer_bias, {
    input: 'channels',
    output: 'tokens',
    precision: 'fp32',
  });
}

interface ChannelGroup {
  readonly from: number;
  readonly count: number;
}

interface GroupOutputs {
  /** `[G,L]` */
  y: tf.Tensor;
  /** `[(N-1)G,L]` */
  inputs: tf.Tensor;
  /** `[(N+1)G,K']` */
  convTail: tf.Tensor | null;
  /** `[(N-1)G,lookahead]` */
  future: tf.Tensor | null;
  /** `[(N+1)G,(K-1)·snapshots]` */
  snapshots: tf.Tensor | null;
}

const outputsOf = ({ y, inputs, convTail, future, snapshots }: GroupOutputs) =>
  [y, inputs, convTail, future, snapshots] as const;

/** Channels whose projections exist at once. */
function channelGroups({ d_model, order }: HyenaConfiguration, length: number): ChannelGroup[] {
  const most = Math.max(1, Math.floor(projectionsAtOnce / ((order + 1) * length)));
  const count = Math.ceil(d_model / most);
  const size = Math.ceil(d_model / count);
  return Array.from({ length: Math.ceil(d_model / size) }, (_, index) => ({
    from: index * size,
    count: Math.min(size, d_model - index * size),
  }));
}

/** Rows `from` to `from + count` of each of the parts that an order-major tensor consists of. */
function rowsOfGroup(x: tf.Tensor, parts: number, width: number, { from, count }: ChannelGroup): tf.Tensor {
  if (count === width) return x;
  const inner = x.shape.slice(1);
  const split = tf.reshape(x, [parts, width, ...inner]);
  const zeros = inner.map(() => 0);
  const picked = tf.slice(split, [0, from, ...zeros], [parts, count, ...inner]);
  return tf.reshape(picked, [parts * count, ...inner]);
}

function prefillGroup(
  normal: tf.Tensor,
  weights: Weights,
  config: HyenaConfiguration,
  group: ChannelGroup,
  cache: HyenaCache | null,
  reach: number,
  snapshotsAt: readonly number[] | null,
): GroupOutputs {
  const { d_model: width, order, short_filter_order: taps } = config;
  const ofParts = (x: tf.Tensor, parts: number) => rowsOfGroup(x, parts, width, group);
  const projected = linear(
    normal,
    ofParts(weights('in_proj.weight'), order + 1),
    config.mixer_bias ? ofParts(weights('in_proj.bias'), order + 1) : tf.zeros([(order + 1) * group.count]),
    { input: 'tokens', output: 'channels', precision: 'fp32' },
  );
  const fresh = tf.reshape<tf.Rank.R2>(projected, [(order + 1) * group.count, -1]);
  const p = cache?.parts.convTail ? tf.concat([ofParts(cache.parts.convTail, order + 1), fresh], 1) : fresh;
  const { y, inputs, lookahead } = hyenaPrefill(
    {
      p,
      shortWeight: ofParts(weights('short_filter.weight'), order + 1),
      shortBias: ofParts(weights('short_filter.bias'), order + 1),
      h: hyenaFilters(weights, config, reach, (x, axis) => filterRows(x, axis, config, group)),
      skip: ofParts(weights('filter_fn.bias'), order - 1),
      convInputs: cache ? ofParts(cache.parts.convInputs, order - 1) : null,
    },
    { order },
  );
  const kept = Math.min(taps - 1, p.shape[1]!);
  const tail = kept === 0 ? null : tf.slice(p, [0, p.shape[1]! - kept], [-1, kept]);
  return {
    y,
    inputs,
    convTail: tail,
    future: lookahead,
    snapshots: snapshotsAt ? columnsBefore(p, snapshotsAt, taps - 1) : null,
  };
}

/** The columns before each of some columns of p, side by side; null if there are none. */
function columnsBefore(p: tf.Tensor, ends: readonly number[], count: number): tf.Tensor | null {
  const columns = ends.flatMap((end) => Array.from({ length: count }, (_, index) => end - count + index));
  return columns.length === 0 ? null : tf.gather(p, tf.tensor1d(columns, 'int32'), 1);
}

/** Where in p the positions lie that a past of `length` can be cut at. */
function snapshotColumns(before: number, length: number, lead: number): number[] {
  const first = Math.floor(before / snapshotInterval) + 1;
  const count = Math.floor((before + length) / snapshotInterval) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => lead + (first + index) * snapshotInterval - before);
}

/** Of a tensor of the filter network, what belongs to a group of channels along an axis of all of them. */
function filterRows(x: tf.Tensor, axis: number, config: HyenaConfiguration, group: ChannelGroup): tf.Tensor {
  if (group.count === config.d_model) return x;
  const flat = axis === 0 ? x : tf.reshape(x, [-1]);
  return rowsOfGroup(flat, config.order - 1, config.d_model, group);
}

/** One tensor of all channels from those of the groups, order-major. */
function joined(groups: readonly GroupOutputs[], name: keyof GroupOutputs, parts: number): tf.Tensor2D {
  if (groups.length === 1) return groups[0][name]!.clone() as tf.Tensor2D;
  const columns = groups[0][name]!.shape[1]!;
  const split = groups.map((group) => tf.reshape(group[name]!, [parts, -1, columns]));
  return tf.reshape<tf.Rank.R2>(tf.concat(split, 1), [-1, columns]);
}

/**
 * What a layer keeps: what was before, and what all groups made. The scope has it; each part is made in its own tidy,
 * so that what one takes is freed before the next.
 */
function joinLayer(
  scope: TensorScope,
  groups: readonly GroupOutputs[],
  { order, short_filter_order: taps }: HyenaConfiguration,
  before: HyenaCache | null,
): HyenaCache {
  const [{ convTail, future, snapshots }] = groups;
  const after = (first: tf.Tensor2D | null | undefined, made: tf.Tensor2D) =>
    first ? tf.concat([first, made], 1) : made;
  const made = <T extends tf.Tensor2D | null>(make: () => T): T => scope.add(tidyAll(make));
  const parts = {
    convInputs: made(() => after(before?.parts.convInputs, joined(groups, 'inputs', order - 1))),
    convTail: convTail && made(() => joined(groups, 'convTail', order + 1)),
    future: future && made(() => joined(groups, 'future', order - 1)),
    snapshots: made(() =>
      snapshots
        ? after(before?.parts.snapshots, joined(groups, 'snapshots', order + 1))
        : (before?.parts.snapshots?.clone() ?? null),
    ),
  };
  return new HyenaCache(parts, taps - 1);
}
