import { withFactorsOf } from '../../devices/tensorflow/matrix-products.ts';
import { overridesOf } from '../tensorflow-kernel.ts';
import { composed, type LinearAttributes } from './composed.ts';

export const tensorflow = overridesOf<LinearAttributes>('Linear', {
  forward: (inputs, attributes) => withFactorsOf(attributes.precision, () => composed.forward(inputs, attributes)),
  backward: (gradients, saved, outputs, attributes) =>
    withFactorsOf(attributes.precision, () => composed.backward!(gradients, saved, outputs, attributes)),
});
