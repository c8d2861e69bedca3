import type { KernelAttributes, Kernels } from '../../devices/native/kernels/kernel.ts';
import { wantedGradients } from '../native-gradients.ts';
import { toRows, shapeOf, type LinearAttributes } from './composed.ts';

const attributesOf = (attributes: KernelAttributes) => attributes as unknown as LinearAttributes;

export const nativeLinear: Kernels = {
  Linear(backend, [x, weight, bias], attributes) {
    const { input, output, precision } = attributesOf(attributes);
    const [outWidth, inWidth] = weight.shape;
    const [batch, length] = toRows(x.shape, input);
    const y = backend.make(shapeOf([batch, length], outWidth, output), 'float32');
    const sizes = { rows: batch * length, inWidth, outWidth, input, output, precision };
    backend.addon.linear({ ...backend.handles({ x, weight, bias, y }), ...sizes });
    return y;
  },

  LinearBackward(backend, [dy, x, weight], attributes) {
    const { input, output, precision } = attributesOf(attributes);
    const [outWidth, inWidth] = weight.shape;
    const [batch, length] = toRows(x.shape, input);
    const { gradients, handles } = wantedGradients(backend, attributes, {
      ...{ dx: x.shape, dWeight: weight.shape, dBias: [outWidth] },
    });
    const sizes = { rows: batch * length, inWidth, outWidth, input, output, precision };
    backend.addon.linearBackward({ ...backend.handles({ dy, x, weight }), ...handles, ...sizes });
    return gradients;
  },
};
