import { withFactorsOf } from '../../devices/tensorflow/matrix-products.ts';
import { overridesOf } from '../tensorflow-kernel.ts';
import { composed, type MlpAttributes } from './composed.ts';

export const tensorflow = overridesOf<MlpAttributes>('Mlp', {
  forward: (inputs, attributes) => withFactorsOf(attributes.precision, () => composed.forward(inputs, attributes)),
  backward: (gradients, saved, outputs, attributes) =>
    withFactorsOf(attributes.precision, () => composed.backward!(gradients, saved, outputs, attributes)),
});
