import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { Decoder } from '../../worker/models/decoding/decoder.ts';
import { LanguageModel } from '../../worker/models/language-model.ts';
import { PrefixCachingReader } from '../../worker/serving/prefix-caching-reader.ts';
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
    const reader = new PrefixCachingReader(decoder);
    const changed = ids.slice(0, 700);
    changed[650] = (changed[650] + 1) % 23;
    const early = ids.slice(0, 300);
    early[3] = (early[3] + 1) % 23;
    for (const [what, prompt, reused] of [
      ['a first text', ids.slice(0, 600), 0],
      ['the same', ids.slice(0, 600), 600],
      ['one that goes on a little, which is taken token by token', ids.slice(0, 608), 600],
      ['the same', ids.slice(0, 608), 608],
      ['one that goes on', ids.slice(0, 690), 600],
      ['one that changes near its end', changed, 512],
      ['one that changes at its beginning', early, 0],
      ['a beginning', ids.slice(0, 400), 256],
    ] as const) {
      const read = await reader.prefill(prompt);
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
    const bytesOfOne = async () => {
      const reader = new PrefixCachingReader(decoder);
      (await reader.prefill(idsOf(300, 23, 19))).text.dispose();
      const { bytes } = reader;
      reader.dispose();
      return bytes;
    };
    const one = await bytesOfOne();
    // 24 bytes a position that was read, as much for each of the 900 after it that are prepared, and some tiles.
    expect(one).toBeGreaterThan(24 * 1200);
    expect(one).toBeLessThan(24 * 1200 * 1.5);
    const most = 2.5 * one;
    const reader = new PrefixCachingReader(decoder, most);
    const texts = [1, 2, 3].map((seed) => idsOf(300, 23, 20 + seed));
    for (const which of [0, 1, 0, 2]) (await reader.prefill(texts[which])).text.dispose();
    expect(reader.bytes).toBeLessThanOrEqual(most);
    const reusedOf = async (text: Int32Array) => {
      const read = await reader.prefill(text);
      read.text.dispose();
      return read.reused;
    };
    expect([await reusedOf(texts[0]), await reusedOf(texts[2])]).toEqual([300, 300]);
    expect(await reusedOf(texts[1])).toBe(0);
    expect(reader.bytes).toBeLessThanOrEqual(most);
    // What goes on from a text that was read shares its memory.
    const before = reader.bytes;
    expect(await reusedOf(Int32Array.from([...texts[1], 1, 2]))).toBe(300);
    expect(reader.bytes - before).toBeLessThan(one / 4);
    expect(await reusedOf(texts[1])).toBe(300);
    reader.dispose();
    expect(reader.bytes).toBe(0);
    decoder.dispose();
    model.dispose();
  });

  it('keep the last one, however little memory they may take', async () => {
    const model = LanguageModel.create(config, device(), 1);
    const decoder = new Decoder(model);
    const reader = new PrefixCachingReader(decoder, 1);
    const reused: number[] = [];
    for (const length of [1000, 1000, 1015]) {
      const read = await reader.prefill(ids.slice(0, length));
      reused.push(read.reused);
      read.text.dispose();
    }
    const other = await reader.prefill(idsOf(300, 23, 31));
    other.text.dispose();
    expect([...reused, other.reused]).toEqual([0, 1000, 1000, 0]);
    const again = await reader.prefill(ids.slice(0, 1015));
    again.text.dispose();
    expect(again.reused).toBe(0);
    reader.dispose();
    decoder.dispose();
    model.dispose();
  });
});
