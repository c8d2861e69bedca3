import { arrange, gather, gatherInto, mostElements, stretches } from '../../devices/webgpu/arena.ts';
import { type GpuKernels, elementsOf } from '../../devices/webgpu/kernel.ts';
import { halves } from './composed.ts';

/** The sums lie beside each other from the first time on, as AdamW wants them, and are added to where they lie. */
export const webgpuAccumulate: GpuKernels = {
  Accumulate(backend, inputs) {
    const [sums, others] = halves(inputs);
    return stretches(sums.map(elementsOf), mostElements(backend)).flatMap(([first, end]) => {
      const some = sums.slice(first, end);
      const arrangement = arrange(some.map(elementsOf));
      const whole = gather(backend, some, arrangement);
      gatherInto(backend, others.slice(first, end), whole, arrangement, true);
      const results = some.map(({ shape }, index) => backend.within(whole, arrangement.starts[index], shape));
      backend.discard(whole);
      return results;
    });
  },
};
