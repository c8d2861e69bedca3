import {
  elementGroups,
  type GpuKernel,
  type GpuKernels,
  readsScaled,
  elementsOf,
  writes,
} from '../../devices/webgpu/kernel.ts';
import { loadShader } from '../../devices/webgpu/shader.ts';
import { randomKey } from '../../../main/contract/logic/random.ts';
import { dropoutThreshold, type DropoutAttributes } from './composed.ts';

const shader = loadShader(import.meta.dirname, 'dropout.wgsl');

/** The gradient is the same function of dy. */
const drop: GpuKernel = (backend, [x], attributes) => {
  const { rate, seed } = attributes as unknown as DropoutAttributes;
  const { first, second } = randomKey(seed);
  const count = elementsOf(x);
  const y = backend.makeLike(x);
  backend.dispatch({
    ...{ shader, entry: 'drop', workgroups: elementGroups(count) },
    uniforms: {
      count,
      first: first >>> 0,
      second: second >>> 0,
      threshold: dropoutThreshold(rate),
      scale: 1 / (1 - rate),
    },
    bindings: { 1: readsScaled(x), 2: writes(y) },
  });
  return [y];
};

export const webgpuDropout: GpuKernels = { Dropout: drop, DropoutBackward: drop };
