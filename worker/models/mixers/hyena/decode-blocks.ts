import * as tf from '@tensorflow/tfjs-core';

/** Tokens of a block: within it each earlier token acts by its tap. As `kDecodeBlock` in worker/native/kernels.h. */
export const decodeBlock = 32;

/** Columns that blocks need: a power of two, so that every tile fits. */
export const capacityFor = (tokens: number): number => 2 ** Math.ceil(Math.log2(Math.max(2 * decodeBlock, tokens)));

/** The same with as many zero columns more; the tensor is freed. */
export function doubled(tensor: tf.Tensor2D): tf.Tensor2D {
  const wider = tf.keep(
    tf.pad(tensor, [
      [0, 0],
      [0, tensor.shape[1]],
    ]),
  );
  tensor.dispose();
  return wider;
}
