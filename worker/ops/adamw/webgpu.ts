import { alignment, arrange, gather, layTogether, mostElements, stretches } from '../../devices/webgpu/arena.ts';
import {
  elementGroups,
  type GpuKernels,
  reads,
  rowThreads,
  elementsOf,
  updates,
  writes,
} from '../../devices/webgpu/kernel.ts';
import { loadReducingShader } from '../../devices/webgpu/kernels/reduction.ts';
import { splitParameters, type AdamWAttributes } from './composed.ts';

const shader = loadReducingShader(import.meta.dirname, 'adamw.wgsl');

/** The most workgroups that add up squares. */
const mostGroups = 1024;

/** Of every 64 elements of tensors that are arranged beside each other, the tensor. */
function ownersOf(starts: readonly number[], elements: number): Float32Array {
  const owners = new Float32Array(elements / alignment);
  starts.forEach((start, index) => owners.fill(index, start / alignment));
  return owners;
}

/**
 * Parameters, and their moments, lie beside each other from the first step on; gradients are gathered so, seven in
 * a dispatch. The rest of a step is three dispatches (three more for each stretch that the adapter can bind at once).
 */
export const webgpuAdamW: GpuKernels = {
  AdamW(backend, inputs, attributes) {
    const settings = attributes as unknown as AdamWAttributes;
    const { learningRates, weightDecays, beta1, beta2, epsilon, step, clip } = settings;
    const { values, gradients, firsts, seconds, others } = splitParameters(inputs, settings);
    const threads = rowThreads(backend, Infinity);
    const gatherAll = (tensors: typeof inputs) =>
      stretches(tensors.map(elementsOf), mostElements(backend)).map(([first, end]) => {
        const arrangement = arrange(tensors.slice(first, end).map(elementsOf));
        const gathered = gather(backend, tensors.slice(first, end), arrangement);
        const groups = Math.min(mostGroups, Math.ceil(arrangement.elements / (8 * threads)));
        return { first, end, arrangement, gathered, groups };
      });
    const updated = gatherAll(gradients);
    const counted = others.length > 0 ? gatherAll(others) : [];
    const all = [...updated, ...counted];
    const total = all.reduce((sum, { groups }) => sum + groups, 0);
    const partial = backend.make([total]);
    const norm = backend.make([]);
    const rates = learningRates.flatMap((rate, index) => [rate / (1 - beta1 ** step), 1 - rate * weightDecays[index]]);
    const ratesTensor = backend.makeTensorInfo([rates.length], 'float32', Float32Array.from(rates));
    const shared = (count: number, offset: number, groups: number, first = 0) => ({
      ...{ shader, constants: { THREADS: threads } },
      uniforms: {
        count,
        offset,
        groups,
        first_parameter: first,
        beta1,
        beta2,
        one_less_beta1: 1 - beta1,
        one_less_beta2: 1 - beta2,
        epsilon,
        correction2: Math.sqrt(1 - beta2 ** step),
        clip: clip ?? -1,
      },
    });
    let offset = 0;
    for (const { arrangement, gathered, groups } of all) {
      backend.dispatch({
        ...{ ...shared(arrangement.elements, offset, groups), entry: 'squares', workgroups: [groups, 1, 1] },
        bindings: { 1: reads(gathered), 2: writes(partial) },
        flops: 2 * arrangement.elements,
      });
      offset += groups;
    }
    backend.dispatch({
      ...{ ...shared(total, 0, 1), entry: 'total_norm', workgroups: [1, 1, 1], flops: total },
      bindings: { 3: reads(partial), 4: writes(norm) },
    });
    for (const { first, end, arrangement, gathered } of updated) {
      const { starts, elements } = arrangement;
      const [value, m, v] = [values, firsts, seconds].map((tensors) =>
        layTogether(backend, tensors.slice(first, end), arrangement),
      );
      const owners = backend.constant(`owners ${starts.join()} ${elements}`, () => ownersOf(starts, elements));
      backend.dispatch({
        ...{ ...shared(elements, 0, 1, first), entry: 'update', workgroups: elementGroups(elements) },
        bindings: {
          ...{ 1: reads(gathered), 5: reads(norm), 6: updates(value), 7: updates(m), 8: updates(v) },
          ...{ 9: reads(owners), 10: reads(ratesTensor) },
        },
        flops: 16 * elements,
      });
    }
    backend.discard(partial, ratesTensor, ...all.map(({ gathered }) => gathered));
    return [norm];
  },
};
