import { shapeSize, type Kernels } from '../../devices/native/kernels/kernel.ts';
import type { CrossEntropyAttributes } from './composed.ts';

export const nativeCrossEntropy: Kernels = {
  CrossEntropy(backend, [x, weight, targets, mask], attributes) {
    const { gradients, weightGradient, precision } = attributes as unknown as CrossEntropyAttributes;
    const [tokens, d] = x.shape;
    const [vocabulary] = weight.shape;
    const shapes = [[], [tokens], gradients ? x.shape : [0], gradients && weightGradient ? weight.shape : [0]];
    const outputs = shapes.map((shape) => backend.make(shape, 'float32'));
    const [loss, tokenLoss, dx, dWeight] = outputs;
    backend.addon.crossEntropy({
      ...backend.handles({ x, weight, targets, mask, loss, tokenLoss }),
      ...(gradients ? backend.handles({ dx }) : { dx: null }),
      ...(gradients && weightGradient ? backend.handles({ dWeight }) : { dWeight: null }),
      ...{ tokens, d, vocabulary, precision },
    });
    return outputs;
  },

  /** The saved gradients are used once: they become the result, scaled where the loss was. */
  CrossEntropyBackward(backend, [dLoss, , gradX, gradWeight]) {
    return [gradX, gradWeight].map((gradient) => {
      backend.addon.scaleInPlace({
        ...backend.handles({ x: gradient, factor: dLoss }),
        count: shapeSize(gradient.shape),
      });
      return backend.share(gradient, gradient.shape);
    });
  },
};
