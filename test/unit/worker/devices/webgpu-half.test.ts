import { beforeAll, describe, expect, it } from 'vitest';
import type { WebGpuBackend } from '../../../../worker/devices/webgpu/backend.ts';
import { countWork } from '../../../../worker/devices/webgpu/counts.ts';
import { LanguageModel } from '../../../../worker/models/language-model.ts';
import { Optimizer } from '../../../../worker/training/optimizer.ts';
import { batchOf, configurationOf, plain, trainingDefaults } from '../../../numerics/models.ts';
import { openNullAdapter, peakBytes } from './null-adapter.ts';

let backend: WebGpuBackend;

beforeAll(async () => void (backend = await openNullAdapter()));

/** What a second step records, and the most bytes that the device held in it beyond what it held before. */
async function stepIn(precision: 'fp32' | 'f16-mixed', checkpointing: boolean) {
  const [batch, length] = [4, 512];
  const config = configurationOf({ d_model: 64, d_inner: 256, n_layer: 3, l_max: length, order: 3 }, 300);
  const device = {
    ...{ name: 'webgpu', backendName: 'webgpu', description: '', deterministic: true, memoryBytes: () => 0 },
    precisions: ['fp32' as const, 'f16-mixed' as const],
  };
  const model = LanguageModel.create(config, device, 1);
  const optimizer = new Optimizer(model, trainingDefaults);
  const options = { ...plain, precision, checkpointing, dropoutSeed: 3 };
  const step = async (number: number) => {
    const { loss, gradients } = model.lossAndGradients(batchOf(batch, length, 300), options);
    await loss;
    await optimizer.step(gradients, { step: number, learningRateScale: 1 });
  };
  await step(1);
  const before = backend.memory().numBytesInGPU;
  let counts!: Awaited<ReturnType<typeof countWork>>;
  const most = await peakBytes(backend, async () => (counts = await countWork(backend, () => step(2))));
  const sum = (key: 'bytes' | 'dispatches') => counts.kernels.reduce((all, count) => all + count[key], 0);
  optimizer.dispose();
  model.dispose();
  return { ...counts, moved: sum('bytes'), dispatches: sum('dispatches'), held: most - before };
}

describe('tensors in f16 on a GPU', () => {
  it.each([false, true])(
    'for a step in f16-mixed: as much work in fewer bytes (checkpointing: %s)',
    async (checkpointing) => {
      const [before, after] = [await stepIn('fp32', checkpointing), await stepIn('f16-mixed', checkpointing)];
      expect(after.dispatches).toBe(before.dispatches);
      expect(after.readBacks).toEqual([4, 4]);
      // Every kernel of a step knows of f16.
      expect(after.kernels.map(({ kernel }) => kernel)).not.toContain('to-fp32.to_fp32');
      expect(after.moved / before.moved).toBeLessThan(0.7);
      expect(after.held / before.held).toBeLessThan(0.7);
    },
  );

  it('for a tensor in f16: two bytes a number, in whole words', () => {
    for (const [numbers, bytes] of [
      [7, 16],
      [8, 16],
      [1, 4],
    ]) {
      const before = backend.memory().numBytesInGPU;
      const tensor = backend.makeHalf([numbers]);
      expect(backend.memory().numBytesInGPU - before).toBe(bytes);
      backend.discard(tensor);
      expect(backend.memory().numBytesInGPU).toBe(before);
    }
  });
});
