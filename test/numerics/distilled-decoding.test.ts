import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { Decoder, type Sequence } from '../../worker/models/decoding/decoder.ts';
import { distil } from '../../worker/models/mixers/hyena/distilled/filters.ts';
import { distilledStrategy } from '../../worker/models/decoding/distilled.ts';
import { distilledLayers } from '../../worker/models/mixers/hyena/distilled/distiller.ts';
import { LanguageModel } from '../../worker/models/language-model.ts';
import { expectClose } from './compare.ts';
import { onEveryDevice } from './devices.ts';
import { configurationOf, idsOf } from './models.ts';

await onEveryDevice('distilled decoding', (device, _deviceName, slow, fewModels) => {
  const length = slow ? 120 : 300;

  /** A model whose filters are the window alone, exponentials: a state of one number holds each of them. */
  const exponentialModel = (order: number) => {
    const config = configurationOf({ l_max: length, order, num_inner_mlps: 0, d_model: 9 });
    const model = LanguageModel.create(config, device(), 4);
    for (const { name, variable } of model.parameters.all())
      if (name.endsWith('implicit_filter.0.weight')) model.parameters.set(name, new Float32Array(variable.size));
    return model;
  };

  const closeTo = (what: string, actual: Float32Array, expected: Float32Array, tolerance: number) => {
    const shape = [expected.length];
    expectClose(what, { shape, data: actual }, { shape, data: expected }, tolerance);
  };

  it('is exact where the filters are modes, wherever the text was cut, and forks go on by themselves', async () => {
    for (const order of slow ? [3] : [2, 3]) {
      const model = exponentialModel(order);
      const distilled = await distil(model, 2);
      expect(Math.max(...distilled.errors.map(({ relative }) => relative))).toBeLessThan(1e-5);
      const ids = idsOf(length, 23, 9);
      for (const begun of slow ? [33] : [1, 33, 70]) {
        const before = tf.memory().numTensors;
        const decoder = new Decoder(model, distilledStrategy(distilledLayers(distilled)));
        const first = await decoder.prefill(ids.slice(0, begun));
        const text = first.text;
        let other: Sequence | null = null;
        closeTo('what was read', first.logits, await model.lastLogits(ids.slice(0, begun), 1), 1e-4);
        for (let at = begun; at < length; at++) {
          if (at === begun + 45) other = text.fork();
          const [logits] = await decoder.step([text], [ids[at]]);
          if (at % 41 === 0 || at + 1 === length)
            closeTo(`after ${at + 1}`, logits, await model.lastLogits(ids.slice(0, at + 1), 1), 1e-4);
        }
        const changed = Int32Array.from([...ids.slice(0, begun + 45), 3, 1, 4, 1, 5, 9, 2, 6]);
        const logits = await decoder.prefillMore(other!, changed.slice(begun + 45));
        closeTo('the fork', logits, await model.lastLogits(changed, 1), 1e-4);
        await expect(decoder.step([text], [0])).rejects.toThrow(/context of \d+ tokens is full/);
        text.dispose();
        other!.dispose();
        decoder.dispose();
        expect(tf.memory().numTensors).toBe(before);
      }
      model.dispose();
    }
  });

  it('comes nearer to the exact scores the more state it has', async () => {
    const model = LanguageModel.create(configurationOf({ l_max: 200, w: 2 }), device(), 2);
    const ids = idsOf(200, 23, 3);
    const whole = await model.lastLogits(ids.slice(0, 180), 1);
    const distances: number[] = [];
    const errors: number[] = [];
    // The fit is the same on every device, and takes most of the time.
    for (const state of fewModels ? [1, 24] : [1, 6, 24]) {
      const distilled = await distil(model, state);
      const decoder = new Decoder(model, distilledStrategy(distilledLayers(distilled)));
      const { text } = await decoder.prefill(ids.slice(0, 100));
      const logits = await decoder.prefillMore(text, ids.slice(100, 180));
      distances.push(Math.max(...logits.map((value, id) => Math.abs(value - whole[id]))));
      errors.push(Math.max(...distilled.errors.map(({ relative }) => relative)));
      text.dispose();
      decoder.dispose();
    }
    for (let i = 1; i < errors.length; i++) expect(errors[i]).toBeLessThan(errors[i - 1]);
    expect(distances.at(-1)).toBeLessThan(0.1 * distances[0]);
    expect(errors.at(-1)).toBeLessThan(0.01);
    model.dispose();
  });
});
