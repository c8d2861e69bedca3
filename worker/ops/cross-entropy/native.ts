import type { Kernels } from '../../devices/native/kernels/kernel.ts';
import type { CrossEntropyAttributes } from './composed.ts';

export const nativeCrossEntropy: Kernels = {
  CrossEntropy(backend, [x, weight, targets, mask], attributes) {
    const { gradients, precision } = attributes as unknown as CrossEntropyAttributes;
    const [tokens, d] = x.shape;
    const [vocabulary] = weight.shape;
    const shapes = [[], [tokens], gradients ? x.shape : [0], gradients ? weight.shape : [0]];
    const outputs = shapes.map((shape) => backend.make(shape, 'float32'));
    const [loss, tokenLoss, gradX, gradWeight] = outputs.map((tensor) => backend.handle(tensor));
    backend.addon.crossEntropy(
      ...([backend.handle(x), backend.handle(weight), backend.handle(targets), backend.handle(mask)] as const),
      ...([loss, tokenLoss, gradients ? gradX : null, gradients ? gradWeight : null] as const),
      ...([tokens, d, vocabulary, precision] as const),
    );
    return outputs;
  },

  /** The saved gradients are used once: they become the result, scaled where the loss was. */
  CrossEntropyBackward(backend, [dLoss, , gradX, gradWeight]) {
    return [gradX, gradWeight].map((gradient) => {
      backend.addon.scaleInPlace(backend.handle(gradient), backend.handle(dLoss));
      return backend.share(gradient, gradient.shape);
    });
  },
};
