import type * as tf from '@tensorflow/tfjs-core';
import type { Kernels } from '../../devices/native/kernels/kernel.ts';
import { sizesOf } from './scan.ts';

export const nativeModalScan: Kernels = {
  ModalScan(backend, inputs) {
    const [u, poles, residues, skip, before] = inputs as [...Four, tf.TensorInfo?];
    const sizes = sizesOf(u, poles);
    const y = backend.make(u.shape, 'float32');
    const after = backend.make([sizes.channels, sizes.batch, sizes.modes, 4], 'float32');
    backend.addon.modalScan({
      ...backend.handles({ u, poles, residues, skip, y, after }),
      before: before ? backend.handle(before) : null,
      ...sizes,
    });
    return [y, after];
  },
};

type Four = [tf.TensorInfo, tf.TensorInfo, tf.TensorInfo, tf.TensorInfo];
