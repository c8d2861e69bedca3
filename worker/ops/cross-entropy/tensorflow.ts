import { opWithOutputs } from '../../devices/tensorflow/raw-ops.ts';
import { overridesOf } from '../tensorflow-kernel.ts';
import { forwardInChunks, type CrossEntropyAttributes } from './composed.ts';

export const tensorflow = overridesOf<CrossEntropyAttributes>('CrossEntropy', {
  /** Losses and gradients of the logits by one op of TensorFlow. */
  forward: forwardInChunks(1 << 24, (logits, labels) => {
    const [losses, slope] = opWithOutputs('SparseSoftmaxCrossEntropyWithLogits', [logits, labels], 2);
    return { losses, slope: () => slope };
  }),
});
