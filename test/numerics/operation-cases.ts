import {
  adaptedMlp,
  attention,
  crossEntropy,
  embedding,
  hyenaRecurrence,
  implicitFilter,
  layerNorm,
  linear,
  longConvolution,
  mlp,
  residualLayerNorm,
  rotary,
  type ConvolutionAlgorithm,
  type LinearLayout,
  type Precision,
} from '../../worker/ops/index.ts';
import * as naive from './naive.ts';
import type { Matrix } from './naive.ts';
import { noise, scaled, type Case } from './operation-checks.ts';

/** The operations beside their naive forms, for shapes of any size. */

export const embeddingCase = (batch: number, length: number, vocabulary: number, width: number): Case => ({
  name: `Embedding [${batch}, ${length}] of [${vocabulary}, ${width}]`,
  inputs: [
    { shape: [batch, length], data: noise(1, batch * length).data.map((x) => Math.floor(((x + 1) / 2) * vocabulary)) },
    noise(2, vocabulary, width),
  ],
  integers: [0],
  run: ([ids, weight]) => [embedding(ids, weight)],
  naive: ([ids, weight]) => [naive.embedding(ids, weight)],
});

export const layerNormCase = (rows: number[], width: number, precision: Precision = 'fp32'): Case => ({
  name: `LayerNorm [${rows.join(', ')}, ${width}]`,
  inputs: [scaled(noise(1, ...rows, width), 3, 0.5), scaled(noise(2, width), 0.5, 1), noise(3, width)],
  run: ([x, gamma, beta]) => [layerNorm(x, gamma, beta, 1e-5, precision)],
  naive: ([x, gamma, beta]) => [naive.layerNorm(x, gamma, beta, 1e-5)],
});

export const residualCase = (rows: number[], width: number, precision: Precision = 'fp32'): Case => ({
  name: `ResidualLayerNorm [${rows.join(', ')}, ${width}]`,
  inputs: [noise(1, ...rows, width), noise(2, ...rows, width), scaled(noise(3, width), 0.5, 1), noise(4, width)],
  run: ([x, residual, gamma, beta]) => {
    const { sum, y } = residualLayerNorm(x, residual, gamma, beta, 1e-5, precision);
    return [sum, y];
  },
  naive: ([x, residual, gamma, beta]) => {
    const sum = naive.add(x, residual);
    return [sum, naive.layerNorm(sum, gamma, beta, 1e-5)];
  },
});

export const linearCase = (
  batch: number,
  length: number,
  width: number,
  out: number,
  input: LinearLayout,
  output: LinearLayout,
  precision: Precision = 'fp32',
): Case => ({
  name: `Linear ${input} to ${output}, [${batch}, ${length}], ${width} to ${out}`,
  inputs: [
    input === 'tokens' ? noise(1, batch, length, width) : noise(1, width, batch, length),
    noise(2, out, width),
    noise(3, out),
  ],
  run: ([x, weight, bias]) => [linear(x, weight, bias, { input, output, precision })],
  naive: ([x, weight, bias]) => {
    const y = naive.linear(input === 'tokens' ? x : naive.toTokens(x), weight, bias);
    return [output === 'tokens' ? y : naive.toChannels(y)];
  },
});

export const mlpCase = (
  batch: number,
  length: number,
  width: number,
  inner: number,
  precision: Precision = 'fp32',
): Case => ({
  name: `Mlp [${batch}, ${length}, ${width}], ${inner} hidden`,
  inputs: [
    noise(1, batch, length, width),
    noise(2, inner, width),
    noise(3, inner),
    noise(4, width, inner),
    noise(5, width),
  ],
  run: ([x, w1, b1, w2, b2]) => [mlp(x, w1, b1, w2, b2, { precision })],
  naive: ([x, w1, b1, w2, b2]) => [naive.mlp(x, w1, b1, w2, b2)],
});

/** @param ranks of the adapters of both matrices */
export const adaptedMlpCase = (
  batch: number,
  length: number,
  width: number,
  inner: number,
  ranks: [number, number],
  precision: Precision = 'fp32',
): Case => {
  const [first, second] = ranks;
  const scale = 0.75;
  const whole = (weight: Matrix, a: Matrix, b: Matrix): Matrix => {
    const product = naive.linear(b, naive.transposed(a));
    return { shape: weight.shape, data: weight.data.map((value, index) => value + scale * product.data[index]) };
  };
  return {
    name: `AdaptedMlp [${batch}, ${length}, ${width}], ${inner} hidden, ranks ${ranks.join(' and ')}`,
    inputs: [
      ...[noise(1, batch, length, width), noise(2, inner, width), noise(3, inner), noise(4, width, inner)],
      ...[noise(5, width), noise(6, first, width), noise(7, inner, first)],
      ...[noise(8, second, inner), noise(9, width, second)],
    ],
    constant: [1, 3],
    run: ([x, w1, bias1, w2, bias2, a1, b1, a2, b2]) => [
      adaptedMlp(
        x,
        { weight: w1, bias: bias1, a: a1, b: b1 },
        { weight: w2, bias: bias2, a: a2, b: b2 },
        { scale, precision },
      ),
    ],
    naive: ([x, w1, bias1, w2, bias2, a1, b1, a2, b2]) => [
      naive.mlp(x, whole(w1, a1, b1), bias1, whole(w2, a2, b2), bias2),
    ],
  };
};

