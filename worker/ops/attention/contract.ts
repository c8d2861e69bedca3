import type * as tf from '@tensorflow/tfjs-core';
import { checkTensor, checkThat } from '../checks.ts';
import { defineOperation } from '../operation.ts';
import { composed, type AttentionAttributes } from './composed.ts';

const operation = defineOperation({ name: 'Attention', composed, savedOutputs: () => true });

/**
 * Causal attention of several heads: y = softmax(q·kᵀ/√E)·v for each head, where a query sees its own position and those
 * before it, or the last `window` of these. The queries belong to the last Lq of the Lk positions: Lq = Lk in training,
 * Lq < Lk where keys and values of earlier positions were kept. Query heads h·H/G to (h+1)·H/G-1 share kv head h (grouped
 * queries, arXiv 2305.13245).
 *
 * Devices compute it by blocks with an online softmax (FlashAttention, arXiv 2205.14135, algorithms 1 and 4): memory
 * grows with the length, not with its square. The backward kernel is given dy, q, k, v, y and the logarithm of each row's
 * sum of exponentials `[B,H,Lq]`, and returns the gradients of q, k, v.
 *
 * @param q `[B,Lq,H·E]`, heads side by side, as a projection writes them
 * @param k `[B,Lk,G·E]`
 * @param v `[B,Lk,G·E]`
 * @param attributes `heads` H, `kvHeads` G, `window`, and the precision of the products
 * @returns `[B,Lq,H·E]`
 * @throws HyenaError `internal` where sizes do not fit, Lq is more than Lk, or the window is not at least 1
 */
export function attention(q: tf.Tensor, k: tf.Tensor, v: tf.Tensor, attributes: AttentionAttributes): tf.Tensor {
  const { name } = operation;
  const { heads, kvHeads, window } = attributes;
  const [batch = null, queries = 0, width = 0] = q.shape;
  const keys = k.shape[1] ?? 0;
  checkThat(name, heads >= 1 && width % heads === 0, () => `${width} channels do not divide into ${heads} heads`);
  checkThat(name, kvHeads >= 1 && heads % kvHeads === 0, () => `${heads} heads do not share ${kvHeads} kv heads`);
  const isWindow = window === null || (Number.isInteger(window) && window >= 1);
  checkThat(name, isWindow, () => `invalid window of ${window} positions`);
  checkTensor(name, 'q', q, [batch, null, null]);
  checkTensor(name, 'k', k, [batch, null, (width / heads) * kvHeads]);
  checkTensor(name, 'v', v, k.shape);
  checkThat(name, queries <= keys, () => `${queries} queries cannot be the last of ${keys} positions`);
  return operation.run([q, k, v], attributes)[0];
}
