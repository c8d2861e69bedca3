import type { KernelAttributes, Kernels } from '../../devices/native/kernels/kernel.ts';
import { rowsOf, shapeOf, type LinearAttributes } from './composed.ts';

const attributesOf = (attributes: KernelAttributes) => attributes as unknown as LinearAttributes;

export const nativeLinear: Kernels = {
  Linear(backend, [x, weight, bias], attributes) {
    const { input, output, precision } = attributesOf(attributes);
    const [outWidth, inWidth] = weight.shape;
    const [batch, length] = rowsOf(x.shape, input);
    const y = backend.make(shapeOf([batch, length], outWidth, output), 'float32');
    const tensors = [backend.handle(x), backend.handle(weight), backend.handle(bias), backend.handle(y)] as const;
    backend.addon.linear(...tensors, batch * length, inWidth, outWidth, input, output, precision);
    return y;
  },

  LinearBackward(backend, [dy, x, weight], attributes) {
    const { input, output, precision } = attributesOf(attributes);
    const [outWidth, inWidth] = weight.shape;
    const [batch, length] = rowsOf(x.shape, input);
    const [dx, dWeight, dBias] = [x.shape, weight.shape, [outWidth]].map((shape) => backend.make(shape, 'float32'));
    const inputs = [backend.handle(dy), backend.handle(x), backend.handle(weight)] as const;
    const outputs = [backend.handle(dx), backend.handle(dWeight), backend.handle(dBias)] as const;
    const sizes = [batch * length, inWidth, outWidth, input, output, precision] as const;
    backend.addon.linearBackward(...inputs, ...outputs, ...sizes);
    return [dx, dWeight, dBias];
  },
};
