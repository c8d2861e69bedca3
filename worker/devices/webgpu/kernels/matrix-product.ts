import * as tf from '@tensorflow/tfjs-core';
import type { Dispatch, WebGpuBackend } from '../backend.ts';
import { elementGroups, type GpuKernels, reads, readsScaled, elementsOf, updates, writes } from '../kernel.ts';
import { loadShader } from '../shader.ts';
import type { Precision } from '../../device.ts';
import { mostVectors, multiplyVectors } from './vector-product.ts';

/** Products by threads, with factors in fp32 or rounded to f16. */
const byThreads = (factors: string) =>
  loadShader(import.meta.dirname, `factors-${factors}.wgsl`, 'matrix-product.wgsl', 'product-by-threads.wgsl');
const shaders = { fp32: byThreads('fp32'), 'f16-mixed': byThreads('f16') };
export type ProductPrecision = keyof typeof shaders;

export interface Product {
  readonly a: tf.TensorInfo;
  readonly b: tf.TensorInfo;
  readonly m: number;
  readonly k: number;
  readonly n: number;
  /** Elements before the first of a, of b, and of what the result is written to. */
  readonly offsets?: { readonly a?: number; readonly b?: number; readonly c?: number };
  /** a is stored `[k,m]`, b `[n,k]`. */
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** The factor is gelu of what is stored. */
  readonly geluA?: boolean;
  readonly geluB?: boolean;
  /** Added to each row (`columns`: as many as there are columns) or to each column. */
  readonly bias?: { readonly along: 'columns' | 'rows'; readonly values: tf.TensorInfo };
  /** The product is multiplied by gelu's slope at these values, `[m,n]`. */
  readonly slopeAt?: tf.TensorInfo;
  /** `f16-mixed`: the factors are rounded to f16 and summed in fp32. Default: `fp32`. */
  readonly precision?: Precision;
  /** The factor that is a gradient, of a mean over this many tokens: f16 needs it scaled. */
  readonly gradient?: { readonly factor: 'a' | 'b'; readonly tokens: number };
  /** In `f16-mixed` the result lies in f16; a gradient times the same power of two. Default: in fp32. */
  readonly keep?: 'activation' | 'gradient';
}

/** As matrix-product.wgsl has them. */
const bits = {
  ...{ transposedA: 1, transposedB: 2, geluA: 4, geluB: 8, biasColumns: 16, biasRows: 32 },
  ...{ slope: 64, accumulate: 128 },
};
const flagsOf = (set: Partial<Record<keyof typeof bits, boolean>>) =>
  Object.entries(set).reduce((flags, [name, on]) => flags | (on ? bits[name as keyof typeof bits] : 0), 0);

/**
 * A gradient of a mean over tokens is about their number smaller than 1: this power of two brings it near 16, far from
 * both ends of f16.
 */
export const gradientScale = (tokens: number) => 2 ** (Math.ceil(Math.log2(tokens)) + 4);

/** Whether what products of this precision give, and what goes to them, lies in f16. */
export const liesInHalf = (backend: WebGpuBackend, precision: Precision = 'fp32'): boolean =>
  precision === 'f16-mixed' && backend.halfStorage !== null;

const kindOf = (precision: Precision = 'fp32'): ProductPrecision => (precision === 'f16-mixed' ? precision : 'fp32');

/** Sizes, steps and offsets as matrix-product.wgsl has them. */
type ProductSizes = Record<
  'm' | 'n' | 'k' | 'part' | 'parts' | 'step_a' | 'step_b' | 'offset_a' | 'offset_b' | 'offset_c',
  number
>;

/**
 * Who multiplies, and how. A GPU gets a pipeline for each variant; a software adapter, which takes long to make one,
 * one for all.
 */
function variant(
  backend: WebGpuBackend,
  flags: number,
  sizes: ProductSizes,
  precision?: Precision,
  scales = { a: 1, b: 1, sum: 1 },
  byUnits = false,
): Pick<Dispatch, 'shader' | 'constants' | 'uniforms'> {
  const kind = kindOf(precision);
  const units = byUnits ? backend.matrixUnits[kind] : undefined;
  return {
    shader: units?.shader ?? shaders[kind],
    constants: { ...units?.constants, ...(backend.adapter.software ? {} : { FLAGS: flags }) },
    uniforms: { ...sizes, flags, scale_a: scales.a, scale_b: scales.b, scale_sum: scales.sum },
  };
}

