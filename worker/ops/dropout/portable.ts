import type * as tf from '@tensorflow/tfjs-core';
import { sizeOf, wasmKernel } from '../../devices/wasm-heap.ts';
import type { Overrides } from '../operation.ts';
import { randomBits, randomKey } from '../../../main/contract/logic/random.ts';
import { dropoutThreshold, type DropoutAttributes } from './composed.ts';

const drop = (): tf.KernelFunc =>
  wasmKernel<DropoutAttributes>(([x], { rate, seed }, heap) => {
    const y = heap.output(x.shape);
    const from = heap.floats(x);
    const to = heap.floats(y);
    const key = randomKey(seed);
    const threshold = dropoutThreshold(rate);
    const scale = Math.fround(1 / (1 - rate));
    const count = sizeOf(x);
    for (let i = 0; i < count; i++) to[i] = randomBits(key, i) >>> 8 >= threshold ? from[i] * scale : from[i] * 0;
    return [y];
  });

export const portable: Overrides = { Dropout: drop(), DropoutBackward: drop() };
