import { elementGroups, float, type GpuKernels, reads, sizeOf, updates, writes } from '../../devices/webgpu/kernel.ts';
import { loadReducingShader } from '../../devices/webgpu/kernels/reduction.ts';
import { quarters, type AdamWAttributes } from './composed.ts';

const shader = loadReducingShader(import.meta.dirname, 'adamw.wgsl');

/** Threads that add up squares, and the most workgroups of them for one gradient. */
const threads = 256;
const mostGroups = 64;

export const webgpuAdamW: GpuKernels = {
  AdamW(backend, inputs, attributes) {
    const { learningRates, weightDecays, beta1, beta2, epsilon, step, clip } = attributes as unknown as AdamWAttributes;
    const [values, gradients, firsts, seconds] = quarters(inputs);
    const groupsOf = gradients.map((each) => Math.min(mostGroups, Math.ceil(sizeOf(each) / (4 * threads))));
    const total = groupsOf.reduce((sum, count) => sum + count, 0);
    const partial = backend.make([total]);
    const norm = backend.make([]);
    const uniforms = (count: number, offset: number, groups: number, rate = 0, decay = 0) => [
      ...[count, offset, groups, float(rate / (1 - beta1 ** step)), float(1 - rate * decay), float(beta1)],
      ...[float(beta2), float(1 - beta1), float(1 - beta2), float(epsilon), float(Math.sqrt(1 - beta2 ** step))],
      float(clip ?? -1),
    ];
    let offset = 0;
    gradients.forEach((gradient, index) => {
      const count = sizeOf(gradient);
      backend.dispatch({
        ...{ shader, entry: 'squares', constants: { THREADS: threads }, workgroups: [groupsOf[index], 1, 1] },
        uniforms: uniforms(count, offset, groupsOf[index]),
        bindings: { 1: reads(gradient), 2: writes(partial) },
        flops: 2 * count,
      });
      offset += groupsOf[index];
    });
    backend.dispatch({
      ...{ shader, entry: 'total_norm', constants: { THREADS: threads }, workgroups: [1, 1, 1] },
      uniforms: uniforms(total, 0, 1),
      bindings: { 3: reads(partial), 4: writes(norm) },
      flops: total,
    });
    values.forEach((value, index) => {
      const count = sizeOf(value);
      backend.dispatch({
        ...{ shader, entry: 'update', constants: { THREADS: threads }, workgroups: elementGroups(count) },
        uniforms: uniforms(count, 0, 1, learningRates[index], weightDecays[index]),
        bindings: {
          ...{ 1: reads(gradients[index]), 5: reads(norm), 6: updates(value) },
          ...{ 7: updates(firsts[index]), 8: updates(seconds[index]) },
        },
        flops: 16 * count,
      });
    });
    backend.discard(partial);
    return [norm];
  },
};
