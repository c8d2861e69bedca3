import * as tf from '@tensorflow/tfjs-core';
import { HyenaError } from '../../../../main/contract/errors.ts';
import { shapeSize, type Kernel, type Kernels } from './kernel.ts';

/** Products of the last two axes, the others a batch that is equal on both sides or 1 on one of them. */
const batchMatMul: Kernel = (backend, [a, b], { transposeA, transposeB }) => {
  const [k, m] = transposeA === true ? a.shape.slice(-2) : a.shape.slice(-2).reverse();
  const [n, kb] = transposeB === true ? b.shape.slice(-2) : b.shape.slice(-2).reverse();
  const [aShape, bShape] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  if (k !== kb)
    throw new HyenaError('internal', `BatchMatMul: the inner extents ${k} and ${kb} of the factors differ.`);
  const batchShape = tf.broadcast_util.assertAndGetBroadcastShape(aShape, bShape);
  const batch = shapeSize(batchShape);
  const [aBatch, bBatch] = [shapeSize(aShape), shapeSize(bShape)];
  if ((aBatch !== batch && aBatch !== 1) || (bBatch !== batch && bBatch !== 1))
    throw new HyenaError('internal', `BatchMatMul: the batches [${aShape.join()}] and [${bShape.join()}] do not fit.`);
  const y = backend.make([...batchShape, m, n], 'float32');
  if (backend.isPacked(b) && batch === 1 && transposeA !== true && transposeB === true && !backend.isPacked(a)) {
    backend.addon.weightProduct({
      ...backend.handles({ x: a, weight: b, y }),
      ...{ rows: m, inWidth: k, outWidth: n },
    });
    return y;
  }
  const plain = [a, b].map((x) => (backend.isPacked(x) ? backend.widened(x) : backend.share(x, x.shape)));
  try {
    backend.addon.matrixProduct({
      ...backend.handles({ a: plain[0], b: plain[1], y }),
      ...{ batch, m, n, k, aBatch, bBatch },
      ...{ transposeA: transposeA === true, transposeB: transposeB === true },
    });
  } finally {
    for (const tensor of plain) backend.discard(tensor);
  }
  return y;
};

export const matrices: Kernels = { BatchMatMul: batchMatMul };
