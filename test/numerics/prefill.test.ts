import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { cachedPrefill } from '../../worker/generation/cached-prefill.ts';
import { savePrefill } from '../../worker/generation/saved-prefill.ts';
import { Decoder } from '../../worker/models/decoding/decoder.ts';
import { prefill } from '../../worker/models/decoding/prefill.ts';
import { LanguageModel } from '../../worker/models/language-model.ts';
import { expectClose } from './compare.ts';
import { onEveryDevice } from './devices.ts';
import { mixerCasesOn } from './mixers/index.ts';
import { configurationOf, idsOf } from './models.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyena-reading-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

await onEveryDevice('a kept reading', (device, deviceName, slow, fewModels) => {
  const hyenas = [{ n_layer: 1 }, { order: 3, short_filter_order: 4 }, { short_filter_order: 1 }];
  const mixers = mixerCasesOn(fewModels);
  const shapes = slow ? hyenas.slice(0, 1) : [...hyenas, ...mixers];

  it.each(shapes)('goes on as if the text had been read anew, %j', async (shape) => {
    const config = configurationOf({ ...shape, l_max: 900 });
    const model = LanguageModel.create(config, device(), 4);
    const before = tf.memory().numTensors;
    const decoder = new Decoder(model);
    const problems: string[] = [];
    const settings = { folder, identity: 'weights', onProblem: ({ message }: Error) => problems.push(message) };
    const text = idsOf(800);
    const check = async (ids: Int32Array, reused: number) => {
      const reading = await cachedPrefill(model, decoder, ids, settings);
      expect(reading.reused).toBe(reused);
      const vocabulary = { shape: [config.vocab_size] };
      const compare = async (name: string, length: number, logits: Float32Array, read: Int32Array) => {
        const whole = await model.lastLogits(read, 1);
        expectClose(`${name} of ${length}`, { ...vocabulary, data: logits }, { ...vocabulary, data: whole }, 1e-4);
      };
      await compare('scores', ids.length, reading.logits, ids);
      const more = idsOf(40, 23, 9);
      let last = reading.logits;
      for (const id of more) [last] = await decoder.step([reading.text], [id]);
      await compare('scores afterwards', ids.length, last, Int32Array.from([...ids, ...more]));
      const targets = Int32Array.from([...ids.slice(1), 0]);
      const losses = await model.tokenLosses({ ids, targets, batchSize: 1, length: ids.length });
      const count = ids.length - 1;
      const expected = { shape: [count], data: losses.subarray(0, count) };
      expectClose('losses', { shape: [count], data: reading.losses.subarray(1) }, expected, 1e-4);
      reading.text.dispose();
    };
    const changed = (at: number) => text.map((id, index) => (index === at ? (id + 1) % 23 : id));
    await check(text.slice(0, 600), 0);
    await check(text.slice(0, 600), 600); // opened
    await check(text.slice(0, 700), 600); // longer
    await check(changed(620).slice(0, 700), 512); // an edit near the end
    // Where a text is cut is the same for every mixer.
    if (!mixers.includes(shape)) {
      await check(changed(620).slice(0, 650), 512); // shorter
      await check(changed(512).slice(0, 640), 256); // an edit at a mark
      await check(changed(30).slice(0, 640), 0); // an edit at the beginning
    }
    expect(problems).toEqual([]);
    decoder.dispose();
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  it('is opened, asked and answered without a convolution of its text', async () => {
    const length = deviceName === 'reference' ? 700 : 1000;
    const model = LanguageModel.create(configurationOf({ n_layer: 2, l_max: length + 300 }), device(), 4);
    const settings = { folder, identity: 'weights', onProblem: (error: Error) => expect.unreachable(error.message) };
    const ids = idsOf(length);
    const first = new Decoder(model);
    (await cachedPrefill(model, first, ids, settings)).text.dispose();
    first.dispose();
    const before = tf.memory().numTensors;
    const decoder = new Decoder(model);
    const kernels = vi.spyOn(tf.engine(), 'runKernel');
    /** Long filters and convolutions; the taps of the present block are none. */
    const long = () =>
      kernels.mock.calls.filter(
        ([name, inputs]) =>
          ['HyenaPrefill', 'LongConvolution', 'ImplicitFilter'].includes(name) &&
          Math.max(...Object.values(inputs).flatMap((one) => (one as tf.Tensor | null)?.shape ?? [])) >= length,
      ).length;
    const document = await cachedPrefill(model, decoder, ids, settings);
    expect(document.reused).toBe(length);
    let output = ids;
    let last = { text: document.text, logits: document.logits };
    for (const turn of [1, 2]) {
      const question = idsOf(10, 23, 40 + turn);
      const text = last.text.fork();
      const logits = await decoder.prefillMore(text, question);
      output = Int32Array.from([...output, ...question]);
      const whole = await model.lastLogits(output, 1);
      expectClose(`question ${turn}`, { shape: [23], data: logits }, { shape: [23], data: whole }, 1e-4);
      kernels.mockClear();
      const answer = text.fork();
      for (const id of idsOf(20, 23, 50)) await decoder.step([answer], [id]);
      expect(long(), `while answer ${turn} was written`).toBe(0);
      answer.dispose();
      if (turn > 1) last.text.dispose();
      last = { text, logits };
    }
    // What asks for the whole text's scores above convolves; opening and the questions themselves are counted apart.
    kernels.mockClear();
    const again = await cachedPrefill(model, decoder, ids, settings);
    await decoder.prefillMore(again.text, idsOf(10, 23, 41));
    expect(long()).toBe(0);
    // Many tokens are read at once: once.
    await decoder.prefillMore(again.text, idsOf(100, 23, 42));
    expect(kernels.mock.calls.filter(([name]) => name === 'HyenaPrefill')).toHaveLength(2);
    kernels.mockRestore();
    for (const text of [again.text, last.text, document.text]) text.dispose();
    decoder.dispose();
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  it('a kept reading of an earlier version, without lookahead, computes it once when it is extended', async () => {
    const model = LanguageModel.create(configurationOf({ n_layer: 1, l_max: 700 }), device(), 4);
    const decoder = new Decoder(model);
    const ids = idsOf(500);
    const { past: bare, last } = await prefill(model, null, ids, { snapshots: true, lookahead: 0 });
    const logits = await decoder.scores(last);
    await savePrefill(folder, 'weights', { ids, cache: bare, logits, losses: new Float32Array(500) });
    bare.release();
    const onProblem = (error: Error) => expect.unreachable(error.message);
    const { text, reused } = await cachedPrefill(model, decoder, ids, { folder, identity: 'weights', onProblem });
    expect(reused).toBe(500);
    const kernels = vi.spyOn(tf.engine(), 'runKernel');
    let scores = logits;
    const more = idsOf(40, 23, 9);
    for (const id of more) [scores] = await decoder.step([text], [id]);
    expect(kernels.mock.calls.filter(([name]) => name === 'LongConvolution')).toHaveLength(1);
    kernels.mockRestore();
    const whole = await model.lastLogits(Int32Array.from([...ids, ...more]), 1);
    expectClose('scores', { shape: [23], data: scores }, { shape: [23], data: whole }, 1e-4);
    text.dispose();
    decoder.dispose();
    model.dispose();
  });

  it('is read anew where it is damaged or of other weights', async () => {
    const model = LanguageModel.create(configurationOf({ l_max: 300 }), device(), 4);
    const decoder = new Decoder(model);
    const problems: string[] = [];
    const open = async (identity: string) => {
      const onProblem = ({ message }: Error) => problems.push(message);
      const reading = await cachedPrefill(model, decoder, idsOf(280), { folder, identity, onProblem });
      reading.text.dispose();
      return reading.reused;
    };
    expect(await open('one')).toBe(0);
    expect(await open('one')).toBe(280);
    expect(await open('another')).toBe(0);
    expect(await open('another')).toBe(280);
    const file = path.join(folder, 'state.safetensors');
    const bytes = await readFile(file);
    bytes[bytes.length - 5] ^= 1;
    await writeFile(file, bytes);
    expect(await open('another')).toBe(0);
    expect(problems.join()).toMatch(/checksum/);
    await rm(file);
    expect(await open('another')).toBe(0);
    expect(await open('another')).toBe(280);
    expect((await readdir(folder)).sort()).toEqual(['state.json', 'state.safetensors']);
    decoder.dispose();
    model.dispose();
  });
});
