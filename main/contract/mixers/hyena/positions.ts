import type { HyenaConfiguration } from './parameters.ts';

/** `count` numbers from `from` to `to`, both included. */
function linspace(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => (count === 1 ? from : from + ((to - from) * index) / (count - 1)));
}

/** Positions over which the time of the filters runs from 0 to 1. */
const timeSpan = ({ filter_length, l_max }: HyenaConfiguration): number => filter_length ?? l_max;

/** Features of a position that the filter network is given. */
export const featureCount = ({ filter_network, emb_dim }: HyenaConfiguration): number =>
  filter_network === 'siren' ? 1 : emb_dim;

/** t_i = i/(T - 1), T the positions over which time runs, `[1,l_max,1]`. */
export function times(config: HyenaConfiguration): Float32Array {
  const span = timeSpan(config);
  return span === config.l_max
    ? Float32Array.from(linspace(0, 1, span))
    : Float32Array.from({ length: config.l_max }, (_, i) => i / (span - 1));
}

/**
 * Features of each position, `[1,l_max,features]`: t, then cos(f·w_i) and -sin(f·w_i) of each band f, w_i = 2πi/T,
 * f from 1e-4 to bands - 1. Hyena, arXiv 2302.10866, appendix D.3. Of a SIREN: 2t - 1 alone.
 */
export function positionFeatures(config: HyenaConfiguration): Float32Array {
  const { l_max } = config;
  const t = times(config);
  const features = new Float32Array(l_max * featureCount(config));
  for (let i = 0; i < l_max; i++) writeFeatures(features, i, t[i], config);
  return features;
}

function bandsOf(config: HyenaConfiguration): number[] {
  const bands = (featureCount(config) - 1) / 2;
  return linspace(1e-4, bands - 1, bands);
}

/** One row of features. @param t its time */
function writeFeatures(rows: Float32Array, row: number, t: number, config: HyenaConfiguration): void {
  if (config.filter_network === 'siren') {
    rows[row] = 2 * t - 1;
    return;
  }
  const bands = bandsOf(config);
  const w = (2 * Math.PI * row) / timeSpan(config);
  const start = row * (1 + 2 * bands.length);
  rows[start] = t;
  for (const [band, frequency] of bands.entries()) {
    rows[start + 1 + band] = Math.cos(frequency * w);
    rows[start + 1 + bands.length + band] = -Math.sin(frequency * w);
  }
}

/**
 * Decay of each channel's window, `[1,1,(N-1)D]`: from slow to fast over the channels of every long convolution, as in
 * the published code, whose filters lie channel by channel, where ours lie convolution by convolution.
 */
export function decays(config: HyenaConfiguration): Float32Array {
  const { fast_decay_pct, slow_decay_pct, decay_target, order, d_model } = config;
  const slow = Math.log(decay_target) / slow_decay_pct;
  const fast = Math.log(decay_target) / fast_decay_pct;
  const [convolutions, channels] = [order - 1, (order - 1) * d_model];
  const published = linspace(slow, fast, channels);
  return Float32Array.from({ length: channels }, (_, channel) => {
    const [convolution, place] = [Math.floor(channel / d_model), channel % d_model];
    return published[place * convolutions + convolution];
  });
}

/** The two tables of a filter that have a row for each position: its features z and its time t. */
export type PositionTable = 'features' | 'times';

/**
 * A table of positions for another context length. The rows that both have stay as they are, so every filter keeps its
 * first taps to the bit: what the model does within the old context does not change. Further rows continue the features
 * by their formula. The time that fades the filter continues as 1 + ln(i/(T - 1)) from 1 on: the window, exponential
 * within the positions over which time runs, falls as a power of the distance beyond them, so that far taps stay within
 * what training can use.
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
  const before = config.l_max;
  const width = table === 'times' ? 1 : featureCount(config);
  const rows = new Float32Array(length * width);
  rows.set(values.subarray(0, Math.min(before, length) * width));
  for (let i = before; i < length; i++) {
    const t = i / Math.max(1, timeSpan(config) - 1);
    if (table === 'features') writeFeatures(rows, i, t, config);
    else rows[i] = t <= 1 ? t : 1 + Math.log(t);
  }
  return rows;
}
