import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import type { Device } from '../../worker/devices/index.ts';
import { batchOfWindows } from '../../worker/models/batch.ts';
import { LanguageModel, type TrainingOptions } from '../../worker/models/language-model.ts';
import { hyenaSpecs, type HyenaConfiguration } from '../../main/contract/mixers/hyena/parameters.ts';
import { hyenaFilters, hyenaForward } from '../../worker/models/mixers/hyena/forward.ts';
import { Optimizer } from '../../worker/training/optimizer.ts';
import { expectClose } from './compare.ts';
import { onEveryDevice, valuesOf } from './devices.ts';
import { trainingDefaults } from './models.ts';
import { readVector, vectorFiles, vectorFolder, type Vector, type VectorMetadata } from './vectors.ts';

type OperatorVector = Vector<Extract<VectorMetadata, { kind: 'operator' }>>;
type LanguageModelVector = Vector<Extract<VectorMetadata, { kind: 'lm' }>>;

const compute = { precision: 'fp32', convolution: 'auto' } as const;
const training: TrainingOptions = { ...compute, checkpointing: false, dropoutSeed: null };

const tensorOf = ({ shape, data }: { shape: readonly number[]; data: Float32Array }) => tf.tensor(data, [...shape]);
const scalar = (value: number) => ({ shape: [], data: [value] });

/**
 * What the loss may differ by after some steps, and what part of the change of a weight it may be off by. Stacked sine
 * layers of high frequency amplify the rounding of fp32 a thousandfold, and Adam turns small gradients of either sign
 * into full steps, so two correct computations part exponentially at first: from the frozen losses of the two-layer
 * model, which PyTorch made in fp32, PyTorch in fp64 departs by 5e-6 at step 7, 4e-5 at step 9, 6e-4 at step 16, and
 * its weights by 2% of their change. The rule of AdamW itself is tested exactly elsewhere.
 */
const trainedTolerance = (tolerance: number, step: number) => tolerance * Math.min(250, 2 ** (step - 1));
const trainedChange = 0.1;

async function checkOperator(vector: OperatorVector): Promise<void> {
  const config = vector.config as HyenaConfiguration;
  const { tolerance } = vector.metadata;
  const specs = hyenaSpecs(config);
  // Every weight of the vector is one of the model's and the other way round.
  expect(vector.under('weight.').sort()).toEqual(specs.map(({ name }) => name).sort());
  const names = vector.under('grad.');
  const weights = new Map(specs.map(({ name }) => [name, tensorOf(vector.get(`weight.${name}`))]));
  const weight = (name: string) => weights.get(name)!;
  const input = tensorOf(vector.get('input'));
  const length = input.shape[1]!;

  const filters = hyenaFilters(weight, config, length);
  expectClose('filter', await valuesOf(tf.transpose(filters)), vector.get('filter'), tolerance);
  const { value, grads } = tf
    .engine()
    .gradients(
      () => hyenaForward(input, weight, config, compute),
      [input, ...names.map(weight)],
      tensorOf(vector.get('grad_output')),
    );
  expectClose('output', await valuesOf(value), vector.get('output'), tolerance);
  expectClose('grad_input', await valuesOf(grads[0]), vector.get('grad_input'), tolerance);
  for (const [index, name] of names.entries())
    expectClose(`gradient of ${name}`, await valuesOf(grads[index + 1]), vector.get(`grad.${name}`), tolerance);
  // Nothing that is trained lacks a gradient in the vector.
  expect(names.sort()).toEqual(
    specs
      .filter(({ group }) => group !== null)
      .map(({ name }) => name)
      .sort(),
  );
}

