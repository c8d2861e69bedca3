import type * as tf from '@tensorflow/tfjs-core';
import { checkTensor } from '../checks.ts';
import { defineOperation } from '../operation.ts';
import { composed } from './composed.ts';

const operation = defineOperation({ name: 'Embedding', composed, differentiable: (index) => index === 1 });

/**
 * Rows of a table: y[b,i] = weight[ids[b,i]]. The gradient is a scatter-add in a fixed order, so that runs repeat.
 *
 * @param ids `[B,L]` int32, from 0 to V - 1; devices that can see the values throw for others
 * @param weight `[V,D]`
 * @returns `[B,L,D]`
 */
export function embedding(ids: tf.Tensor, weight: tf.Tensor): tf.Tensor {
  checkTensor(operation.name, 'ids', ids, [null, null], 'int32');
  checkTensor(operation.name, 'weight', weight, [null, null]);
  return operation.run([ids, weight], {})[0];
}