/**
 * What factors are multiplied by where they are loaded, and sums divided by: a gradient is scaled in f16, unless it is
 * stored so, and a result may be stored so.
 */
function scalesOf(backend: WebGpuBackend, { a, b, precision, gradient }: Product, c: tf.TensorInfo) {
  const inF16 = kindOf(precision) === 'f16-mixed';
  const factor = (which: 'a' | 'b', tensor: tf.TensorInfo) => {
    const stored = backend.scaleOf(tensor);
    const wanted = inF16 && gradient?.factor === which ? gradientScale(gradient.tokens) : stored;
    return { load: wanted / stored, all: wanted };
  };
  const [left, right] = [factor('a', a), factor('b', b)];
  return { a: left.load, b: right.load, sum: (left.all * right.all) / backend.scaleOf(c) };
}

const tile = 64;

/** Products of up to this many multiplications take one thread per element; tests set it to 0, to reach the tiles. */
export const smallProducts = { most: 1 << 18 };
const isSmall = ({ m, n, k }: Product) => m * n * k <= smallProducts.most && k <= longestOfSmall;
const longestOfSmall = 2048;
const fewGroups = ({ m, n }: Product, count: number): [number, number, number] => [Math.ceil((m * n) / 64), 1, count];

/** A product is cut along its inner size until there are about this many workgroups. */
const wantedGroups = 256;
/** But into parts no shorter than this. */
const shortestPart = 256;

/** Where a factor begins: of a packed one, whose offset is that of a row, in words. */
function placeOf(backend: WebGpuBackend, factor: tf.TensorInfo, offset = 0): number {
  const form = backend.packedForm(factor);
  return form ? (offset / form.columns) * form.words : offset;
}

/** What a binding is given that is not used: not a packed factor, which would be copied for it. */
const filler = (backend: WebGpuBackend, a: tf.TensorInfo, b: tf.TensorInfo) => (backend.packedForm(a) ? b : a);

/** Whether a packed matrix is multiplied with few vectors, in fp32. */
const isByVectors = (
  backend: WebGpuBackend,
  { a, b, m, transposeA, transposeB, geluB, offsets, bias, slopeAt, precision }: Product,
): boolean =>
  backend.packedForm(b) !== null &&
  [a, ...(bias ? [bias.values] : [])].every((tensor) => backend.storedType(tensor) === null) &&
  m <= mostVectors &&
  !transposeA &&
  transposeB === true &&
  !geluB &&
  offsets === undefined &&
  bias?.along !== 'rows' &&
  slopeAt === undefined &&
  kindOf(precision) === 'fp32';

/**
 * A matrix product, summed in fp32.
 *
 * @param into what the result is written to; added to where `accumulate` is set. Left out: a new tensor of `shape`
 */
