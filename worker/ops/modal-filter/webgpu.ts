import type * as tf from '@tensorflow/tfjs-core';
import type { WebGpuBackend } from '../../devices/webgpu/backend.ts';
import { elementGroups, type GpuKernels, groups, reads, rowThreads, writes } from '../../devices/webgpu/kernel.ts';
import { loadReducingShader } from '../../devices/webgpu/kernels/reduction.ts';
import type { ModalFilterAttributes } from './composed.ts';

const shader = loadReducingShader(import.meta.dirname, 'double.wgsl', 'modal-filter.wgsl');

/** Positions of a block: modal-filter.wgsl. */
const block = 64;
/** Operations of a power in two fp32 numbers, a square and at most a product for each bit of the exponent. */
const powerFlops = 200;

/** What the dispatches of a call share, and the table of powers: to be discarded. */
function prepare(backend: WebGpuBackend, poles: tf.TensorInfo, length: number) {
  const [filters, modes] = poles.shape;
  const blocks = Math.ceil(length / block);
  const dispatch = {
    shader,
    uniforms: { groups: filters, modes, length, blocks, zero: 0 },
    constants: { THREADS: rowThreads(backend, length) },
  };
  const table = backend.make([filters, modes, block + blocks, 2]);
  const entries = filters * modes * (block + blocks);
  backend.dispatch({
    ...{ ...dispatch, entry: 'raise', bindings: { 1: reads(poles), 3: writes(table) } },
    workgroups: elementGroups(entries),
    flops: entries * powerFlops * Math.ceil(Math.log2(length + 1)),
  });
  return { dispatch, table, filters, modes };
}

export const webgpuModalFilter: GpuKernels = {
  ModalFilter(backend, [poles, residues], attributes) {
    const { length } = attributes as unknown as ModalFilterAttributes;
    const { dispatch, table, filters, modes } = prepare(backend, poles, length);
    const h = backend.make([filters, length]);
    backend.dispatch({
      ...{ ...dispatch, entry: 'taps', bindings: { 2: reads(residues), 4: reads(table), 5: writes(h) } },
      workgroups: elementGroups(filters * length),
      flops: 10 * filters * length * modes,
    });
    backend.discard(table);
    return [h];
  },

  ModalFilterBackward(backend, [dh, poles, residues]) {
    const length = dh.shape[1];
    const { dispatch, table, filters, modes } = prepare(backend, poles, length);
    const [dPoles, dResidues] = [poles, residues].map(({ shape }) => backend.make(shape));
    backend.dispatch({
      ...{ ...dispatch, entry: 'mode_gradients', workgroups: groups(filters * modes) },
      bindings: { 2: reads(residues), 4: reads(table), 6: reads(dh), 7: writes(dPoles), 8: writes(dResidues) },
      flops: 15 * filters * length * modes,
    });
    backend.discard(table);
    return [dPoles, dResidues];
  },
};
