import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Decoder, type Sequence } from '../../worker/models/decoding/decoder.ts';
import { LanguageModel } from '../../worker/models/language-model.ts';
import { expectClose } from './compare.ts';
import { onEveryDevice } from './devices.ts';
import { blockCasesOn, mixerCasesOn } from './mixers/index.ts';
import { configurationOf, idsOf } from './models.ts';

await onEveryDevice('exact decoding', (device, deviceName, slow, fewModels) => {
  /** Compares scores with those of the model for the whole text. */
  const checker = (model: LanguageModel, ids: Int32Array) => async (length: number, logits: Float32Array) => {
    const whole = await model.lastLogits(ids.slice(0, length), 1);
    const shape = [model.config.vocab_size];
    expectClose(`scores after ${length} tokens`, { shape, data: logits }, { shape, data: whole }, 1e-4);
  };

  it('gives what the model gives for the whole text, whatever its shape', () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({
          order: fc.integer({ min: 2, max: 4 }),
          short_filter_order: fc.integer({ min: 1, max: 5 }),
          l_max: fc.integer({ min: 3, max: slow ? 70 : 400 }),
          d_model: fc.integer({ min: 4, max: 19 }),
          n_layer: fc.integer({ min: 1, max: 3 }),
          tie_embeddings: fc.boolean(),
          modulation_shift: fc.constantFrom(0, 0.05),
          num_inner_mlps: fc.integer({ min: 0, max: 2 }),
        }),
        fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 1000 }),
        async (shape, parts, seed) => {
          const config = configurationOf(shape);
          const model = LanguageModel.create(config, device(), seed);
          const before = tf.memory().numTensors;
          const decoder = new Decoder(model);
          const ids = idsOf(config.l_max, 23, seed);
          const check = checker(model, ids);
          let text: Sequence | null = null;
          let length = 0;
          // Parts are read at once and token by token in turn.
          for (const [index, part] of parts.entries()) {
            const piece = ids.slice(length, length + part);
            if (piece.length === 0) break;
            if (text === null) {
              const first = await decoder.prefill(piece, { lookahead: seed % 2 === 0 ? undefined : seed % 50 });
              text = first.text;
              length += piece.length;
              await check(length, first.logits);
            } else if (index % 2 === 0) {
              const logits = await decoder.prefillMore(text, piece);
              length += piece.length;
              await check(length, logits);
            } else {
              for (const id of piece) {
                const [logits] = await decoder.step([text], [id]);
                length++;
                if (length % 7 === 0 || length % 32 < 2) await check(length, logits);
              }
            }
            expect(text.length).toBe(length);
          }
          while (length < config.l_max) {
            const [logits] = await decoder.step([text!], [ids[length]]);
            length++;
            if (length % 29 === 0 || length === config.l_max) await check(length, logits);
          }
          await expect(decoder.step([text!], [0])).rejects.toThrow(/context of \d+ tokens is full/);
          text!.dispose();
          decoder.dispose();
          expect(tf.memory().numTensors).toBe(before);
          model.dispose();
        },
      ),
      { numRuns: slow ? 3 : 12, seed: 7 },
    ));

  const shapes = [...mixerCasesOn(fewModels), ...blockCasesOn(fewModels)];
  it.each(shapes)('continues exactly, forks and extends, %j', async (shape) => {
    // Read, stepped to, read to: past a block of decoding in any case.
    const [begun, forked, end] = slow ? [27, 41, 70] : [37, 75, 115];
    const config = configurationOf({ ...shape, l_max: end + 5 });
    const model = LanguageModel.create(config, device(), 5);
    const before = tf.memory().numTensors;
    const decoder = new Decoder(model);
    const ids = idsOf(end + 5, 23, 6);
    const check = checker(model, ids);
    const { text, logits } = await decoder.prefill(ids.slice(0, begun), { lookahead: 20 });
    await check(begun, logits);
    for (let length = begun + 1; length <= forked; length++) {
      const [next] = await decoder.step([text], [ids[length - 1]]);
      if (length % 9 === 0 || length === forked) await check(length, next);
    }
    const other = text.fork();
    await check(end, await decoder.prefillMore(text, ids.slice(forked, end)));
    const steps: Float32Array[] = [];
    for (let length = forked + 1; length <= forked + 5; length++)
      steps.push((await decoder.step([other], [ids[length - 1]]))[0]);
    await check(forked + 5, steps.at(-1)!);
    const third = other.fork();
    const [one, two] = await decoder.step([third, other], [ids[forked + 5], ids[forked + 5]]);
    await check(forked + 6, one);
    await check(forked + 6, two);
    for (const each of [text, other, third]) each.dispose();
    decoder.dispose();
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  const attention = { layers: 'attention', n_head: 4, n_kv_head: 2, positions: 'rotary' };
  it.each([
    {},
    attention,
    { ...attention, attention_window: 100, qk_norm: true },
    { ...attention, layers: 'hyena,attention' },
  ])('writes the same text as recomputing all, for thousands of tokens, %j', async (changes) => {
    // The whole text's attention takes time with the square of its length.
    const count = slow ? 100 : deviceName === 'portable' && 'layers' in changes ? 700 : 3000;
    const config = configurationOf({ ...changes, d_model: 16, l_max: count + 100, initializer_range: 0.1 });
    const model = LanguageModel.create(config, device(), 3);
    const decoder = new Decoder(model);
    const written = Array.from(idsOf(70));
    const read = await decoder.prefill(Int32Array.from(written));
    const scores: Float32Array[] = [];
    let logits = read.logits;
    while (written.length < 70 + count) {
      scores.push(logits.slice());
      // The likeliest of the tokens that differ from the last few: a text that does not repeat itself.
      const banned = new Set(written.slice(-5));
      const ranked = Array.from(logits, (_, id) => id).filter((id) => !banned.has(id));
      written.push(ranked.reduce((best, id) => (logits[id] > logits[best] ? id : best)));
      [logits] = await decoder.step([read.text], [written.at(-1)!]);
    }
    const vocabulary = config.vocab_size;
    const whole = await model.logits(Int32Array.from(written), 1);
    for (const [index, found] of scores.entries()) {
      const position = 69 + index;
      const expected = whole.subarray(position * vocabulary, (position + 1) * vocabulary);
      const shape = [vocabulary];
      expectClose(`scores after ${position + 1} tokens`, { shape, data: found }, { shape, data: expected }, 1e-4);
      const banned = new Set(written.slice(Math.max(0, position - 4), position + 1));
      const ranked = Array.from(expected, (_, id) => id).filter((id) => !banned.has(id));
      ranked.sort((a, b) => expected[b] - expected[a]);
      const clear = expected[ranked[0]] - expected[ranked[1]] > 1e-4 * Math.abs(expected[ranked[0]]);
      if (clear) expect(written[position + 1]).toBe(ranked[0]);
    }
    read.text.dispose();
    decoder.dispose();
    model.dispose();
  });

  it.each([{ order: 3 }, { layers: 'attention', n_head: 6, n_kv_head: 3, positions: 'rotary', attention_window: 25 }])(
    'continues one text in several ways, each by itself, %j',
    async (changes) => {
      const config = configurationOf({ ...changes, l_max: 200 });
      const model = LanguageModel.create(config, device(), 2);
      const decoder = new Decoder(model);
      const ids = idsOf(200);
      const { text } = await decoder.prefill(ids.slice(0, 9));
      for (const id of ids.slice(9, 40)) await decoder.step([text], [id]);
      const other = text.fork();
      const third = text.fork();
      for (const id of ids.slice(40, 80)) await decoder.step([text, other], [id, (id + 1) % 23]);
      for (const id of ids.slice(40, 80)) await decoder.step([third], [id]);
      const [a, b, c] = await decoder.step([text, other, third], [4, 4, 4]);
      await checker(model, Int32Array.from([...ids.slice(0, 80), 4]))(81, a);
      const changed = Int32Array.from([...ids.slice(0, 40), ...ids.slice(40, 80).map((id) => (id + 1) % 23), 4]);
      await checker(model, changed)(81, b);
      const shape = [config.vocab_size];
      expectClose('the fork', { shape, data: c }, { shape, data: a }, 1e-6);
      await expect(decoder.step([text], [23])).rejects.toThrow(/Token 23/);
      for (const each of [text, other, third]) each.dispose();
      decoder.dispose();
      model.dispose();
    },
  );
});
