import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { Decoder } from '../../worker/models/decoding/decoder.ts';
import { LanguageModel } from '../../worker/models/language-model.ts';
import { RememberingReader } from '../../worker/serving/remembered.ts';
import { expectClose } from './compare.ts';
import { onEveryDevice } from './devices.ts';
import { configurationOf, idsOf } from './models.ts';

await onEveryDevice('remembered texts', (device) => {
  const config = configurationOf({ l_max: 1200, d_model: 6, n_layer: 1 });
  const ids = idsOf(1200, 23, 8);

  it('are not read again where another text begins with them, and give the same scores', async () => {
    const model = LanguageModel.create(config, device(), 1);
    const before = tf.memory().numTensors;
    const decoder = new Decoder(model);
    const reader = new RememberingReader(decoder);
    const changed = ids.slice(0, 700);
    changed[650] = (changed[650] + 1) % 23;
    const early = ids.slice(0, 300);
    early[3] = (early[3] + 1) % 23;
    for (const [what, prompt, reused] of [
      ['a first text', ids.slice(0, 600), 0],
      ['the same', ids.slice(0, 600), 600],
      ['one that goes on', ids.slice(0, 690), 600],
      ['one that changes near its end', changed, 512],
      ['one that changes at its beginning', early, 0],
      ['a beginning', ids.slice(0, 400), 256],
    ] as const) {
      const read = await reader.read(prompt);
      expect(read.reused, what).toBe(reused);
      const shape = [23];
      const whole = await model.lastLogits(prompt, 1);
      expectClose(what, { shape, data: read.logits }, { shape, data: whole }, 1e-4);
      const [next] = await reader.step([read.text], [5]);
      const further = await model.lastLogits(Int32Array.from([...prompt, 5]), 1);
      expectClose(`${what}, and a token`, { shape, data: next }, { shape, data: further }, 1e-4);
      read.text.dispose();
    }
    reader.dispose();
    decoder.dispose();
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  it('take no more memory than they may: the one that was not used for longest is forgotten', async () => {
    const model = LanguageModel.create(config, device(), 1);
    const decoder = new Decoder(model);
    // 24 bytes a position and what the marks take: about two texts of 300.
    const reader = new RememberingReader(decoder, 18_000);
    const texts = [1, 2, 3].map((seed) => idsOf(300, 23, 20 + seed));
    for (const which of [0, 1, 0, 2]) (await reader.read(texts[which])).text.dispose();
    expect(reader.bytes).toBeLessThanOrEqual(18_000);
    const reused: number[] = [];
    for (const which of [0, 2]) {
      const read = await reader.read(texts[which]);
      reused.push(read.reused);
      read.text.dispose();
    }
    expect(reused).toEqual([300, 300]);
    const again = await reader.read(texts[1]);
    expect(again.reused).toBe(0);
    again.text.dispose();
    const long = await reader.read(ids);
    expect(long.reused).toBe(0);
    long.text.dispose();
    expect(reader.bytes).toBeLessThanOrEqual(18_000);
    reader.dispose();
    decoder.dispose();
    model.dispose();
  });
});
