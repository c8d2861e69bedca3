import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openDevice } from '../../worker/devices/index.ts';
import { arrange, layTogether } from '../../worker/devices/webgpu/arena.ts';
import type { WebGpuBackend } from '../../worker/devices/webgpu/backend.ts';
import { countWork } from '../../worker/devices/webgpu/counts.ts';
import { filterMemory } from '../../worker/ops/implicit-filter/webgpu.ts';
import { implicitFilter } from '../../worker/ops/index.ts';
import { valuesOf } from '../numerics/devices.ts';
import * as cases from '../numerics/operation-cases.ts';
import { checkCase, noise, scaled, tensorOf } from '../numerics/operation-checks.ts';

const backend = () => tf.backend() as WebGpuBackend;

beforeAll(async () => {
  await openDevice('webgpu');
});
afterEach(() => {
  Object.assign(filterMemory, { sums: 1 << 22, kept: 1 << 24 });
});

const shape = { length: 150, features: 5, width: 6, channels: 70, inner: 1 };

describe('implicit filters on webgpu', () => {
  it.each([
    ['of a width with 8 positions a block', { ...shape, length: 21, width: 90 }],
    ['of many features, with 4 positions a block', { ...shape, length: 9, features: 171 }],
    ['that are wider than a workgroup takes', { ...shape, length: 5, channels: 3, width: 341 }],
    ['with more layers than a workgroup takes', { ...shape, length: 9, channels: 3, inner: 17 }],
    ['of many positions', { ...shape, length: 1100, channels: 3, inner: 2 }],
  ])('are right: %s', async (_name, given) => {
    await checkCase(cases.filterCase(given, 0.05, true), 1e-5);
  });

  it.each([true, false])('are right in several stretches, with few sums (window: %s)', async (modulate) => {
    Object.assign(filterMemory, { sums: 1, kept: 1 });
    await checkCase(cases.filterCase(shape, 0.05, modulate), 1e-5);
  });

  it('are the same to the bit wherever their parameters lie, and gather nothing where those lie together', async () => {
    const { length, features, width, channels } = shape;
    const [z, t, deltas, freq, weight, bias, inner, innerBias, last] = [
      ...[noise(1, length, features), scaled(noise(2, length), 0.5, 0.5), noise(3, channels), noise(4, width)],
      ...[
        noise(5, width, features),
        noise(6, width),
        noise(7, width, width),
        noise(8, width),
        noise(9, channels, width),
      ],
    ].map((values) => tensorOf(values));
    const parameters = [weight, bias, freq, inner, innerBias, last];
    const layers = [
      { weight, bias },
      { weight: inner, bias: innerBias },
    ];
    const dh = tensorOf(noise(10, channels, length));
    const compute = async () => {
      const tensors: tf.Tensor[] = [];
      const { kernels } = await countWork(backend(), () => {
        const { value, grads } = tf.valueAndGrads((...[z, freq]) => {
          const h = implicitFilter({ z, t, deltas, freq, layers, last }, { shift: 0.1, modulate: true });
          tensors.push(tf.keep(h));
          return tf.sum(tf.mul(h, dh));
        })([z, freq]);
        value.dispose();
        tensors.push(...grads);
        return Promise.resolve();
      });
      const values = await Promise.all(tensors.map(async (tensor) => Array.from((await valuesOf(tensor)).data)));
      return { values, gathered: kernels.find(({ kernel }) => kernel === 'gather.gather')?.dispatches ?? 0 };
    };
    const apart = await compute();
    expect(apart.gathered).toBe(2);
    layTogether(backend(), parameters, arrange(parameters.map(({ size }) => size)));
    expect(await compute()).toEqual({ ...apart, gathered: 0 });
    tf.dispose([z, t, deltas, dh, ...parameters]);
  });
});
