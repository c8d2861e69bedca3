import * as tf from '@tensorflow/tfjs-core';
import {
  backwardKernelName,
  splitBackwardInputs,
  type Attributes,
  type BackwardAttributes,
  type Implementation,
  type Overrides,
} from './operation.ts';

/** An implementation in tensors of the engine as kernels, each within a tidy scope. */
export function overridesOf<A extends Attributes>(name: string, implementation: Partial<Implementation<A>>): Overrides {
  const { forward, backward } = implementation;
  const overrides: Overrides = {};
  if (forward)
    overrides[name] = ({ inputs, attrs }) =>
      tf.tidy(() => forward(Object.values(inputs) as tf.Tensor[], attrs as unknown as A));
  if (backward)
    overrides[backwardKernelName(name)] = ({ inputs, attrs }) => {
      const attributes = attrs as unknown as A & BackwardAttributes;
      const [gradients, saved, outputs] = splitBackwardInputs(Object.values(inputs) as tf.Tensor[], attributes);
      return tf.tidy(() => backward(gradients, saved, outputs, attributes));
    };
  return overrides;
}
