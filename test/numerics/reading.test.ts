import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openReading } from '../../worker/generation/reading.ts';
import { Decoder } from '../../worker/models/decoding/decoder.ts';
import { LanguageModel } from '../../worker/models/language-model.ts';
import { expectClose } from './compare.ts';
import { onEveryDevice } from './devices.ts';
import { configurationOf, idsOf } from './models.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyena-reading-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

await onEveryDevice('a kept reading', (device, _deviceName, slow) => {
  const all = [{ n_layer: 1 }, { order: 3, short_filter_order: 4 }, { short_filter_order: 1 }];
  const shapes = slow ? all.slice(0, 1) : all;

  it.each(shapes)('goes on as if the text had been read anew, %j', async (shape) => {
    const config = configurationOf({ ...shape, l_max: 900 });
    const model = LanguageModel.create(config, device(), 4);
    const before = tf.memory().numTensors;
    const decoder = new Decoder(model);
    const problems: string[] = [];
    const settings = { folder, identity: 'weights', onProblem: ({ message }: Error) => problems.push(message) };
    const text = idsOf(800);
    const check = async (ids: Int32Array, reused: number) => {
      const reading = await openReading(model, decoder, ids, settings);
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
    await check(changed(620).slice(0, 650), 512); // shorter
    await check(changed(512).slice(0, 640), 256); // an edit at a mark
    await check(changed(30).slice(0, 640), 0); // an edit at the beginning
    expect(problems).toEqual([]);
    decoder.dispose();
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  it('is read anew where it is damaged or of other weights', async () => {
    const model = LanguageModel.create(configurationOf({ l_max: 300 }), device(), 4);
    const decoder = new Decoder(model);
    const problems: string[] = [];
    const open = async (identity: string) => {
      const onProblem = ({ message }: Error) => problems.push(message);
      const reading = await openReading(model, decoder, idsOf(280), { folder, identity, onProblem });
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
