import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LanguageModel, type TrainingOptions } from '../../worker/models/language-model.ts';
import { Optimizer } from '../../worker/training/optimizer.ts';
import type { TokenBatch } from '../../worker/models/batch.ts';
import { expectClose } from './compare.ts';
import { onEveryDevice } from './devices.ts';
import { blockCasesOn, mixerCasesOn } from './mixers/index.ts';
import { batchOf, configurationOf, idsOf, plain, trainingDefaults } from './models.ts';

async function gradientsOf(model: LanguageModel, batch: TokenBatch, options: TrainingOptions = plain) {
  const { loss, gradients } = model.lossAndGradients(batch, options);
  const values = new Map<string, Float32Array>();
  for (const name of gradients.names) values.set(name, await gradients.read(name));
  gradients.dispose();
  return { loss: await loss, values };
}

/** Besides those of mixers and blocks. */
const otherShapes = [
  // Windows that hardly decay, five orders deep: well conditioned for short texts alone.
  {
    order: 5,
    short_filter_order: 1,
    num_inner_mlps: 3,
    modulation_shift: 0.1,
    fast_decay_pct: 0.5,
    decay_target: 0.05,
  },
  { n_layer: 1, l_max: 1 },
];

await onEveryDevice('language model', (device, _deviceName, slow, fewModels) => {
  const shapes = [...mixerCasesOn(fewModels), ...blockCasesOn(fewModels), ...otherShapes];
  it.each(shapes)('has the gradients of its loss, %j', async (changes) => {
    const config = configurationOf(changes);
    const model = LanguageModel.create(config, device(), 7);
    const batch = { ...batchOf(2, config.l_max), mask: Float32Array.from(idsOf(2 * config.l_max, 3, 9)) };
    const { loss, values } = await gradientsOf(model, batch);
    // Along its own direction the loss must rise by the norm of the gradient: one difference checks every parameter.
    for (const [index, { name, variable }] of model.parameters.trainable().entries()) {
      if (slow && index % 8 !== 0) continue;
      const gradient = values.get(name)!;
      const norm = Math.hypot(...gradient);
      // Below, the rounding of the loss hides the slope.
      if (norm < 2e-3) continue;
      const start = (await variable.data()).slice() as Float32Array;
      const reach = Math.min(0.01, 0.003 / norm);
      const lossAt = async (distance: number) => {
        model.parameters.set(
          name,
          start.map((value, place) => value + (distance * gradient[place]) / norm),
        );
        const losses = await model.tokenLosses(batch);
        const total = batch.mask.reduce((a, b) => a + b, 0);
        return losses.reduce((sum, each, index) => sum + each * batch.mask[index], 0) / total;
      };
      const difference = async (distance: number) => (await lossAt(distance)) - (await lossAt(-distance));
      // Fourth order: what the loss curves is not taken for an error.
      const rise = (8 * (await difference(reach)) - (await difference(2 * reach))) / (12 * reach);
      model.parameters.set(name, start);
      expect(Math.abs(rise - norm) / norm, `slope of the loss by ${name}: ${rise}, gradient norm ${norm}`).toBeLessThan(
        0.05,
      );
    }
    expect(Number.isFinite(loss)).toBe(true);
    model.dispose();
  });

  it('is causal: no score and no gradient depends on what comes later', async () => {
    for (const changes of [
      { order: 2 },
      { order: 3 },
      { layers: 'attention', n_head: 6, n_kv_head: 2, positions: 'rotary', qk_norm: true },
    ]) {
      const model = LanguageModel.create(configurationOf(changes), device(), 1);
      const { vocab_size } = model.config;
      const ids = idsOf(20);
      const before = await model.logits(ids, 1);
      const cut = 11;
      const changed = ids.map((id, place) => (place > cut ? (id + 7) % vocab_size : id));
      const after = await model.logits(changed, 1);
      const cache = (cut + 1) * vocab_size;
      const shape = [cache];
      expectClose(
        'scores of the past',
        { shape, data: after.slice(0, cache) },
        { shape, data: before.slice(0, cache) },
        1e-5,
      );
      expect(after.slice(cache)).not.toEqual(before.slice(cache));

      // The loss of the past alone: tokens that occur only later get no gradient through the untied embedding.
      const untied = LanguageModel.create(configurationOf({ ...changes, tie_embeddings: false }), device(), 1);
      const late = ids.map((_, place) => (place > cut ? 22 : place % 20));
      const mask = Float32Array.from(late, (_, place) => (place <= cut ? 1 : 0));
      const targets = idsOf(20, 20);
      const { values } = await gradientsOf(untied, { ids: late, targets, mask, batchSize: 1, length: 20 });
      const gradient = values.get('backbone.embeddings.word_embeddings.weight')!;
      const width = untied.config.d_model;
      const scale = Math.max(...gradient.map(Math.abs));
      const future = gradient.slice(22 * width, 23 * width);
      expect(Math.max(...future.map(Math.abs)) / scale).toBeLessThan(1e-6);
      model.dispose();
      untied.dispose();
    }
  });

  it('takes every length up to l_max and refuses longer ones', async () => {
    const model = LanguageModel.create(configurationOf({ l_max: 17 }), device(), 0);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 17 }), fc.integer({ min: 1, max: 3 }), async (length, batchSize) => {
        const { loss, gradients } = model.lossAndGradients(batchOf(batchSize, length), plain);
        gradients.dispose();
        expect(Math.abs((await loss) - Math.log(23))).toBeLessThan(0.5);
      }),
      {
        numRuns: 12,
        seed: 1,
        examples: [
          [1, 1],
          [17, 1],
          [13, 2],
        ],
      },
    );
    const tooLong = batchOf(1, 18);
    expect(() => model.lossAndGradients(tooLong, plain)).toThrow(/18 tokens exceeds .* 17/);
    await expect(model.logits(tooLong.ids, 1)).rejects.toMatchObject({ code: 'bad-input' });
    await expect(model.tokenLosses(tooLong)).rejects.toMatchObject({ code: 'bad-input' });
    const wrong = batchOf(1, 3);
    wrong.ids[1] = 23;
    expect(() => model.lossAndGradients(wrong, plain)).toThrow(/Token 23/);
    model.dispose();
  });

  it.for(['bf16-mixed', 'f16-mixed'] as const)('refuses %s where the device lacks it', (precision, { skip }) => {
    skip(device().precisions.includes(precision), `the device has ${precision}`);
    const model = LanguageModel.create(configurationOf(), device(), 0);
    expect(() => model.lossAndGradients(batchOf(1, 4), { ...plain, precision })).toThrow(precision);
    model.dispose();
  });

  it('scales its logits, and the loss is that of the scaled ones', async () => {
    const batch = batchOf(2, 9);
    for (const tie_embeddings of [true, false]) {
      const [model, scaled] = [1, 4].map((logit_scale) =>
        LanguageModel.create(configurationOf({ tie_embeddings, logit_scale }), device(), 3),
      );
      const before = await model.logits(batch.ids, 2);
      const logits = await scaled.logits(batch.ids, 2);
      logits.forEach((value, index) => expect(value).toBeCloseTo(4 * before[index], 5));
      const losses = await scaled.tokenLosses(batch);
      losses.forEach((loss, row) => {
        const scores = logits.subarray(23 * row, 23 * (row + 1));
        const total = scores.reduce((sum, score) => sum + Math.exp(score), 0);
        expect(loss).toBeCloseTo(Math.log(total) - scores[batch.targets[row]], 4);
      });
      model.dispose();
      scaled.dispose();
    }
  });

  it('drops gated values in training alone, each time by the seed of the batch', async () => {
    const [plainModel, model] = [0, 0.5].map((gate_dropout) =>
      LanguageModel.create(configurationOf({ gate_dropout }), device(), 3),
    );
    const batch = batchOf(2, 9);
    expect([...(await model.logits(batch.ids, 2))]).toEqual([...(await plainModel.logits(batch.ids, 2))]);
    const outBy = async (dropoutSeed: number, checkpointing = false) => {
      const { loss, gradients } = model.lossAndGradients(batch, { ...plain, dropoutSeed, checkpointing });
      gradients.dispose();
      return await loss;
    };
    expect(await outBy(1)).toBe(await outBy(1));
    expect(await outBy(1)).toBe(await outBy(1, true));
    expect(await outBy(1)).not.toBe(await outBy(2));
    plainModel.dispose();
    model.dispose();
  });

  it('gives the same gradients with recomputation, bit for bit', async () => {
    const model = LanguageModel.create(configurationOf({ residual_dropout: 0.2, embedding_dropout: 0.1 }), device(), 3);
    const options = { ...plain, dropoutSeed: 11 };
    const batch = batchOf(2, 29);
    const kept = await gradientsOf(model, batch, options);
    const recomputed = await gradientsOf(model, batch, { ...options, checkpointing: true });
    if (device().deterministic) {
      expect(recomputed.loss).toBe(kept.loss);
      for (const [name, values] of kept.values) expect(recomputed.values.get(name), name).toEqual(values);
    } else {
      for (const [name, data] of kept.values)
        expectClose(
          name,
          { shape: [data.length], data: recomputed.values.get(name)! },
          { shape: [data.length], data },
          1e-5,
        );
    }
    model.dispose();
  });

  it('gives the same by Monarch products as by Fourier transform', async () => {
    const model = LanguageModel.create(configurationOf({ order: 3 }), device(), 3);
    const batch = batchOf(2, 31);
    const fft = await gradientsOf(model, batch, { ...plain, convolution: 'fft' });
    const monarch = await gradientsOf(model, batch, { ...plain, convolution: 'monarch' });
    expect(Math.abs(fft.loss - monarch.loss)).toBeLessThan(1e-5);
    for (const [name, data] of fft.values)
      expectClose(
        name,
        { shape: [data.length], data: monarch.values.get(name)! },
        { shape: [data.length], data },
        1e-4,
        1e-3,
      );
    model.dispose();
  });

  it('repeats itself bit for bit', async ({ skip }) => {
    skip(!device().deterministic, 'the device is not deterministic');
    const train = async () => {
      const model = LanguageModel.create(configurationOf({ residual_dropout: 0.1 }), device(), 42);
      const optimizer = new Optimizer(model, trainingDefaults);
      const losses: number[] = [];
      for (let step = 1; step <= 4; step++) {
        const result = model.lossAndGradients(batchOf(2, 16, 23, step), { ...plain, dropoutSeed: step });
        losses.push(await result.loss, await optimizer.step(result.gradients, { step, learningRateScale: step / 4 }));
      }
      optimizer.dispose();
      model.dispose();
      return losses;
    };
    expect(await train()).toEqual(await train());
  });

  it('holds memory steady over many steps', async () => {
    const model = LanguageModel.create(configurationOf({ residual_dropout: 0.1, embedding_dropout: 0.1 }), device(), 0);
    const optimizer = new Optimizer(model, trainingDefaults);
    const step = async (index: number) => {
      const options = { ...plain, dropoutSeed: index, checkpointing: index % 2 === 0 };
      const first = model.lossAndGradients(batchOf(2, 9 + (index % 5)), { ...options, gradientScale: 0.5 });
      const second = model.lossAndGradients(batchOf(1, 7), { ...options, gradientScale: 0.5 });
      first.gradients.add(second.gradients);
      await Promise.all([first.loss, second.loss]);
      await optimizer.step(first.gradients, { step: index, learningRateScale: 1 });
      await model.tokenLosses(batchOf(1, 8));
      await model.lastLogits(idsOf(6), 2);
    };
    await step(1);
    const before = tf.memory();
    for (let index = 2; index < (slow ? 6 : 40); index++) await step(index);
    const after = tf.memory();
    expect([after.numTensors, after.numDataBuffers, after.numBytes]).toEqual([
      before.numTensors,
      before.numDataBuffers,
      before.numBytes,
    ]);
    optimizer.dispose();
    model.dispose();
  });

  it('learns', async () => {
    const model = LanguageModel.create(configurationOf(), device(), 0);
    const optimizer = new Optimizer(model, { ...trainingDefaults, learning_rate: 1e-2 });
    const batch = batchOf(2, 24);
    let last = Infinity;
    for (let step = 1; step <= 30; step++) {
      const { loss, gradients } = model.lossAndGradients(batch, plain);
      last = await loss;
      await optimizer.step(gradients, { step, learningRateScale: 1 });
    }
    expect(last).toBeLessThan(1.5);
    optimizer.dispose();
    model.dispose();
  });

  describe('accumulation', () => {
    it('accumulation of two halves gives the gradients of the whole', async () => {
      const model = LanguageModel.create(configurationOf(), device(), 5);
      const whole = batchOf(4, 10);
      const half = (from: number): TokenBatch => ({
        ids: whole.ids.slice(from * 10, (from + 2) * 10),
        targets: whole.targets.slice(from * 10, (from + 2) * 10),
        batchSize: 2,
        length: 10,
      });
      const expected = await gradientsOf(model, whole);
      const first = model.lossAndGradients(half(0), { ...plain, gradientScale: 0.5 });
      const second = model.lossAndGradients(half(2), { ...plain, gradientScale: 0.5 });
      first.gradients.add(second.gradients);
      expect(Math.abs(((await first.loss) + (await second.loss)) / 2 - expected.loss)).toBeLessThan(1e-5);
      for (const [name, data] of expected.values) {
        const actual = await first.gradients.read(name);
        expectClose(name, { shape: [data.length], data: actual }, { shape: [data.length], data }, 1e-4, 1e-4);
      }
      first.gradients.dispose();
      model.dispose();
    });
  });
});
