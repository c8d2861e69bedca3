import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { isPackable, packRows, unpackRows, type PackedType } from '../../main/contract/logic/weight-format.ts';
import { SafetensorsFile } from '../../main/library/checkpoints/safetensors.ts';
import { weightsFilePieces } from '../../main/library/checkpoints/weights-file.ts';
import { Decoder } from '../../worker/models/decoding/decoder.ts';
import { keepsPacked, keptTensor } from '../../worker/models/kept-weights.ts';
import { LanguageModel } from '../../worker/models/language-model.ts';
import { withMergedAdapters } from '../../worker/models/merged.ts';
import { linear } from '../../worker/ops/index.ts';
import { expectClose } from './compare.ts';
import { onEveryDevice } from './devices.ts';
import { blockCasesOn, mixerCasesOn } from './mixers/index.ts';
import { batchOf, configurationOf, idsOf, plain as plainTraining } from './models.ts';

const types: PackedType[] = ['bf16', 'int8', 'int4'];
/** Bytes that tensors take on a device that keeps packed weights. */
function used(): number {
  const { inUse, numBytesInGPU } = tf.memory() as unknown as { inUse?: number; numBytesInGPU?: number };
  return (inUse ?? numBytesInGPU)!;
}

/** Writes the weights of a model as a checkpoint in a type has them. */
async function writePacked(model: LanguageModel, file: string, type: PackedType): Promise<void> {
  const weights = model.parameters.base().map(({ variable, ...spec }) => ({
    ...{ name: spec.name, shape: spec.shape, type: isPackable(spec) ? type : ('fp32' as const) },
    pieces: async function* () {
      const values = (await variable.data()) as Float32Array;
      const stored = type === 'bf16' && isPackable(spec) ? packRows(values, spec.shape[1], type).values : values;
      yield new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
    },
  }));
  const pieces: Uint8Array[] = [];
  for await (const piece of weightsFilePieces(weights)) pieces.push(piece.slice());
  await writeFile(file, Buffer.concat(pieces));
}

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
    const end = slow ? 32 : 45;
    for (let length = 25; length < end; length++) scores = await decoder.step([text, fork], [ids[length], ids[length]]);
    const last = await plain.lastLogits(ids.slice(0, end), 1);
    const row = [config.vocab_size];
    for (const one of scores) expectClose('scores', { shape: row, data: one }, { shape: row, data: last }, ofSteps);
    text.dispose();
    fork.dispose();
    decoder.dispose();
    expect(tf.memory().numTensors).toBe(before);
    packed.dispose();
    plain.dispose();
  });

  it.skipIf(!['native', 'webgpu'].includes(deviceName)).each(types)(
    'keeps %s in its own size, and widens what is read',
    async (type) => {
      expect(keepsPacked()).toBe(true);
      const values = Float32Array.from({ length: 40 * 70 }, (_, index) => Math.sin(index));
      const before = used();
      const matrix = keptTensor(packRows(values, 70, type));
      const size = used() - before;
      expect(size).toBeGreaterThan(0);
      expect(size).toBeLessThanOrEqual(4 * values.length * { bf16: 0.52, int8: 0.41, int4: 0.22 }[type]);
      expect(isPackable({ shape: [40, 70] })).toBe(true);
      const read = (await matrix.data()) as Float32Array;
      expect([...read]).toEqual([...unpackRows(packRows(values, 70, type))]);
      if (deviceName === 'native') expect([...matrix.dataSync<'float32'>()]).toEqual([...read]);
      const part = tf.slice(matrix, [3, 2], [5, 60]);
      const flipped = tf.transpose(matrix);
      const rows = tf.reshape(matrix, [20, 140]);
      const sums = tf.matMul(rows, tf.ones([140, 1]));
      expect((await part.data())[0]).toBe(read[3 * 70 + 2]);
      expect((await flipped.data())[1]).toBe(read[70]);
      expect((await sums.data())[1]).toBeCloseTo(
        read.subarray(140, 280).reduce((sum, value) => sum + value, 0),
        4,
      );
      tf.dispose([part, flipped, rows, sums, matrix]);
    },
  );

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

  it.each(types)('trains adapters for weights in %s, which stay so while text is generated', async (type) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'hyena-packed-'));
    const base = path.join(folder, 'base.safetensors');
    const config = configurationOf({ d_model: 48, d_inner: 72, n_layer: 1, initializer_range: 0.2 }, 40);
    const settings = { rank: 3, alpha: 5, matrices: 'all' as const, rest: false };
    const [packed, plain] = [1, 2].map((seed) => LanguageModel.create(config, device(), seed, undefined, settings));
    try {
      await writePacked(packed, base, type);
      const file = await SafetensorsFile.open(base);
      await packed.parameters.load(file, packed.parameters.base());
      for (const { name } of plain.parameters.base()) plain.parameters.set(name, await file.readFloats(name));
      await file.close();
      for (const { name, variable } of packed.parameters.trainable()) {
        const values = Float32Array.from({ length: variable.size }, (_, index) => 0.1 * Math.sin(3 * index));
        for (const model of [packed, plain]) model.parameters.set(name, values);
      }
      const stepOf = async (model: LanguageModel) => {
        const { loss, gradients } = model.lossAndGradients(batchOf(2, 11), plainTraining);
        const values = await Promise.all(gradients.names.map((name) => gradients.read(name)));
        const { names } = gradients;
        gradients.dispose();
        return { loss: await loss, values, names };
      };
      const [found, right] = [await stepOf(packed), await stepOf(plain)];
      expect(found.loss).toBeCloseTo(right.loss, 4);
      for (const [index, name] of found.names.entries()) {
        const shape = [found.values[index].length];
        expectClose(name, { shape, data: found.values[index] }, { shape, data: right.values[index] }, 1e-4);
      }
      const before = keepsPacked() ? used() : 0;
      await withMergedAdapters(packed, base, () => Promise.resolve());
      if (keepsPacked()) expect(used()).toBe(before);
      expect(await stepOf(packed)).toEqual(found);
    } finally {
      for (const model of [packed, plain]) model.dispose();
      await rm(folder, { recursive: true });
    }
  });
});
