import {
  elementGroups,
  float,
  type GpuKernel,
  type GpuKernels,
  readsScaled,
  sizeOf,
  writes,
} from '../../devices/webgpu/kernel.ts';
import { loadShader } from '../../devices/webgpu/shader.ts';
import { randomKey } from '../random.ts';
import { dropoutThreshold, type DropoutAttributes } from './composed.ts';

const shader = loadShader(import.meta.dirname, 'dropout.wgsl');

/** The gradient is the same function of dy. */
const drop: GpuKernel = (backend, [x], attributes) => {
  const { rate, seed } = attributes as unknown as DropoutAttributes;
  const { first, second } = randomKey(seed);
  const count = sizeOf(x);
  const y = backend.makeLike(x);
  backend.dispatch({
    ...{ shader, entry: 'drop', workgroups: elementGroups(count) },
    uniforms: [count, first >>> 0, second >>> 0, dropoutThreshold(rate), float(1 / (1 - rate))],
    bindings: { 1: readsScaled(x), 2: writes(y) },
  });
  return [y];
};

export const webgpuDropout: GpuKernels = { Dropout: drop, DropoutBackward: drop };
