import * as tf from '@tensorflow/tfjs-core';
import { HyenaError } from '../../../../main/contract/errors.ts';
import { sizeOf, type Kernel, type Kernels } from './kernel.ts';

/** Products of the last two axes, the others a batch that is equal on both sides or 1 on one of them. */
const batchMatMul: Kernel = (backend, [a, b], { transposeA, transposeB }) => {
  const [k, m] = transposeA === true ? a.shape.slice(-2) : a.shape.slice(-2).reverse();
  const [n, kb] = transposeB === true ? b.shape.slice(-2) : b.shape.slice(-2).reverse();
  const [aBatch, bBatch] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  if (k !== kb)
    throw new HyenaError('internal', `BatchMatMul: the inner extents ${k} and ${kb} of the factors differ.`);
  const batchShape = tf.broadcast_util.assertAndGetBroadcastShape(aBatch, bBatch);
  const batch = sizeOf(batchShape);
  const [aCount, bCount] = [sizeOf(aBatch), sizeOf(bBatch)];
  if ((aCount !== batch && aCount !== 1) || (bCount !== batch && bCount !== 1))
    throw new HyenaError('internal', `BatchMatMul: the batches [${aBatch.join()}] and [${bBatch.join()}] do not fit.`);
  const y = backend.make([...batchShape, m, n], 'float32');
  backend.addon.matrixProduct(
    ...([backend.handle(a), backend.handle(b), backend.handle(y), batch, m, n, k] as const),
    ...([transposeA === true, transposeB === true, aCount === batch ? 1 : 0, bCount === batch ? 1 : 0] as const),
  );
  return y;
};

export const matrices: Kernels = { BatchMatMul: batchMatMul };
