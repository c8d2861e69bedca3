import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { ReferenceDecoder } from '../../worker/models/mixers/hyena/cached-decoder.ts';
import { LanguageModel } from '../../worker/models/language-model.ts';
import { expectClose } from './compare.ts';
import { onEveryDevice } from './devices.ts';
import { configurationOf, idsOf } from './models.ts';

const shapes = [
  { order: 2 },
  { order: 3, short_filter_order: 5 },
  { order: 4, tie_embeddings: false, short_filter_order: 1 },
  { order: 2, l_max: 300, short_filter_order: 4 },
];

await onEveryDevice('the reference decoder', (device) => {
  it.each(shapes)('gives what the model gives for the whole text, %j', async (changes) => {
    const config = configurationOf(changes);
    const model = LanguageModel.create(config, device(), 2);
    const before = tf.memory().numTensors;
    const decoder = await ReferenceDecoder.create(model);
    const ids = idsOf(config.l_max);
    const check = async (length: number, logits: Float32Array) => {
      const whole = await model.lastLogits(ids.slice(0, length), 1);
      const shape = [config.vocab_size];
      expectClose(`scores after ${length} tokens`, { shape, data: logits }, { shape, data: whole }, 1e-4);
    };
    for (const prompt of [1, 2, 13]) {
      const { state, logits } = await decoder.prefill(ids.slice(0, prompt));
      await check(prompt, logits);
      for (let length = prompt + 1; length <= config.l_max; length++) {
        const next = decoder.step(state, ids[length - 1]);
        if (length < prompt + 4 || length % 37 === 0 || length === config.l_max) await check(length, next);
      }
      expect(() => decoder.step(state, 0)).toThrow(/context of \d+ tokens is full/);
    }
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  it('continues one text in two ways', async () => {
    const model = LanguageModel.create(configurationOf({ order: 3 }), device(), 2);
    const decoder = await ReferenceDecoder.create(model);
    const { state } = await decoder.prefill(idsOf(9));
    const other = state.fork();
    decoder.step(state, 1);
    const after = decoder.step(state, 2);
    decoder.step(other, 1);
    expect(decoder.step(other, 2)).toEqual(after);
    expect(other.length).toBe(11);
    expect(() => decoder.step(other, 23)).toThrow(/Token 23/);
    model.dispose();
  });
});
