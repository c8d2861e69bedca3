import type * as tf from '@tensorflow/tfjs-core';
import { type GpuKernels, groups, reads, writes } from '../../devices/webgpu/kernel.ts';
import { loadShader } from '../../devices/webgpu/shader.ts';
import { sizesOf } from './scan.ts';

const shader = loadShader(import.meta.dirname, '../modal-filter/double.wgsl', 'modal-scan.wgsl');

/** Rows of a workgroup: modal-scan.wgsl. */
const rowsOfGroup = 64;

export const webgpuModalScan: GpuKernels = {
  ModalScan(backend, inputs) {
    const [u, poles, residues, skip] = inputs;
    const before: tf.TensorInfo | undefined = inputs.at(4);
    const sizes = sizesOf(u, poles);
    const { channels, modes, batch, length } = sizes;
    const y = backend.make(u.shape);
    const after = backend.make([channels, batch, modes, 4]);
    backend.dispatch({
      ...{ shader, entry: 'scan', uniforms: { ...sizes, continued: Number(before !== undefined), zero: 0 } },
      bindings: {
        ...{ 1: reads(u), 2: reads(poles), 3: reads(residues), 4: reads(skip) },
        // What is bound must be there, also if it is not read.
        ...{ 5: reads(before ?? poles, before ? undefined : 0), 6: writes(y), 7: writes(after) },
      },
      workgroups: groups(Math.ceil((channels * batch) / rowsOfGroup)),
      flops: 100 * channels * batch * length * modes,
    });
    return [y, after];
  },
};
