import { beforeAll, describe, expect, it } from 'vitest';
import { isPackable, packRows, type PackedType } from '../../../../main/contract/logic/weight-format.ts';
import type { WebGpuBackend } from '../../../../worker/devices/webgpu/backend.ts';
import { countWork } from '../../../../worker/devices/webgpu/counts.ts';
import { Decoder } from '../../../../worker/models/decoding/decoder.ts';
import { keptTensor } from '../../../../worker/models/kept-weights.ts';
import { LanguageModel } from '../../../../worker/models/language-model.ts';
import { batchOf, configurationOf, idsOf, plain } from '../../../numerics/models.ts';
import { openNullAdapter } from './null-adapter.ts';

let backend: WebGpuBackend;

beforeAll(async () => void (backend = await openNullAdapter()));

const device = {
  ...{ name: 'webgpu', backendName: 'webgpu', description: '', deterministic: true, memoryBytes: () => 0 },
  precisions: ['fp32' as const],
};
const types: PackedType[] = ['bf16', 'int8', 'int4'];

/** The adapter computes nothing: any numbers will do. */
function pack(model: LanguageModel, type: PackedType): void {
  for (const { shape, variable } of model.parameters.base().filter(isPackable)) {
    const matrix = keptTensor(packRows(new Float32Array(shape[0] * shape[1]), shape[1], type));
    variable.assign(matrix);
    matrix.dispose();
  }
}

/** Names of the kernels that are recorded, and the bytes that they move. */
async function recorded(work: () => Promise<unknown>): Promise<{ kernels: string[]; bytes: number }> {
  const { kernels } = await countWork(backend, work);
  return {
    kernels: kernels.map(({ kernel }) => kernel),
    bytes: kernels.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

describe.each(['hyena', 'hyena-se,attention'])('packed weights on a GPU (%s)', (layers) => {
  const config = configurationOf({ layers, d_model: 64, d_inner: 128, n_layer: 2 }, 300);

  /** A token more, after a short text. */
  async function stepOf(model: LanguageModel) {
    const decoder = new Decoder(model);
    const { text } = await decoder.prefill(idsOf(12));
    const counts = await recorded(() => decoder.step([text], [3]));
    text.dispose();
    decoder.dispose();
    return counts;
  }

  it.each(types)('in %s are read as they are in generation, and in fewer bytes', async (type) => {
    const model = LanguageModel.create(config, device, 1);
    const whole = await stepOf(model);
    pack(model, type);
    const { kernels, bytes } = await stepOf(model);
    expect(kernels).toContain('vector-product.multiply');
    expect(kernels).not.toContain('to-fp32.to_fp32');
    expect(bytes / whole.bytes).toBeLessThan({ bf16: 0.7, int8: 0.6, int4: 0.5 }[type]);
    model.dispose();
  });

  it.each(types)('in %s are read as they are in prefill, losses and the gradients of adapters', async (type) => {
    const settings = { rank: 2, alpha: 4, matrices: 'all' as const, rest: false };
    const model = LanguageModel.create(config, device, 1, undefined, settings);
    pack(model, type);
    const batch = batchOf(2, 16, 300);
    const { kernels } = await recorded(async () => {
      await model.logits(idsOf(24), 2);
      await model.tokenLosses(batch);
      const { loss, gradients } = model.lossAndGradients(batch, plain);
      await loss;
      gradients.dispose();
    });
    expect(kernels.some((kernel) => kernel.startsWith('product-by-threads.'))).toBe(true);
    expect(kernels).not.toContain('to-fp32.to_fp32');
    model.dispose();
  });
});
