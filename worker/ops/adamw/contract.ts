import type * as tf from '@tensorflow/tfjs-core';
import { checkTensor, checkThat } from '../checks.ts';
import { defineOperation } from '../operation.ts';
import { composed, type AdamWAttributes } from './composed.ts';

export type { AdamWAttributes } from './composed.ts';

const operation = defineOperation({ name: 'AdamW', composed });

export interface AdamWParameter {
  value: tf.Variable;
  gradient: tf.Tensor;
  first: tf.Variable;
  second: tf.Variable;
  learningRate: number;
  weightDecay: number;
}

/**
 * One step of AdamW (arXiv 1711.05101, as in PyTorch: decoupled decay, bias correction by `step`) on all parameters,
 * in place, after clipping by the norm of all gradients together (factor min(1, clip / (norm + 1e-6))). A norm that is
 * not finite changes nothing. A learning rate of 0 leaves a parameter as it is; its moments still move.
 *
 * @param others gradients of parameters that are updated in another way: they only count in the norm
 * @returns the norm of all gradients before clipping, `[]`
 */
export function adamW(
  parameters: readonly AdamWParameter[],
  attributes: Omit<AdamWAttributes, 'learningRates' | 'weightDecays'>,
  others: readonly tf.Tensor[] = [],
): tf.Tensor {
  const { name } = operation;
  checkThat(name, parameters.length > 0, () => 'there are no parameters');
  parameters.forEach(({ value, gradient, first, second }, index) => {
    checkTensor(name, `parameter ${index}`, value, value.shape);
    checkTensor(name, `gradient ${index}`, gradient, value.shape);
    checkTensor(name, `first moment ${index}`, first, value.shape);
    checkTensor(name, `second moment ${index}`, second, value.shape);
  });
  const inputs = [
    ...parameters.map(({ value }) => value),
    ...parameters.map(({ gradient }) => gradient),
    ...parameters.map(({ first }) => first),
    ...parameters.map(({ second }) => second),
    ...others,
  ];
  return operation.run(inputs, {
    ...attributes,
    learningRates: parameters.map(({ learningRate }) => learningRate),
    weightDecays: parameters.map(({ weightDecay }) => weightDecay),
  } as AdamWAttributes)[0];
}
