import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '@tensorflow/tfjs-core';
import { openDevice } from '../../worker/devices/index.ts';
import type { WebGpuBackend } from '../../worker/devices/webgpu/backend.ts';
import { longConvolution } from '../../worker/ops/index.ts';
import { expectClose } from '../numerics/compare.ts';
import { valuesOf } from '../numerics/devices.ts';
import * as mixers from '../numerics/mixer-cases.ts';
import * as cases from '../numerics/operation-cases.ts';
import { checkCase, noise, type Case } from '../numerics/operation-checks.ts';

beforeAll(async () => {
  await openDevice('webgpu');
});

const shape = { width: 3, batch: 2, length: 21, taps: 3 };
const filter = { length: 19, features: 5, width: 6, channels: 4, inner: 1 };

/**
 * Every kernel of the device, at sizes that leave no multiple of a tile or a workgroup whole. The numerical suite has
 * more shapes; each is a shader more to compile, which takes the software adapter seconds.
 */
const all: Case[] = [
  cases.embeddingCase(2, 150, 7, 70),
  cases.layerNormCase([3, 7], 70),
  cases.residualCase([2, 9], 70),
  cases.linearCase(2, 35, 19, 70, 'tokens', 'tokens'),
  cases.linearCase(1, 300, 5, 9, 'tokens', 'channels'),
  cases.linearCase(2, 17, 19, 7, 'channels', 'tokens'),
  cases.linearCase(2, 17, 19, 7, 'channels', 'channels'),
  cases.mlpCase(2, 9, 7, 20),
  cases.filterCase(filter, 0.05, true),
  cases.convolutionCase(3, 2, 21, 21, 'auto'),
  cases.convolutionCase(2, 2, 9, 30, 'auto'),
  cases.recurrenceCase({ ...shape, order: 2 }, 'auto'),
  cases.recurrenceCase({ ...shape, order: 3 }, 'auto'),
  cases.crossEntropyCase(13, 6, 300, [1, 0, 0.5]),
  cases.attentionCase({ batch: 2, queries: 35, past: 0, kvHeads: 1, shared: 2, size: 5 }, null),
  cases.attentionCase({ batch: 1, queries: 40, past: 50, kvHeads: 2, shared: 1, size: 40 }, 33),
  cases.attentionCase({ batch: 1, queries: 3, past: 2, kvHeads: 1, shared: 1, size: 130 }, null),
  cases.rotaryCase({ batch: 2, length: 9, heads: 3, half: 5 }, 10_000, 1, 4),
  mixers.groupedCase({ groups: 3, shared: 2, batch: 2, past: 6, length: 300, taps: 7 }, 'correlation', true),
  mixers.groupedCase({ groups: 2, shared: 3, batch: 1, past: 9, length: 150, taps: 130 }, 'convolution', false),
  mixers.complexCase({ groups: 3, modes: 5, length: 300 }),
  mixers.realCase({ groups: 2, modes: 17, length: 65 }),
  mixers.diagonalCase({ groups: 3, modes: 4, length: 70 }, 'zero-order-hold'),
  mixers.h3Case({ heads: 2, headDim: 3, batch: 2, length: 9, order: 4, modes: 3 }),
];

describe('operations on webgpu', () => {
  it.each(all.map((each) => [each.name, each] as const))('%s', async (_name, each) => {
    await checkCase(each, 1e-5);
  });

  it('convolve rows of 2²⁰ positions', async () => {
    const length = 1 << 20;
    const u = noise(1, 1, 1, length).data;
    // Few taps, far from each other: the sums are short enough to be added up one by one.
    const places = [0, 1, 4097, 70_001, 524_288, 1_000_003];
    const h = new Float64Array(length);
    for (const [index, place] of places.entries()) h[place] = (index % 2 === 0 ? 1 : -1) / (index + 1);
    const dy = noise(2, 1, 1, length).data;
    const sumOver = (x: Float64Array, at: (place: number) => number) =>
      places.reduce((sum, place) => sum + h[place] * (x[at(place)] ?? 0), 0);
    const tensors = [u, h].map((data, index) =>
      tf.tensor(Float32Array.from(data), index === 0 ? [1, 1, length] : [1, length]),
    );
    const [signal, filter] = tensors as [tf.Tensor, tf.Tensor];
    const skip = tf.tensor([0.5]);
    const slope = tf.tensor(Float32Array.from(dy), [1, 1, length]);
    let y: tf.Tensor | null = null;
    const { value, grads } = tf.valueAndGrads((...[a, b]) => {
      y = tf.keep(longConvolution(a, b, skip, { algorithm: 'fft' }));
      return tf.sum(tf.mul(y, slope));
    })([signal, filter]);
    const shape = [length];
    const flat = async (tensor: tf.Tensor) => ({ shape, data: (await valuesOf(tensor)).data });
    const expected = Float64Array.from(u, (x, i) => 0.5 * x + sumOver(u, (place) => i - place));
    expectClose('y', await flat(y!), { shape, data: expected }, 1e-5);
    const du = Float64Array.from(dy, (x, i) => 0.5 * x + sumOver(dy, (place) => i + place));
    expectClose('du', await flat(grads[0]), { shape, data: du }, 1e-5);
    const dh = await flat(grads[1]);
    for (const lag of [0, 1, 5, 4096, 65_537, 1_048_000]) {
      let sum = 0;
      for (let i = lag; i < length; i++) sum += dy[i] * u[i - lag];
      expect(Math.abs(dh.data[lag] - sum)).toBeLessThan(1e-5 * length ** 0.5 * 10);
    }
    tf.dispose([value, ...tensors, skip, slope]);
  }, 600_000);

  it('convolve rows longer than workgroup memory', async () => {
    const backend = tf.backend() as WebGpuBackend;
    const before = backend.transformCapacity;
    backend.transformCapacity = 1024;
    try {
      await checkCase(cases.convolutionCase(2, 2, 1300, 1300, 'auto'), 1e-5);
    } finally {
      backend.transformCapacity = before;
    }
  });
});
