import type { HyenaConfiguration } from './parameters.ts';

/** `count` numbers from `from` to `to`, both included. */
function linspace(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => (count === 1 ? from : from + ((to - from) * index) / (count - 1)));
}

/** t_i = i/(l_max - 1), `[1,l_max,1]`. */
export function times({ l_max }: HyenaConfiguration): Float32Array {
  return Float32Array.from(linspace(0, 1, l_max));
}

/**
 * Features of each position, `[1,l_max,emb_dim]`: t, then cos(f·w_i) and -sin(f·w_i) of each band f, w_i = 2πi/l_max,
 * f from 1e-4 to bands - 1. Hyena, arXiv 2302.10866, appendix D.3.
 */
export function positionFeatures(config: HyenaConfiguration): Float32Array {
  const { l_max, emb_dim } = config;
  const t = times(config);
  const features = new Float32Array(l_max * emb_dim);
  const bands = bandsOf(config);
  for (let i = 0; i < l_max; i++) writeFeatures(features, i, t[i], (2 * Math.PI * i) / l_max, bands);
  return features;
}

function bandsOf({ emb_dim }: HyenaConfiguration): number[] {
  const bands = (emb_dim - 1) / 2;
  return linspace(1e-4, bands - 1, bands);
}

/** One row of features: t, then cos(f·w) and -sin(f·w) of each band f. */
function writeFeatures(rows: Float32Array, row: number, t: number, w: number, bands: readonly number[]): void {
  const start = row * (1 + 2 * bands.length);
  rows[start] = t;
  for (const [band, frequency] of bands.entries()) {
    rows[start + 1 + band] = Math.cos(frequency * w);
    rows[start + 1 + bands.length + band] = -Math.sin(frequency * w);
  }
}

/** Decay of each channel's window, from slow to fast, `[1,1,channels]`. */
export function decays(config: HyenaConfiguration): Float32Array {
  const { fast_decay_pct, slow_decay_pct, decay_target, order, d_model } = config;
  const slow = Math.log(decay_target) / slow_decay_pct;
  const fast = Math.log(decay_target) / fast_decay_pct;
  return Float32Array.from(linspace(slow, fast, (order - 1) * d_model));
}

/** The two tables of a filter that have a row for each position: its features z and its time t. */
export type PositionTable = 'features' | 'times';

/**
 * A table of positions for another context length. The rows that both have stay as they are, so every filter keeps its
 * first taps to the bit: what the model does within the old context does not change. Further rows continue the features
 * by their formula. The time that fades the filter continues as 1 + ln(i/(l_max - 1)): the window, exponential within
 * the old context, falls as a power of the distance beyond it, so that far taps stay within what training can use.
 *
 * @param values the table as it is, row-major
 * @param config of the model that it belongs to
 * @param length the new context
 */
export function resampledPositions(
  table: PositionTable,
  values: Float32Array,
  config: HyenaConfiguration,
  length: number,
): Float32Array {
  const { l_max: before, emb_dim } = config;
  const width = table === 'times' ? 1 : emb_dim;
  const rows = new Float32Array(length * width);
  rows.set(values.subarray(0, Math.min(before, length) * width));
  const bands = bandsOf(config);
  for (let i = before; i < length; i++) {
    const t = i / Math.max(1, before - 1);
    if (table === 'times') rows[i] = 1 + Math.log(t);
    else writeFeatures(rows, i, t, (2 * Math.PI * i) / before, bands);
  }
  return rows;
}
