import type * as tf from '@tensorflow/tfjs-core';
import type { NativeBackend } from '../../devices/native/backend.ts';
import type { Kernels } from '../../devices/native/kernels/kernel.ts';
import { wkvBackward, wkvForward, type WkvSizes } from './recurrence.ts';

const sizesOf = ({ shape: [batch, length, width] }: tf.TensorInfo): WkvSizes => ({ batch, length, width });
const valuesOf = (backend: NativeBackend, tensor: tf.TensorInfo) => backend.readSync(tensor.dataId) as Float32Array;

/** Tensors of what `compute` writes to arrays of these shapes. */
function written(
  backend: NativeBackend,
  shapes: readonly (readonly number[])[],
  compute: (arrays: Float32Array[]) => void,
): tf.TensorInfo[] {
  const arrays = shapes.map((shape) => new Float32Array(shape.reduce((all, extent) => all * extent, 1)));
  compute(arrays);
  return arrays.map((values, index) => {
    const tensor = backend.make(shapes[index], 'float32');
    backend.addon.write({ tensor: backend.handle(tensor), values });
    return tensor;
  });
}

/** The recurrence in JavaScript: a few numbers per value, where the composed form takes log2(L) passes over all of them. */
export const nativeWkv: Kernels = {
  Wkv(backend, inputs) {
    const sizes = sizesOf(inputs[0]);
    const [k, v, rate, bonus, before = null] = inputs.map((tensor) => valuesOf(backend, tensor));
    return written(backend, [inputs[0].shape, [3, sizes.batch, sizes.width]], ([y, after]) =>
      wkvForward(sizes, { k, v, rate, bonus, before, y, after }),
    );
  },
  WkvBackward(backend, inputs, { outputCount }) {
    const own = inputs.slice(Number(outputCount), Number(outputCount) + 4);
    const dy = valuesOf(backend, inputs[0]);
    const [k, v, rate, bonus] = own.map((tensor) => valuesOf(backend, tensor));
    return written(
      backend,
      own.map(({ shape }) => shape),
      ([dk, dv, dRate, dBonus]) => wkvBackward(sizesOf(inputs[0]), { k, v, rate, bonus, dy, dk, dv, dRate, dBonus }),
    );
  },
};
