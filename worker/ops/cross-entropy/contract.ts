import type * as tf from '@tensorflow/tfjs-core';
import { checkTensor } from '../checks.ts';
import { defineOperation } from '../operation.ts';
import { composed, type CrossEntropyAttributes } from './composed.ts';

export type { CrossEntropyAttributes } from './composed.ts';

const operation = defineOperation({
  name: 'CrossEntropy',
  composed,
  visibleOutputs: 2,
  savedInputs: () => false,
  savedOutputs: (index) => index >= 2,
  differentiable: (index) => index < 2,
});

/**
 * Softmax cross entropy of the head's logits x·weightᵀ, in chunks of tokens, so that no `[T,V]` is ever held.
 * loss = Σ mask·tokenLoss / Σ mask (0 where Σ mask is 0). Only `loss` has a gradient. The forward kernel also returns
 * the gradients of the loss by x `[T,D]` and weight `[V,D]` (`[0]` where `gradients` or, of the weight, `weightGradient` is false); the backward kernel is
 * given the gradients of loss and tokenLoss (ignored) and those two, and returns them times the gradient of the loss.
 *
 * @param x `[T,D]`, the final hidden states
 * @param weight `[V,D]`, the head
 * @param targets `[T]` int32, from 0 to V - 1; devices that can see the values throw for others
 * @param mask `[T]`, weight of each token in the loss
 * @returns loss `[]`, tokenLoss `[T]` in nats
 */
export function crossEntropy(
  x: tf.Tensor,
  weight: tf.Tensor,
  targets: tf.Tensor,
  mask: tf.Tensor,
  attributes: CrossEntropyAttributes,
): { loss: tf.Tensor; tokenLoss: tf.Tensor } {
  const [tokens = null, width = null] = x.shape;
  checkTensor(operation.name, 'x', x, [null, null]);
  checkTensor(operation.name, 'weight', weight, [null, width]);
  checkTensor(operation.name, 'targets', targets, [tokens], 'int32');
  checkTensor(operation.name, 'mask', mask, [tokens]);
  const [loss, tokenLoss] = operation.run([x, weight, targets, mask], attributes);
  return { loss: loss, tokenLoss: tokenLoss };
}
