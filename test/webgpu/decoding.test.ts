import * as tf from '@tensorflow/tfjs-core';
import { expect, it, onTestFinished } from 'vitest';
import { openDevice } from '../../worker/devices/index.ts';
import type { WebGpuBackend } from '../../worker/devices/webgpu/backend.ts';
import { Decoder } from '../../worker/models/decoding/decoder.ts';
import { LanguageModel } from '../../worker/models/language-model.ts';
import { expectClose } from '../numerics/compare.ts';
import { configurationOf, idsOf } from '../numerics/models.ts';

it.each([false, true])(
  'writes on webgpu what the whole text gives, and reads on (subgroups: %s)',
  async (subgroups) => {
    const { device } = await openDevice('webgpu');
    const backend = tf.backend() as WebGpuBackend;
    const defaults = { subgroups: backend.subgroups, mostRowThreads: backend.mostRowThreads };
    onTestFinished(() => void Object.assign(backend, defaults));
    if (subgroups) Object.assign(backend, { subgroups, mostRowThreads: 256 });
    const model = LanguageModel.create(configurationOf({ order: 2, n_layer: 1 }), device, 1);
    const vocabulary = model.config.vocab_size;
    const ids = idsOf(20);
    const whole = await model.logits(ids, 1);
    const expected = (length: number) => ({
      shape: [vocabulary],
      data: whole.subarray((length - 1) * vocabulary, length * vocabulary),
    });
    const decoder = new Decoder(model);
    const { text, logits } = await decoder.prefill(ids.slice(0, 9));
    expectClose('after reading', { shape: [vocabulary], data: logits }, expected(9), 1e-4);
    for (let length = 10; length <= 14; length++) {
      const [scores] = await decoder.step([text], [ids[length - 1]]);
      expectClose(`after token ${length}`, { shape: [vocabulary], data: scores }, expected(length), 1e-4);
    }
    const last = await decoder.prefillMore(text, ids.slice(14));
    expectClose('after reading on', { shape: [vocabulary], data: last }, expected(20), 1e-4);
    expect(text.length).toBe(20);
    text.dispose();
    decoder.dispose();
    model.dispose();
  },
);
