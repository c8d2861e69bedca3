import { withFactorsOf } from '../../devices/tensorflow/matrix-products.ts';
import { opWithOutputs } from '../../devices/tensorflow/raw-ops.ts';
import { overridesOf } from '../tensorflow-kernel.ts';
import { forwardInChunks, type CrossEntropyAttributes } from './composed.ts';

/** Losses and gradients of the logits by one op of TensorFlow. */
const inChunks = forwardInChunks(1 << 24, (logits, labels) => {
  const [losses, slope] = opWithOutputs('SparseSoftmaxCrossEntropyWithLogits', [logits, labels], 2);
  return { losses, slope: () => slope };
});

export const tensorflow = overridesOf<CrossEntropyAttributes>('CrossEntropy', {
  forward: (inputs, attributes) => withFactorsOf(attributes.precision, () => inChunks(inputs, attributes)),
});
