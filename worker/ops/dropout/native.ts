import type { Kernel, Kernels } from '../../devices/native/kernels/kernel.ts';
import { randomKey } from '../random.ts';
import { dropoutThreshold, type DropoutAttributes } from './composed.ts';

/** The gradient is the same function of dy. */
const drop: Kernel = (backend, [x], attributes) => {
  const { rate, seed } = attributes as unknown as DropoutAttributes;
  const { first, second } = randomKey(seed);
  const y = backend.make(x.shape, 'float32');
  const keys = [first >>> 0, second >>> 0] as const;
  backend.addon.dropout(backend.handle(x), backend.handle(y), ...keys, dropoutThreshold(rate), 1 / (1 - rate));
  return [y];
};

export const nativeDropout: Kernels = { Dropout: drop, DropoutBackward: drop };
