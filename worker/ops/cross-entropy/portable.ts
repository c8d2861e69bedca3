import type * as tf from '@tensorflow/tfjs-core';
import { wasmKernel } from '../../devices/wasm-heap.ts';
import { product, productWithParameter, transposeMatrix } from '../../devices/wasm-products.ts';
import { checkThat } from '../checks.ts';
import { exponential } from '../exponential.ts';
import type { Overrides } from '../operation.ts';
import type { CrossEntropyAttributes } from './composed.ts';

/** The logits of a chunk of tokens have at most this many elements. */
const chunkElements = 1 << 20;

/** The nll of one row of logits; turns them into share·(softmax - onehot) where `share` is given. */
function rowLoss(
  logits: Float32Array,
  start: number,
  vocabulary: number,
  target: number,
  share: number | null,
): number {
  const end = start + vocabulary;
  let highest = -Infinity;
  // Not Math.max: a NaN must survive.
  for (let i = start; i < end; i++) if (!(logits[i] <= highest)) highest = logits[i];
  let sum = 0;
  const expected = logits[start + target];
  for (let i = start; i < end; i++) {
    const weight = exponential(logits[i] - highest);
    logits[i] = weight;
    sum += weight;
  }
  if (share !== null) {
    const scale = share / sum;
    for (let i = start; i < end; i++) logits[i] *= scale;
    logits[start + target] -= share;
  }
  return highest + Math.log(sum) - expected;
}

export const portable: Overrides = {
  CrossEntropy: wasmKernel<CrossEntropyAttributes>(
    ([x, weight, targets, mask], { gradients, weightGradient }, heap) => {
      const [tokens, width] = x.shape;
      const [vocabulary] = weight.shape;
      const chunk = Math.min(tokens, Math.max(1, Math.floor(chunkElements / vocabulary)));
      const loss = heap.output([]);
      const tokenLoss = heap.output([tokens]);
      const gradX = heap.output(gradients ? [tokens, width] : [0]);
      const gradWeight = heap.output(gradients && weightGradient ? [vocabulary, width] : [0]);
      heap.floats(gradWeight).fill(0);
      const total = heap.floats(mask).reduce((sum, value) => sum + value, 0);
      const head = transposeMatrix(heap, weight, vocabulary, width);
      let weighted = 0;
      for (let from = 0; from < tokens; from += chunk) {
        const count = Math.min(chunk, tokens - from);
        const rows = heap.output([count, width]);
        heap.floats(rows).set(heap.floats(x).subarray(from * width, (from + count) * width));
        const logits = product(heap, rows, head, count, width, vocabulary);
        const values = heap.floats(logits);
        const losses = heap.floats(tokenLoss);
        const weights = heap.floats(mask);
        const expected = heap.integers(targets);
        for (let row = 0; row < count; row++) {
          const token = from + row;
          const target = expected[token];
          checkThat(
            'CrossEntropy',
            target >= 0 && target < vocabulary,
            () => `target ${target} is not below ${vocabulary}`,
          );
          const share = total === 0 ? 0 : weights[token] / total;
          losses[token] = rowLoss(values, row * vocabulary, vocabulary, target, gradients ? share : null);
          if (share !== 0) weighted += share * losses[token];
        }
        if (gradients) {
          const dRows = productWithParameter(heap, logits, weight, count, vocabulary, width);
          heap.floats(gradX).set(heap.floats(dRows), from * width);
          heap.release(dRows);
        }
        if (gradients && weightGradient) {
          const turned = transposeMatrix(heap, logits, count, vocabulary);
          const dWeight = product(heap, turned, rows, vocabulary, count, width);
          const sums = heap.floats(gradWeight);
          heap.floats(dWeight).forEach((value, index) => (sums[index] += value));
          for (const temporary of [turned, dWeight]) heap.release(temporary);
        }
        heap.release(rows);
        heap.release(logits);
      }
      heap.release(head);
      heap.floats(loss)[0] = weighted;
      return [loss, tokenLoss, gradX, gradWeight];
    },
  ),

  CrossEntropyBackward: wasmKernel(([dLoss, , gradX, gradWeight], _attributes, heap) => {
    const scaled = (tensor: tf.TensorInfo): tf.TensorInfo => {
      const result = heap.output(tensor.shape);
      const factor = heap.floats(dLoss)[0];
      const from = heap.floats(tensor);
      const to = heap.floats(result);
      for (let i = 0; i < from.length; i++) to[i] = factor * from[i];
      return result;
    };
    return [scaled(gradX), scaled(gradWeight)];
  }),
};
