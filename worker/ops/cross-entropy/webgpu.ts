import type * as tf from '@tensorflow/tfjs-core';
import type { WebGpuBackend } from '../../devices/webgpu/backend.ts';
import { type GpuKernels, groups, reads, rowThreads, updates, writes } from '../../devices/webgpu/kernel.ts';
import { gradientScale, multiplyOnGpu } from '../../devices/webgpu/kernels/matrix-product.ts';
import { loadReducingShader } from '../../devices/webgpu/kernels/reduction.ts';
import { scaleInPlace, sumOfRows } from '../../devices/webgpu/kernels/sums.ts';
import type { CrossEntropyAttributes } from './composed.ts';

const shader = loadReducingShader(import.meta.dirname, 'cross-entropy.wgsl');

/** At most this many logits are held at once (64 MiB): no `[T,V]` ever is. */
const chunkElements = 1 << 24;
/** A vocabulary is cut where its logits for this many tokens would be more than that; else the tokens are. */
const fewestTokens = 512;
/** Tokens beside each other where the vocabulary is cut. */
const mostTokens = 8192;

/** How logits are cut: this many tokens by this many ids at once. Tests set less. */
export const crossEntropyChunks = { elements: chunkElements, fewestTokens };

/** One call: what it is given, and what it fills. */
interface Call extends Record<'x' | 'weight' | 'targets' | 'mask' | 'maskSum' | 'tokenLoss', tf.TensorInfo> {
  readonly gradX: tf.TensorInfo;
  readonly gradWeight: tf.TensorInfo;
  readonly attributes: CrossEntropyAttributes;
}

/** Some tokens by some ids. */
interface Part {
  readonly from: number;
  readonly count: number;
  readonly first: number;
  readonly ids: number;
}

/**
 * x·weightᵀ of a part: `[count, ids]`. In training they lie in f16 in `f16-mixed`; a loss alone is reported as it is.
 */
function logitsOf(backend: WebGpuBackend, { x, weight, attributes }: Call, { from, count, first, ids }: Part) {
  const width = x.shape[1];
  const offsets = { a: from * width, b: first * width };
  const { precision, gradients } = attributes;
  const product = { a: x, b: weight, m: count, k: width, n: ids, transposeB: true, offsets, precision };
  return multiplyOnGpu(backend, { ...product, ...(gradients ? { keep: 'activation' as const } : {}) }, [count, ids]);
}

/** Adds what the gradients of a part's logits give x and the weight. */
function addGradients(backend: WebGpuBackend, call: Call, { from, count, first, ids }: Part, logits: tf.TensorInfo) {
  const { x, weight, gradX, gradWeight, attributes } = call;
  const width = x.shape[1];
  backend.setScale(logits, scaleFor(backend, call, logits));
  const gradient = { factor: 'a' as const, tokens: x.shape[0] };
  const shared = { a: logits, n: width, gradient, precision: attributes.precision };
  const dx = { ...shared, b: weight, m: count, k: ids, offsets: { b: first * width, c: from * width } };
  multiplyOnGpu(backend, dx, [], { into: gradX, accumulate: first > 0 });
  if (!attributes.weightGradient) return;
  const offsets = { b: from * width, c: first * width };
  const dWeight = { ...shared, b: x, m: ids, k: count, transposeA: true, offsets };
  multiplyOnGpu(backend, dWeight, [], { into: gradWeight, accumulate: from > 0 });
}

/** What gradients of logits are written times. */
const scaleFor = (backend: WebGpuBackend, { x }: Call, logits?: tf.TensorInfo) =>
  logits && backend.isHalf(logits) ? gradientScale(x.shape[0]) : 1;

const dispatchOf = (backend: WebGpuBackend, call: Call, { from, count, first, ids }: Part, logits?: tf.TensorInfo) => ({
  shader,
  constants: { THREADS: rowThreads(backend, ids), GRADIENTS: Number(call.attributes.gradients) },
  uniforms: {
    tokens: count,
    vocabulary: ids,
    start: from,
    first,
    whole: call.weight.shape[0],
    scale: scaleFor(backend, call, logits),
  },
  workgroups: groups(count),
  flops: 6 * count * ids,
});

