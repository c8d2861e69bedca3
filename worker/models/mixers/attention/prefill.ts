import * as tf from '@tensorflow/tfjs-core';
import {
  biasesOf,
  headsOf,
  type AttentionConfiguration,
} from '../../../../main/contract/mixers/attention/parameters.ts';
import { attention, linear } from '../../../ops/index.ts';
import { linearLayer } from '../../biased-linear.ts';
import { tidyAll, withScope } from '../../decoding/tensor-scope.ts';
import type { PrefillRequest, PrefilledLayer, Weights } from '../mixer.ts';
import { AttentionCache, rowsOf } from './cache.ts';
import { placed } from './forward.ts';

/** Queries that are compared at once: they bound the memory, and the time between two looks at whether to stop. */
const queriesAtOnce = 1024;

/** Reads a text by one layer: all keys and values, then the queries a chunk at a time. */
export async function prefillAttention(
  x: tf.Tensor,
  weights: Weights,
  config: AttentionConfiguration,
  before: AttentionCache | null,
  { offset, snapshots, settle }: PrefillRequest,
): Promise<PrefilledLayer> {
  const { attention_window: window } = config;
  const { heads, kvHeads, headDim } = headsOf(config);
  const text = x as tf.Tensor3D;
  const length = text.shape[1];
  return await withScope(async (scope) => {
    const [keys, values] = tidyAll(() => keysAndValues(text, weights, config, before, offset)).map((one) =>
      scope.add(one),
    );
    const count = keys.shape[1];
    const chunks: tf.Tensor3D[] = [];
    for (let first = 0; first < length; first += queriesAtOnce) {
      const rows = Math.min(queriesAtOnce, length - first);
      const end = count - length + first + rows;
      const begin = window === null ? 0 : Math.max(0, end - rows - window + 1);
      const chunk = tidyAll(() => {
        const q = projectRows(rowsOf(text, first, rows), weights, config, 0, heads * headDim);
        const queries = placed(q, 'q_layernorm', heads, weights, config, offset + first);
        const seen = [keys, values].map((one) => rowsOf(one, begin, end - begin));
        return attention(queries, seen[0], seen[1], { heads, kvHeads, window, precision: 'fp32' }) as tf.Tensor3D;
      });
      chunks.push(scope.add(chunk));
      await settle(chunk, (first + rows) / length);
    }
    const mixed = scope.add(tidyAll(() => (chunks.length === 1 ? chunks[0].clone() : tf.concat(chunks, 1))));
    const kept = window === null || snapshots ? count : Math.min(count, window);
    const last = [keys, values].map((one) => scope.add(tidyAll(() => rowsOf(one, count - kept, kept))));
    scope.give(mixed, ...last);
    return {
      rows: (from, some) =>
        linearLayer(rowsOf(mixed, from, some), weights, 'out_proj', biasesOf(config).output, {
          ...{ input: 'tokens', output: 'tokens', precision: 'fp32' },
        }),
      free: () => mixed.dispose(),
      cache: new AttentionCache(last[0], last[1], offset + length - kept, window),
    };
  });
}

/** Those of what was read before, and of a text, `[1,count,G·E]` each. */
function keysAndValues(
  text: tf.Tensor3D,
  weights: Weights,
  config: AttentionConfiguration,
  before: AttentionCache | null,
  offset: number,
): tf.Tensor3D[] {
  const { heads, kvHeads, headDim } = headsOf(config);
  const width = kvHeads * headDim;
  const [k, v] = [0, 1].map((which) => projectRows(text, weights, config, heads * headDim + which * width, width));
  const keys = placed(k, 'k_layernorm', kvHeads, weights, config, offset) as tf.Tensor3D;
  return before ? [tf.concat([before.keys, keys], 1), tf.concat([before.values, v], 1)] : [keys, v];
}

/** Some of the projections of a text, `[1,L,count]`: the rows of `Wqkv` from `first` on. */
function projectRows(
  text: tf.Tensor3D,
  weights: Weights,
  config: AttentionConfiguration,
  first: number,
  count: number,
): tf.Tensor3D {
  const weight = tf.slice(weights('Wqkv.weight'), [first, 0], [count, config.d_model]);
  const bias = biasesOf(config).input ? tf.slice(weights('Wqkv.bias'), [first], [count]) : tf.zeros([count]);
  const layout = { input: 'tokens', output: 'tokens', precision: 'fp32' } as const;
  return linear(text, weight, bias, layout) as tf.Tensor3D;
}
