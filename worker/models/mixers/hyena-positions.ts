import type { ResolvedModelConfiguration } from '../../../main/contract/configuration.ts';

/** `count` numbers from `from` to `to`, both included. */
export function linspace(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => (count === 1 ? from : from + ((to - from) * index) / (count - 1)));
}

/** t_i = i/(l_max - 1), `[1,l_max,1]`. */
export function times({ l_max }: ResolvedModelConfiguration): Float32Array {
  return Float32Array.from(linspace(0, 1, l_max));
}

/**
 * Features of each position, `[1,l_max,emb_dim]`: t, then cos(f·w_i) and -sin(f·w_i) of each band f, w_i = 2πi/l_max,
 * f from 1e-4 to bands - 1. Hyena, arXiv 2302.10866, appendix D.3.
 */
export function positionFeatures(config: ResolvedModelConfiguration): Float32Array {
  const { l_max, emb_dim } = config;
  const bands = (emb_dim - 1) / 2;
  const frequencies = linspace(1e-4, bands - 1, bands);
  const t = times(config);
  const features = new Float32Array(l_max * emb_dim);
  for (let i = 0; i < l_max; i++) {
    const angle = (2 * Math.PI * i) / l_max;
    features[i * emb_dim] = t[i];
    frequencies.forEach((frequency, band) => {
      features[i * emb_dim + 1 + band] = Math.cos(frequency * angle);
      features[i * emb_dim + 1 + bands + band] = -Math.sin(frequency * angle);
    });
  }
  return features;
}

/** Decay of each channel's window, from slow to fast, `[1,1,channels]`. */
export function decays(config: ResolvedModelConfiguration): Float32Array {
  const { fast_decay_pct, slow_decay_pct, decay_target, order, d_model } = config;
  const slow = Math.log(decay_target) / slow_decay_pct;
  const fast = Math.log(decay_target) / fast_decay_pct;
  return Float32Array.from(linspace(slow, fast, (order - 1) * d_model));
}

/** The two tables of a filter that have a row for each position: its features z and its time t. */
export type PositionTable = 'features' | 'times';

export type Beyond = 'continue' | 'hold';
export type Warp = 'linear' | 'log' | 'zero';
export const experiment: { beyond: Beyond; warp: Warp } = { beyond: 'continue', warp: 'linear' };

/**
 * A table of positions for another context length.
 */
export function resampledPositions(
  table: PositionTable,
  values: Float32Array,
  config: ResolvedModelConfiguration,
  length: number,
): Float32Array {
  const { l_max: before, emb_dim } = config;
  const width = table === 'times' ? 1 : emb_dim;
  const rows = new Float32Array(length * width);
  rows.set(values.subarray(0, Math.min(before, length) * width));
  for (let i = before; i < length; i++) {
    const u = i / Math.max(1, before - 1);
    if (table === 'times') {
      rows[i] = experiment.warp === 'linear' ? u : experiment.warp === 'log' ? 1 + Math.log(u) : 1000;
      continue;
    }
    if (experiment.beyond === 'hold') rows.set(values.subarray((before - 1) * width), i * width);
    else {
      const bands = (emb_dim - 1) / 2;
      const frequencies = linspace(1e-4, bands - 1, bands);
      const angle = (2 * Math.PI * i) / before;
      rows[i * width] = u;
      frequencies.forEach((frequency, band) => {
        rows[i * width + 1 + band] = Math.cos(frequency * angle);
        rows[i * width + 1 + bands + band] = -Math.sin(frequency * angle);
      });
    }
  }
  return rows;
}