/** @param slow the first steps, and the beginning of what it writes, must do */
async function checkLanguageModel(device: Device, vector: LanguageModelVector, slow: boolean): Promise<void> {
  const { metadata, config } = vector;
  const { tolerance, optimizer: settings, losses } = metadata;
  const model = LanguageModel.create(config, device, 0);
  expect(vector.under('weight.').sort()).toEqual(
    model.parameters
      .all()
      .map(({ name }) => name)
      .sort(),
  );
  for (const name of vector.under('weight.')) {
    expect(model.parameters.get(name).shape).toEqual(vector.get(`weight.${name}`).shape);
    model.parameters.set(name, vector.get(`weight.${name}`).data);
  }
  const tokens = vector.ids('input_ids');
  const [batchSize, columns] = tokens.shape;
  const batch = batchOfWindows(tokens.data, batchSize, columns - 1);

  const logits = await model.logits(batch.ids, batchSize);
  expectClose(
    'logits',
    { shape: [batchSize, columns - 1, config.vocab_size], data: logits },
    vector.get('logits'),
    tolerance,
  );

  const first = model.lossAndGradients(batch, training);
  expectClose('loss', scalar(await first.loss), scalar(metadata.loss), tolerance);
  expect(first.gradients.names.sort()).toEqual(vector.under('grad.').sort());
  for (const name of first.gradients.names) {
    const gradient = { shape: first.gradients.get(name).shape, data: await first.gradients.read(name) };
    expectClose(`gradient of ${name}`, gradient, vector.get(`grad.${name}`), tolerance);
  }

  const optimizer = new Optimizer(model, {
    ...trainingDefaults,
    learning_rate: settings.lr,
    filter_learning_rate: null,
    position_learning_rate: null,
    weight_decay: settings.weight_decay,
    bias_weight_decay: settings.weight_decay,
    filter_weight_decay: settings.weight_decay,
    adam_beta1: settings.betas[0],
    adam_beta2: settings.betas[1],
    adam_epsilon: settings.eps,
    grad_clip: settings.grad_clip,
  });
  let gradients = first.gradients;
  for (const [index, loss] of losses.slice(0, slow ? 3 : undefined).entries()) {
    const step = index + 1;
    if (index > 0) {
      const result = model.lossAndGradients(batch, training);
      expectClose(`loss of step ${step}`, scalar(await result.loss), scalar(loss), trainedTolerance(tolerance, step));
      gradients = result.gradients;
    }
    const norm = await optimizer.step(gradients, { step, learningRateScale: 1 });
    if (index === 0) expectClose('gradient norm', scalar(norm), scalar(metadata.grad_norm), tolerance);
  }
  for (const { name, variable } of slow ? [] : model.parameters.all()) {
    const values = (await variable.data()) as Float32Array;
    const expected = vector.get(`trained.${name}`).data;
    const start = vector.get(`weight.${name}`).data;
    const change = Math.hypot(...expected.map((value, place) => value - start[place]));
    const error = Math.hypot(...expected.map((value, place) => values[place] - value));
    expect(error, `error of the trained ${name}, whose change is ${change}`).toBeLessThanOrEqual(
      trainedChange * change,
    );
  }

  for (const name of vector.under('trained.')) model.parameters.set(name, vector.get(`trained.${name}`).data);
  const generated = vector.ids('generated');
  const [rows, total] = generated.shape;
  for (let row = 0; row < rows; row++) {
    const expected = Array.from(generated.data.slice(row * total, (row + 1) * total));
    const written = expected.slice(0, metadata.prompt_length);
    while (written.length < (slow ? metadata.prompt_length + 4 : total)) {
      const scores = await model.lastLogits(Int32Array.from(written.slice(-config.l_max)), 1);
      written.push(scores.indexOf(scores.reduce((a, b) => Math.max(a, b))));
    }
    expect(written).toEqual(expected.slice(0, written.length));
  }
  optimizer.dispose();
  model.dispose();
}

const files = vectorFiles();
it(`finds vectors in ${vectorFolder}`, () => expect(files.length).toBeGreaterThan(0));

await onEveryDevice('frozen vectors', (device, _deviceName, slow) => {
  it.each(files)('%s', { timeout: 600_000 }, async (file) => {
    const before = tf.memory().numTensors;
    const vector = await readVector(file);
    const { kind } = vector.metadata;
    if (kind === 'operator') await checkOperator(vector as OperatorVector);
    else {
      await checkLanguageModel(device(), vector as LanguageModelVector, slow);
      expect(tf.memory().numTensors).toBe(before);
    }
  });
});
