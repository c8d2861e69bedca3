import * as tf from '@tensorflow/tfjs-core';
import { op } from '../../devices/tensorflow/raw-ops.ts';
import { overridesOf } from '../tensorflow-kernel.ts';

export const tensorflow = overridesOf('Embedding', {
  /** The scatter-add as TensorFlow's own, in a fixed order. */
  backward([dy], [ids, weight]) {
    const [vocabulary, width] = weight.shape as [number, number];
    const flat = [tf.reshape(dy, [ids.size, width]), tf.reshape(ids, [ids.size])];
    return [op('UnsortedSegmentSum', [...flat, tf.scalar(vocabulary, 'int32')])];
  },
});
