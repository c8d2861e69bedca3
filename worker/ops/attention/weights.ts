import * as tf from '@tensorflow/tfjs-core';
import { defineOperation, type Attributes, type Implementation } from '../operation.ts';

/** What the queries of a block see of its keys. */
export interface WeightsAttributes extends Attributes {
  /** Queries of each head, and keys. */
  rows: number;
  columns: number;
  /** The key at the position of the first query. */
  present: number;
  /** How many positions a query sees, its own among them; null: all up to its own. */
  window: number | null;
  /** What products are multiplied by: 1/√E. */
  scale: number;
}

/** The keys that a query sees: from the first up to, without, the last. */
export function seenBy(row: number, { present, window }: WeightsAttributes): [first: number, end: number] {
  const end = present + row + 1;
  return [window === null ? 0 : Math.max(0, end - window), end];
}

function seenKeys(attributes: WeightsAttributes): tf.Tensor2D {
  const { rows, columns } = attributes;
  const seen = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const [first, end] = seenBy(row, attributes);
    seen.fill(1, row * columns + Math.min(columns, first), row * columns + end);
  }
  return tf.tensor2d(seen, [rows, columns], 'bool');
}

const composed: Implementation<WeightsAttributes> = {
  forward([products, sums], attributes) {
    const { rows, columns, scale } = attributes;
    const scaled = tf.reshape(tf.mul(products, scale), [-1, rows, columns]);
    // Chosen, not added: NaN plus minus infinity would be NaN.
    const scores = tf.where(seenKeys(attributes), scaled, -Infinity);
    if (sums) return [tf.reshape(tf.exp(tf.sub(scores, tf.expandDims(sums, 2))), products.shape)];
    const most = tf.max(scores, 2, true);
    const weights = tf.exp(tf.sub(scores, most));
    const total = tf.sum(weights, 2, true);
    return [tf.reshape(tf.div(weights, total), products.shape), tf.squeeze(tf.add(most, tf.log(total)), [2])];
  },
};

const operation = defineOperation({ name: 'AttentionWeights', composed });

/**
 * The weights of a block's queries over its keys: the softmax of the scaled products that each sees, 0 elsewhere. Nothing is
 * recorded.
 *
 * @param products q·kᵀ, `[B·G,R·rows,columns]`: those of all B·G·R query heads, one after the other
 * @returns weights of the same shape, and the logarithm of each row's sum of exponentials, `[B·G·R,rows]`
 */
export function weightsOf(products: tf.Tensor3D, attributes: WeightsAttributes): [tf.Tensor3D, tf.Tensor2D] {
  return operation.forward([products], attributes) as [tf.Tensor3D, tf.Tensor2D];
}

/** The same weights once more, where these logarithms are known. */
export function weightsAgain(products: tf.Tensor3D, sums: tf.Tensor, attributes: WeightsAttributes): tf.Tensor3D {
  return operation.forward([products, sums], attributes)[0] as tf.Tensor3D;
}
