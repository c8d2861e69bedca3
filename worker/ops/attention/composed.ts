import * as tf from '@tensorflow/tfjs-core';
import type { Precision } from '../../devices/device.ts';
import type { Attributes, Implementation } from '../operation.ts';
import { weightsAgain, weightsOf, type WeightsAttributes } from './weights.ts';

export interface AttentionAttributes extends Attributes {
  /** Query heads. */
  heads: number;
  /** Key and value heads; a divisor of `heads`. */
  kvHeads: number;
  /** How many positions a query sees, its own among them; null: all up to its own. */
  window: number | null;
  precision: Precision;
}

/** Sizes of a call, by the names of the contract. */
export function sizesOf(q: tf.TensorInfo, k: tf.TensorInfo, { heads, kvHeads, window }: AttentionAttributes) {
  const [batch, queries, width] = q.shape;
  const keys = k.shape[1];
  return { batch, queries, keys, heads, kvHeads, headDim: width / heads, window, offset: keys - queries };
}
type Sizes = ReturnType<typeof sizesOf>;

/** Scores that are held at a time. */
const mostScores = 2 ** 22;

/** Queries of one block, and the keys that any of them sees. */
interface Block {
  first: number;
  end: number;
  keysFirst: number;
  keysEnd: number;
}

/** Cuts the queries so that the scores of one block stay bounded: memory then grows with the length, not its square. */
function blocksOf({ batch, heads, queries, keys, window, offset }: Sizes): Block[] {
  const size = Math.max(1, Math.floor(mostScores / (batch * heads * keys)));
  return Array.from({ length: Math.ceil(queries / size) }, (_, index) => {
    const first = index * size;
    const end = Math.min(queries, first + size);
    const keysFirst = window === null ? 0 : Math.max(0, offset + first - window + 1);
    return { first, end, keysFirst, keysEnd: offset + end };
  });
}

/** `[B,L,H·E]` to `[B·G,R·L,E]`, where R of the H heads share each of the G kv heads. */
function byHeads(x: tf.Tensor, sizes: Sizes, shared: number): tf.Tensor3D {
  const { batch, kvHeads, headDim } = sizes;
  const length = x.shape[1]!;
  const split = tf.reshape(x, [batch, length, kvHeads, shared, headDim]);
  return tf.reshape(tf.transpose(split, [0, 2, 3, 1, 4]), [batch * kvHeads, shared * length, headDim]);
}

/** The way back, of the queries of a block or of all keys. */
function byTokens(x: tf.Tensor, sizes: Sizes, shared: number): tf.Tensor3D {
  const { batch, kvHeads, headDim } = sizes;
  const length = x.shape[1]! / shared;
  const split = tf.reshape(x, [batch, kvHeads, shared, length, headDim]);
  return tf.reshape(tf.transpose(split, [0, 3, 1, 2, 4]), [batch, length, kvHeads * shared * headDim]);
}

const rowsOf = (x: tf.Tensor, first: number, end: number) =>
  tf.slice(x, [0, first, 0], [x.shape[0], end - first, x.shape[2]!]);

/** Of the queries of a block, for `weights.ts`. */
const seenIn = ({ first, end, keysFirst, keysEnd }: Block, { offset, window, headDim }: Sizes): WeightsAttributes => ({
  ...{ rows: end - first, columns: keysEnd - keysFirst, present: offset + first - keysFirst },
  ...{ window, scale: 1 / Math.sqrt(headDim) },
});

function forwardBlock(q: tf.Tensor, kByHead: tf.Tensor, vByHead: tf.Tensor, block: Block, sizes: Sizes) {
  const { batch, heads, kvHeads } = sizes;
  const shared = heads / kvHeads;
  const [k, v] = [kByHead, vByHead].map((x) => rowsOf(x, block.keysFirst, block.keysEnd) as tf.Tensor3D);
  const ofQueries = byHeads(rowsOf(q, block.first, block.end), sizes, shared);
  const [weights, sums] = weightsOf(tf.matMul(ofQueries, k, false, true), seenIn(block, sizes));
  const y = byTokens(tf.matMul(weights, v), sizes, shared);
  return [y, tf.reshape(sums, [batch, heads, block.end - block.first])];
}

/** Gradients of the queries of a block, and what it adds to those of keys and values, all by heads. */
function backwardBlock(
  [dy, q, y, sums]: tf.Tensor[],
  kByHead: tf.Tensor,
  vByHead: tf.Tensor,
  block: Block,
  sizes: Sizes,
): tf.Tensor[] {
  const { batch, heads, kvHeads, keys, headDim } = sizes;
  const shared = heads / kvHeads;
  const count = block.end - block.first;
  const part = (x: tf.Tensor) => byHeads(rowsOf(x, block.first, block.end), sizes, shared);
  const [k, v] = [kByHead, vByHead].map((x) => rowsOf(x, block.keysFirst, block.keysEnd) as tf.Tensor3D);
  const [dyOf, qOf] = [part(dy), part(q)];
  const sumsOf = tf.reshape(tf.slice(sums, [0, 0, block.first], [batch, heads, count]), [batch * heads, count]);
  const weights = weightsAgain(tf.matMul(qOf, k, false, true), sumsOf, seenIn(block, sizes));
  const delta = tf.sum(tf.mul(dyOf, part(y)), 2, true);
  const gradients = tf.mul<tf.Tensor3D>(
    tf.mul(weights, tf.sub(tf.matMul(dyOf, v, false, true), delta)),
    1 / Math.sqrt(headDim),
  );
  const ofAllKeys = (x: tf.Tensor) =>
    tf.pad(x, [
      [0, 0],
      [block.keysFirst, keys - block.keysEnd],
      [0, 0],
    ]);
  return [
    byTokens(tf.matMul(gradients, k), sizes, shared),
    ofAllKeys(tf.matMul(gradients, qOf, true, false)),
    ofAllKeys(tf.matMul(weights, dyOf, true, false)),
  ];
}

export const composed: Implementation<AttentionAttributes> = {
  forward([q, k, v], attributes) {
    const sizes = sizesOf(q, k, attributes);
    const [kByHead, vByHead] = [k, v].map((x) => byHeads(x, sizes, 1));
    const parts = blocksOf(sizes).map((block) => tf.tidy(() => forwardBlock(q, kByHead, vByHead, block, sizes)));
    return [
      tf.concat(
        parts.map(([y]) => y),
        1,
      ),
      tf.concat(
        parts.map(([, sums]) => sums),
        2,
      ),
    ];
  },

  backward([dy], [q, k, v], [y, sums], attributes) {
    const sizes = sizesOf(q, k, attributes);
    const [kByHead, vByHead] = [k, v].map((x) => byHeads(x, sizes, 1));
    let [dk, dv] = [kByHead, vByHead].map((x): tf.Tensor => tf.zerosLike(x));
    const dq = blocksOf(sizes).map((block) => {
      const before = [dk, dv];
      const [ofQueries, ...sum] = tf.tidy(() => {
        const [first, ...rest] = backwardBlock([dy, q, y, sums], kByHead, vByHead, block, sizes);
        return [first, ...rest.map((part, index) => tf.add(before[index], part))];
      });
      tf.dispose(before);
      [dk, dv] = sum;
      return ofQueries;
    });
    return [tf.concat(dq, 1), byTokens(dk, sizes, 1), byTokens(dv, sizes, 1)];
  },
};
