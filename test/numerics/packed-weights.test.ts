import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { isPackable, packRows, unpackRows, type PackedType } from '../../main/contract/logic/weight-format.ts';
import { Decoder } from '../../worker/models/decoding/decoder.ts';
import { keepsPacked, keptTensor } from '../../worker/models/kept-weights.ts';
import { LanguageModel } from '../../worker/models/language-model.ts';
import { linear } from '../../worker/ops/index.ts';
import { expectClose } from './compare.ts';
import { onEveryDevice } from './devices.ts';
import { blockCasesOn, mixerCasesOn } from './mixers/index.ts';
import { configurationOf, idsOf } from './models.ts';

const types: PackedType[] = ['bf16', 'int8', 'int4'];
/** Of a step, where the native device takes vectors as numbers of 16 bits; of all else. */
const [ofSteps, ofTexts] = [5e-4, 2e-5];

await onEveryDevice('packed weights', (device, deviceName, slow, fewModels) => {
  /** A model with packed weights, and one with the numbers that they stand for. */
  const pairOf = async (shape: Parameters<typeof configurationOf>[0], type: PackedType) => {
    const config = configurationOf({ ...shape, d_model: 48, d_inner: 72 }, 40);
    const packed = LanguageModel.create(config, device(), 3);
    await packed.parameters.pack(type);
    const plain = LanguageModel.create(config, device(), 4);
    for (const { name, variable } of packed.parameters.all())
      plain.parameters.set(name, ((await variable.data()) as Float32Array).slice());
    return { packed, plain, config };
  };

  const shapes = [...mixerCasesOn(fewModels), ...(slow ? [] : blockCasesOn(fewModels))];
  const cases = shapes.flatMap((shape, index) => (slow ? [types[index % 3]] : types).map((type) => ({ type, shape })));
  it.each(cases)('computes with $type as with the numbers that they stand for, $shape', async ({ type, shape }) => {
    const { packed, plain, config } = await pairOf({ ...shape, l_max: 60 }, type);
    const ids = idsOf(60, 40, 8);
    const [found, right] = [await packed.logits(ids, 2), await plain.logits(ids, 2)];
    const whole = [2, 30, config.vocab_size];
    expectClose('logits', { shape: whole, data: found }, { shape: whole, data: right }, ofTexts);

    const before = tf.memory().numTensors;
    const decoder = new Decoder(packed);
    const { text } = await decoder.prefill(ids.slice(0, 25));
    const fork = text.fork();
    let scores: Float32Array[] = [];
    for (let length = 25; length < 45; length++) scores = await decoder.step([text, fork], [ids[length], ids[length]]);
    const last = await plain.lastLogits(ids.slice(0, 45), 1);
    const row = [config.vocab_size];
    for (const one of scores) expectClose('scores', { shape: row, data: one }, { shape: row, data: last }, ofSteps);
    text.dispose();
    fork.dispose();
    decoder.dispose();
    expect(tf.memory().numTensors).toBe(before);
    packed.dispose();
    plain.dispose();
  });

  it.skipIf(deviceName !== 'native').each(types)('keeps %s in its own size, and widens what is read', async (type) => {
    expect(keepsPacked()).toBe(true);
    const values = Float32Array.from({ length: 40 * 70 }, (_, index) => Math.sin(index));
    const before = tf.memory() as unknown as { inUse: number };
    const matrix = keptTensor(packRows(values, 70, type));
    const size = (tf.memory() as unknown as { inUse: number }).inUse - before.inUse;
    expect(size).toBeLessThanOrEqual(4 * values.length * { bf16: 0.52, int8: 0.41, int4: 0.22 }[type]);
    expect(isPackable({ shape: [40, 70] })).toBe(true);
    const read = (await matrix.data()) as Float32Array;
    expect([...matrix.dataSync<'float32'>()]).toEqual([...read]);
    const part = tf.slice(matrix, [3, 2], [5, 60]);
    const flipped = tf.transpose(matrix);
    expect((await part.data())[0]).toBe(read[3 * 70 + 2]);
    expect((await flipped.data())[1]).toBe(read[70]);
    tf.dispose([part, flipped, matrix]);
  });

  it.each(types)('has the gradients of %s by what they are multiplied with', async (type) => {
    const values = Float32Array.from({ length: 48 * 40 }, (_, index) => Math.sin(3 * index));
    const weight = packRows(values, 40, type);
    const x = tf.tensor3d(values.slice(0, 3 * 5 * 40), [3, 5, 40]);
    const bias = tf.zeros([48]);
    const dy = tf.tensor3d(values.slice(0, 3 * 5 * 48), [3, 5, 48]);
    const gradientBy = async (matrix: tf.Tensor) => {
      const layout = { input: 'tokens', output: 'tokens', precision: 'fp32' } as const;
      const gradient = tf.tidy(() => tf.grad((input: tf.Tensor) => linear(input, matrix, bias, layout))(x, dy));
      const data = (await gradient.data()) as Float32Array;
      gradient.dispose();
      return data;
    };
    const plain = tf.tensor2d(unpackRows(weight), [48, 40]);
    const matrix = keepsPacked() ? keptTensor(weight) : plain.clone();
    const shape = x.shape;
    expectClose('dx', { shape, data: await gradientBy(matrix) }, { shape, data: await gradientBy(plain) }, ofTexts);
    tf.dispose([x, dy, bias, plain, matrix]);
  });
});
