import { shapeSize, type Kernel, type Kernels } from '../../devices/native/kernels/kernel.ts';
import { randomKey } from '../../../main/contract/logic/random.ts';
import { dropoutThreshold, type DropoutAttributes } from './composed.ts';

/** The gradient is the same function of dy. */
const drop: Kernel = (backend, [x], attributes) => {
  const { rate, seed } = attributes as unknown as DropoutAttributes;
  const { first, second } = randomKey(seed);
  const y = backend.make(x.shape, 'float32');
  backend.addon.dropout({
    ...backend.handles({ x, y }),
    count: shapeSize(x.shape),
    firstKey: first >>> 0,
    secondKey: second >>> 0,
    threshold: dropoutThreshold(rate),
    scale: 1 / (1 - rate),
  });
  return [y];
};

export const nativeDropout: Kernels = { Dropout: drop, DropoutBackward: drop };
