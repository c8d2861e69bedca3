import type * as tf from '@tensorflow/tfjs-core';
import { wasmKernel } from '../../devices/wasm-heap.ts';
import type { Attributes, Overrides } from '../operation.ts';
import { scan, sizesOf } from './scan.ts';

export const portable: Overrides = {
  ModalScan: wasmKernel<Attributes>((tensors, _attributes, heap) => {
    const sizes = sizesOf(tensors[0], tensors[1]);
    const { channels, batch, length, modes } = sizes;
    const outputs = [heap.output([channels, batch, length]), heap.output([channels, batch, modes, 4])];
    const arrays = [...tensors, ...outputs].map((tensor: tf.TensorInfo) => heap.floats(tensor));
    const [u, poles, residues, skip] = arrays;
    const [y, after] = arrays.slice(-2);
    scan(sizes, { u, poles, residues, skip, before: tensors.length > 4 ? arrays[4] : null, y, after });
    return outputs;
  }),
};