export interface FilterShape {
  length: number;
  features: number;
  width: number;
  channels: number;
  inner: number;
}
export const filterCase = (shape: FilterShape, shift: number, modulate: boolean): Case => {
  const { length, features, width, channels, inner } = shape;
  return {
    name: `ImplicitFilter ${JSON.stringify(shape)}, shift ${shift}, ${modulate ? '' : 'not '}modulated`,
    inputs: [
      noise(1, length, features),
      scaled(noise(2, length), 0.5, 0.5),
      scaled(noise(3, channels), 4),
      scaled(noise(4, width), 0.5, 1.5),
      scaled(noise(5, width, features), 1 / Math.sqrt(features)),
      noise(6, width),
      ...Array.from({ length: inner }, (_, layer) => [
        scaled(noise(7 + 2 * layer, width, width), 1 / Math.sqrt(width)),
        noise(8 + 2 * layer, width),
      ]).flat(),
      noise(70, channels, width),
    ],
    constant: [1, 2],
    run: ([z, t, deltas, freq, ...rest]) => {
      const last = rest.pop()!;
      const layers = rest
        .filter((_, index) => index % 2 === 0)
        .map((weight, index) => ({ weight, bias: rest[2 * index + 1] }));
      return [implicitFilter({ z, t, deltas, freq, layers, last }, { shift, modulate })];
    },
    naive: (inputs) => [naive.implicitFilter(inputs, shift, modulate)],
  };
};

export const convolutionCase = (
  channels: number,
  batch: number,
  length: number,
  taps: number,
  algorithm: ConvolutionAlgorithm,
): Case => ({
  name: `LongConvolution [${channels}, ${batch}, ${length}], ${taps} taps, ${algorithm}`,
  inputs: [noise(1, channels, batch, length), noise(2, channels, taps), noise(3, channels)],
  run: ([u, h, skip]) => [longConvolution(u, h, skip, { algorithm })],
  naive: ([u, h, skip]) => [naive.longConvolution(u, h, skip)],
});

export interface RecurrenceShape {
  width: number;
  batch: number;
  length: number;
  taps: number;
  order: number;
}
export const recurrenceCase = (shape: RecurrenceShape, algorithm: ConvolutionAlgorithm): Case => {
  const { width, batch, length, taps, order } = shape;
  const channels = (order + 1) * width;
  const filters = (order - 1) * width;
  return {
    name: `HyenaRecurrence ${JSON.stringify(shape)}, ${algorithm}`,
    inputs: [
      noise(1, channels, batch, length),
      noise(2, channels, 1, taps),
      noise(3, channels),
      scaled(noise(4, filters, length), 1 / Math.sqrt(length)),
      noise(5, filters),
    ],
    run: ([p, shortWeight, shortBias, h, skip]) => [
      hyenaRecurrence({ p, shortWeight, shortBias, h, skip }, { order, algorithm }),
    ],
    naive: ([p, weight, bias, h, skip]) => [naive.hyenaRecurrence(p, weight, bias, h, skip, order)],
  };
};

export const crossEntropyCase = (
  tokens: number,
  width: number,
  vocabulary: number,
  mask: number[],
  precision: Precision = 'fp32',
  weightGradient = true,
): Case => ({
  name: `CrossEntropy of ${tokens} tokens, ${width} wide, ${vocabulary} tokens in the vocabulary, mask ${mask.join()}`,
  inputs: [
    noise(1, tokens, width),
    scaled(noise(2, vocabulary, width), 2),
    { shape: [tokens], data: noise(3, tokens).data.map((x) => Math.floor(((x + 1) / 2) * vocabulary)) },
    { shape: [tokens], data: Float64Array.from({ length: tokens }, (_, token) => mask[token % mask.length]) },
  ],
  integers: [2],
  constant: [3],
  differentiable: 1,
  run: ([x, weight, targets, masks]) => {
    const { loss, tokenLoss } = crossEntropy(x, weight, targets, masks, { gradients: true, weightGradient, precision });
    return [loss, tokenLoss];
  },
  naive: ([x, weight, targets, masks]) => naive.crossEntropy(x, weight, targets, masks),
});

export interface AttentionShape {
  batch: number;
  queries: number;
  /** Positions before the first query. */
  past: number;
  kvHeads: number;
  /** Query heads of each kv head. */
  shared: number;
  size: number;
}
export const attentionCase = (shape: AttentionShape, window: number | null, precision: Precision = 'fp32'): Case => {
  const { batch, queries, past, kvHeads, shared, size } = shape;
  const heads = kvHeads * shared;
  const settings = { heads, kvHeads, window };
  return {
    name: `Attention ${JSON.stringify(shape)}, ${window === null ? 'no window' : `a window of ${window}`}`,
    inputs: [
      scaled(noise(1, batch, queries, heads * size), 2),
      scaled(noise(2, batch, past + queries, kvHeads * size), 2),
      noise(3, batch, past + queries, kvHeads * size),
    ],
    // Where a query sees one key only, scores change nothing: gradients of them are rounding alone.
    constant: window === 1 || past + queries === 1 ? [0, 1] : [],
    run: ([q, k, v]) => [attention(q, k, v, { ...settings, precision })],
    naive: ([q, k, v]) => [naive.attention(q, k, v, settings)],
  };
};

export interface RotaryShape {
  batch: number;
  length: number;
  heads: number;
  half: number;
}
export const rotaryCase = (shape: RotaryShape, base: number, interpolation: number, offset: number): Case => {
  const { batch, length, heads, half } = shape;
  return {
    name: `Rotary ${JSON.stringify(shape)}, base ${base}, positions from ${offset} by ${interpolation}`,
    inputs: [noise(1, batch, length, heads * 2 * half)],
    run: ([x]) => [rotary(x, { heads, base, interpolation, offset })],
    naive: ([x]) => [naive.rotary(x, heads, base, interpolation, offset)],
  };
};