export function multiplyOnGpu(
  backend: WebGpuBackend,
  product: Product,
  shape: readonly number[],
  { into: given, accumulate = false }: { into?: tf.TensorInfo; accumulate?: boolean } = {},
): tf.TensorInfo {
  const { a, b, m, k, n, bias, slopeAt, offsets = {} } = product;
  if (!given && isByVectors(backend, product)) {
    const vectors = { weight: b, bias: bias?.values, geluInputs: product.geluA };
    return multiplyVectors(backend, a, vectors, m, shape);
  }
  const { precision, gradient, keep } = product;
  const half = keep !== undefined && liesInHalf(backend, precision);
  const scale = keep === 'gradient' && gradient ? gradientScale(gradient.tokens) : 1;
  const c = given ?? (half ? backend.makeHalf(shape, scale) : backend.make(shape));
  const scales = scalesOf(backend, product, c);
  const flags = flagsOf({
    ...{ transposedA: product.transposeA, transposedB: product.transposeB },
    ...{ geluA: product.geluA, geluB: product.geluB, slope: slopeAt !== undefined },
    ...{ biasColumns: bias?.along === 'columns', biasRows: bias?.along === 'rows' },
  });
  const small = isSmall(product);
  const across = [Math.ceil(n / tile), Math.ceil(m / tile)] as const;
  const extra = bias?.values ?? slopeAt;
  const cut = extra === undefined && !small;
  const parts = cut
    ? Math.max(1, Math.min(Math.floor(k / shortestPart), Math.ceil(wantedGroups / (across[0] * across[1]))))
    : 1;
  const part = Math.ceil(k / parts);
  const into = parts > 1 ? 0 : flagsOf({ accumulate });
  const sizes: ProductSizes = {
    m,
    n,
    k,
    part,
    parts,
    step_a: 0,
    step_b: 0,
    offset_a: placeOf(backend, a, offsets.a),
    offset_b: placeOf(backend, b, offsets.b),
    offset_c: offsets.c ?? 0,
  };
  const target = parts > 1 ? backend.make([parts, m, n]) : c;
  const factor = kindOf(precision) === 'f16-mixed' ? readsScaled : reads;
  backend.dispatch({
    ...variant(backend, flags | into, sizes, precision, scales, !small),
    entry: small ? 'multiply_few' : 'multiply',
    workgroups: small ? fewGroups(product, 1) : [...across, parts],
    bindings: {
      // A binding that a variant does not use is there all the same: any tensor will do.
      ...{ 1: factor(a, m * k), 2: factor(b, k * n), 3: extra ? reads(extra) : factor(filler(backend, a, b), 0) },
      4: accumulate && parts === 1 ? updates(target) : writes(target, parts * m * n),
    },
    flops: 2 * m * n * k,
  });
  if (parts > 1) {
    backend.dispatch({
      ...{ entry: 'add_parts', workgroups: elementGroups(m * n) },
      ...variant(backend, flagsOf({ accumulate }), sizes),
      bindings: { 4: accumulate ? updates(c) : writes(c), 5: reads(target) },
      flops: parts * m * n,
    });
    backend.discard(target);
  }
  return c;
}

/**
 * tfjs's matrix products of batches, with batches of one matrix broadcast. Its own kernel for few large sums adds them
 * up by atomic additions, in an order that changes.
 */
export const webgpuMatrixProducts: GpuKernels = {
  BatchMatMul(backend, [a, b], { transposeA, transposeB }) {
    const [aRows, aColumns] = a.shape.slice(-2);
    const [bRows, bColumns] = b.shape.slice(-2);
    const [m, k] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
    const [inner, n] = transposeB ? [bColumns, bRows] : [bRows, bColumns];
    tf.util.assert(k === inner, () => `matMul: the inner sizes ${k} and ${inner} differ.`);
    const outer = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
    const count = elementsOf({ shape: outer });
    const shape = [...outer, m, n];
    const product = { a, b, m, k, n, transposeA: transposeA as boolean, transposeB: transposeB as boolean };
    if (elementsOf({ shape }) === 0) return [backend.makeTensorInfo(shape, 'float32', new Float32Array(0))];
    if (k === 0) return [backend.makeTensorInfo(shape, 'float32', new Float32Array(elementsOf({ shape })))];
    if (count === 1) return [multiplyOnGpu(backend, product, shape)];
    const c = backend.make(shape);
    const step = (x: tf.TensorInfo, each: number) => (elementsOf(x) === each ? 0 : placeOf(backend, x, each));
    const flags = flagsOf({ transposedA: product.transposeA, transposedB: product.transposeB });
    const sizes: ProductSizes = {
      m,
      n,
      k,
      part: k,
      parts: 1,
      step_a: step(a, m * k),
      step_b: step(b, k * n),
      offset_a: 0,
      offset_b: 0,
      offset_c: 0,
    };
    const small = isSmall(product);
    backend.dispatch({
      ...variant(backend, flags, sizes, 'fp32', undefined, !small),
      entry: small ? 'multiply_few' : 'multiply',
      workgroups: small ? fewGroups(product, count) : [Math.ceil(n / tile), Math.ceil(m / tile), count],
      bindings: { 1: reads(a), 2: reads(b), 3: reads(filler(backend, a, b), 0), 4: writes(c) },
      flops: 2 * count * m * n * k,
    });
    return [c];
  },
};
