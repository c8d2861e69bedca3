import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { WebGpuBackend } from '../../../../worker/devices/webgpu/backend.ts';
import { countWork } from '../../../../worker/devices/webgpu/counts.ts';
import { accumulate, adamW, crossEntropy, type AdamWParameter } from '../../../../worker/ops/index.ts';
import { openNullAdapter } from './null-adapter.ts';

let backend: WebGpuBackend;

beforeAll(async () => void (backend = await openNullAdapter()));

const dispatchesOf = async (work: () => void) => {
  const { kernels } = await countWork(backend, () => Promise.resolve(work()));
  return Object.fromEntries(kernels.map(({ kernel, dispatches }) => [kernel, dispatches]));
};

describe('what is recorded on a GPU', () => {
  it('for the cross entropy of 50,257 tokens in the vocabulary: never more than 64 MiB of logits', async () => {
    const [tokens, width, vocabulary] = [1000, 4, 50257];
    let largest = 0;
    const make = backend.make.bind(backend);
    backend.make = (shape, dtype) => {
      largest = Math.max(largest, tf.util.sizeFromShape([...shape]));
      return make(shape, dtype);
    };
    const [x, weight] = [tf.zeros([tokens, width]), tf.zeros([vocabulary, width])];
    const dispatches = await dispatchesOf(() => {
      const options = { gradients: true, weightGradient: true, precision: 'fp32' as const };
      tf.dispose(Object.values(crossEntropy(x, weight, tf.zeros([tokens], 'int32'), tf.ones([tokens]), options)));
    });
    backend.make = make;
    expect(largest).toBeLessThanOrEqual(1 << 24);
    expect(dispatches).toMatchObject({ 'cross-entropy.fold': 3, 'cross-entropy.of_part': 3 });
  });

  it('for AdamW of many parameters: three dispatches and their gathering, nothing moved after the first step', async () => {
    const variables = () => Array.from({ length: 40 }, (_, index) => tf.variable(tf.zeros([index + 1])));
    const [values, gradients, firsts, seconds] = [variables(), variables(), variables(), variables()];
    const parameters: AdamWParameter[] = values.map((value, index) => ({
      ...{ value, gradient: gradients[index], first: firsts[index], second: seconds[index] },
      ...{ learningRate: 0.1, weightDecay: 0 },
    }));
    const step = (number: number) =>
      dispatchesOf(() => {
        adamW(parameters, { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, step: number, clip: 1 }).dispose();
      });
    const once = { 'adamw.squares': 1, 'adamw.total_norm': 1, 'adamw.update': 1 };
    expect(await step(1)).toEqual({ ...once, 'gather.gather': 6, copy: 120 });
    expect(await step(2)).toEqual({ ...once, 'gather.gather': 6 });

    // Gradients of several batches are gathered with the first addition, and then not again.
    const add = () => {
      const sums = accumulate(
        parameters.map(({ gradient }) => gradient),
        values,
      );
      parameters.forEach((parameter, index) => {
        parameter.gradient.dispose();
        parameter.gradient = sums[index];
      });
    };
    expect(await dispatchesOf(add)).toEqual({ 'gather.gather': 12 });
    expect(await dispatchesOf(add)).toEqual({ 'gather.gather': 6 });
    expect(await step(3)).toEqual(once);
    tf.dispose([...values, ...parameters.map(({ gradient }) => gradient), ...firsts, ...seconds]);
  });
});
