import { arrange, gather, gatherInto, mostElements, stretches } from '../../devices/webgpu/arena.ts';
import { type GpuKernels, sizeOf } from '../../devices/webgpu/kernel.ts';
import { halves } from './composed.ts';

/** The sums lie beside each other from the first time on, as AdamW wants them, and are added to where they lie. */
export const webgpuAccumulate: GpuKernels = {
  Accumulate(backend, inputs) {
    const [sums, others] = halves(inputs);
    return stretches(sums.map(sizeOf), mostElements(backend)).flatMap(([first, end]) => {
      const some = sums.slice(first, end);
      const arrangement = arrange(some.map(sizeOf));
      const whole = gather(backend, some, arrangement);
      gatherInto(backend, others.slice(first, end), whole, arrangement, true);
      const results = some.map(({ shape }, index) => backend.within(whole, arrangement.starts[index], shape));
      backend.discard(whole);
      return results;
    });
  },
};
