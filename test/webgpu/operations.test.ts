import { beforeAll, describe, it } from 'vitest';
import * as tf from '@tensorflow/tfjs-core';
import { openDevice } from '../../worker/devices/index.ts';
import type { WebGpuBackend } from '../../worker/devices/webgpu/backend.ts';
import * as cases from '../numerics/operation-cases.ts';
import { checkCase, type Case } from '../numerics/operation-checks.ts';

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
];

describe('operations on webgpu', () => {
  it.each(all.map((each) => [each.name, each] as const))('%s', async (_name, each) => {
    await checkCase(each, 1e-5);
  });

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
