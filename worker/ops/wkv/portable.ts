import { wasmKernel } from '../../devices/wasm-heap.ts';
import type { Attributes, Overrides } from '../operation.ts';
import { wkvBackward, wkvForward, wkvSizes } from './recurrence.ts';

export const portable: Overrides = {
  Wkv: wasmKernel<Attributes>((tensors, _attributes, heap) => {
    const sizes = wkvSizes(tensors[0]);
    const outputs = [heap.output(tensors[0].shape), heap.output([3, sizes.batch, sizes.width])];
    const [k, v, rate, bonus, before = null] = tensors.map((tensor) => heap.floats(tensor));
    const [y, after] = outputs.map((tensor) => heap.floats(tensor));
    wkvForward(sizes, { k, v, rate, bonus, before, y, after });
    return outputs;
  }),
  WkvBackward: wasmKernel<Attributes>((tensors, { outputCount }, heap) => {
    const [dy] = tensors;
    const inputs = tensors.slice(Number(outputCount), Number(outputCount) + 4);
    const outputs = inputs.map(({ shape }) => heap.output(shape));
    const [k, v, rate, bonus] = inputs.map((tensor) => heap.floats(tensor));
    const [dk, dv, dRate, dBonus] = outputs.map((tensor) => heap.floats(tensor));
    wkvBackward(wkvSizes(dy), { k, v, rate, bonus, dy: heap.floats(dy), dk, dv, dRate, dBonus });
    return outputs;
  }),
};
