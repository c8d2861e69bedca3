import { beforeEach, describe, expect, it } from 'vitest';
import { modelSchema, resolveModel } from '../../../../main/contract/configuration.ts';
import { trainingMemory } from '../../../../main/contract/logic/cost.ts';
import { mixerNames } from '../../../../main/contract/mixers/names.ts';
import { presets } from '../../../../main/contract/presets.ts';
import type { WebGpuBackend } from '../../../../worker/devices/webgpu/backend.ts';
import { LanguageModel } from '../../../../worker/models/language-model.ts';
import { Optimizer } from '../../../../worker/training/optimizer.ts';
import { batchOf, plain, trainingDefaults } from '../../../numerics/models.ts';
import { openNullAdapter, peakBytes } from './null-adapter.ts';

interface Shape {
  readonly vocabulary?: number;
  readonly batch?: number;
  readonly checkpointing?: boolean;
}
type Model = Record<string, unknown>;
type Case = [name: string, model: Model, shape?: Shape];

let backend: WebGpuBackend;

// Each with an empty pool of buffers: the adapter has little memory.
beforeEach(async () => void (backend = await openNullAdapter()));

/** Bytes of two training steps on the device: as estimated, and the most that were in buffers in use. */
async function memoryOf(keys: Model, { vocabulary = 256, batch, checkpointing = false }: Shape) {
  const config = resolveModel(modelSchema.parse(keys), vocabulary);
  const shape = { length: config.l_max, batch: batch ?? Math.max(1, 4096 / config.l_max) };
  const device = {
    ...{ name: 'webgpu', backendName: 'webgpu', description: '', deterministic: true, memoryBytes: () => 0 },
    precisions: ['fp32' as const],
  };
  const before = backend.memory().numBytesInGPU;
  const model = LanguageModel.create(config, device, 1);
  const optimizer = new Optimizer(model, trainingDefaults);
  const most = await peakBytes(backend, async () => {
    for (const step of [1, 2]) {
      const tokens = batchOf(shape.batch, shape.length, vocabulary);
      const { loss, gradients } = model.lossAndGradients(tokens, { ...plain, checkpointing, dropoutSeed: 3 });
      await loss;
      await optimizer.step(gradients, { step, learningRateScale: 1 });
    }
  });
  optimizer.dispose();
  model.dispose();
  const { total, process } = trainingMemory(config, { ...shape, gradientCheckpointing: checkpointing, onGpu: true });
  return { measured: most - before, estimated: total - process };
}

const small = { d_model: 128, n_layer: 4, l_max: 512 };
const long = { d_model: 128, n_layer: 2, l_max: 4096 };

/** A preset in a size that the null adapter holds. */
function reduced(
  name: string,
  { n_layer = 4, l_max = 1024, ...rest }: Model & { n_layer?: number; l_max?: number },
): Case {
  const model = { ...rest, d_model: 128, n_layer: Math.min(4, n_layer), l_max: Math.min(4096, l_max) };
  return [`preset ${name}, reduced`, model, { vocabulary: name.includes('base') ? 4096 : 256 }];
}

const cases: Case[] = [
  ...Object.entries(presets)
    .filter(([name]) => !/\d[mb]/.test(name))
    .map(([name, { model }]) => reduced(name, model)),
  ...mixerNames.map((layers, index): Case => {
    const shape = index % 2 === 0 ? small : long;
    const positions = layers === 'attention' && { positions: 'rotary' };
    return [`${layers}, ${shape.l_max} tokens`, { ...shape, layers, ...positions }];
  }),
  ['width 64', { d_model: 64, n_layer: 6, l_max: 1024 }, { batch: 8 }],
  ['width 256', { d_model: 256, n_layer: 3, l_max: 1024 }, { batch: 2 }],
  ['a vocabulary of 4,096', small, { vocabulary: 4096, batch: 4 }],
  ['a vocabulary of 16,384', { ...small, d_model: 64, n_layer: 2 }, { vocabulary: 16_384, batch: 5 }],
  ['a vocabulary of 40,000', { ...small, d_model: 64, n_layer: 2 }, { vocabulary: 40_000, batch: 2 }],
  ['a vocabulary of 50,257', { ...small, d_model: 32, n_layer: 1 }, { vocabulary: 50_257, batch: 1 }],
  ['checkpointing', { ...small, l_max: 1024 }, { batch: 8, checkpointing: true }],
  ['exact GELU', { ...small, mlp: 'gelu' }],
  ['SwiGLU, RMSNorm', { ...small, mlp: 'swiglu', norm: 'rms_norm' }],
];

describe('estimated memory of training on a GPU', () => {
  it.each(cases)('is within 10% of what buffers hold: %s', async (_, model, shape = {}) => {
    const { measured, estimated } = await memoryOf(model, shape);
    expect(estimated / measured).toBeGreaterThan(0.9);
    expect(estimated / measured).toBeLessThan(1.1);
  });
});