/** A chunk of tokens over the whole vocabulary. */
function wholeVocabulary(backend: WebGpuBackend, call: Call, part: Part): void {
  const logits = logitsOf(backend, call, part);
  backend.dispatch({
    ...{ ...dispatchOf(backend, call, part, logits), entry: 'of_tokens' },
    bindings: {
      ...{ 1: updates(logits), 2: reads(call.targets), 3: reads(call.mask), 4: reads(call.maskSum) },
      5: writes(call.tokenLoss, part.count),
    },
  });
  if (call.attributes.gradients) addGradients(backend, call, part, logits);
  backend.discard(logits);
}

/** A chunk of tokens over parts of the vocabulary: their logits are computed once for the sums, once for the gradients. */
function partedVocabulary(backend: WebGpuBackend, call: Call, chunk: Part, most: number): void {
  const { targets, mask, maskSum, tokenLoss, attributes } = call;
  const soFar = backend.make([chunk.count, 4]);
  const parts: Part[] = [];
  for (let first = 0; first < chunk.ids; first += most)
    parts.push({ ...chunk, first, ids: Math.min(most, chunk.ids - first) });
  for (const part of parts) {
    const logits = logitsOf(backend, call, part);
    backend.dispatch({
      ...{ ...dispatchOf(backend, call, part), entry: 'fold' },
      bindings: { 1: reads(logits), 2: reads(targets), 5: writes(tokenLoss, part.count), 8: updates(soFar) },
    });
    backend.discard(logits);
  }
  for (const part of attributes.gradients ? parts : []) {
    const logits = logitsOf(backend, call, part);
    backend.dispatch({
      ...{
        ...dispatchOf(backend, call, part, logits),
        entry: 'of_part',
        workgroups: groups(Math.ceil((part.count * part.ids) / rowThreads(backend, part.ids))),
      },
      bindings: { 1: updates(logits), 2: reads(targets), 3: reads(mask), 4: reads(maskSum), 9: reads(soFar) },
    });
    addGradients(backend, call, part, logits);
    backend.discard(logits);
  }
  backend.discard(soFar);
}

export const webgpuCrossEntropy: GpuKernels = {
  CrossEntropy(backend, [x, weight, targets, mask], given) {
    const attributes = given as unknown as CrossEntropyAttributes;
    const { gradients, weightGradient } = attributes;
    const [tokens] = x.shape;
    const [ids] = weight.shape;
    const [loss, tokenLoss] = [backend.make([]), backend.make([tokens])];
    const none = () => backend.makeTensorInfo([0], 'float32', new Float32Array(0));
    const gradX = gradients ? backend.make(x.shape) : none();
    const gradWeight = gradients && weightGradient ? backend.make(weight.shape) : none();
    const maskSum = sumOfRows(backend, mask, 1, tokens);
    const call: Call = { x, weight, targets, mask, maskSum, tokenLoss, gradX, gradWeight, attributes };
    const { elements, fewestTokens: fewest } = crossEntropyChunks;
    const whole = Math.min(tokens, fewest) * ids <= elements;
    const chunk = Math.min(tokens, whole ? Math.max(1, Math.floor(elements / ids)) : mostTokens);
    const most = Math.max(1, Math.floor(elements / chunk));
    for (let from = 0; from < tokens; from += chunk) {
      const part: Part = { from, count: Math.min(chunk, tokens - from), first: 0, ids };
      if (whole) wholeVocabulary(backend, call, part);
      else partedVocabulary(backend, call, part, most);
    }
    backend.dispatch({
      ...{ ...dispatchOf(backend, call, { from: 0, count: tokens, first: 0, ids }), entry: 'of_all' },
      ...{ workgroups: [1, 1, 1], flops: 2 * tokens },
      bindings: { 3: reads(mask), 4: reads(maskSum), 6: reads(tokenLoss), 7: writes(loss) },
    });
    backend.discard(maskSum);
    return [loss, tokenLoss, gradX, gradWeight];
  },

  /** The saved gradients are used once: they become the result, scaled where the loss was. */
  CrossEntropyBackward(backend, [dLoss, , gradX, gradWeight]) {
    return [gradX, gradWeight].map((gradient) => {
      scaleInPlace(backend, gradient, dLoss);
      return backend.share(gradient);
    });
  },
};
