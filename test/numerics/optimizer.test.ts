import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { SafetensorsFile, writeSafetensors } from '../../main/library/checkpoints/safetensors.ts';
import { modelSpecs } from '../../main/contract/logic/model-parameters.ts';
import { LanguageModel } from '../../worker/models/language-model.ts';
import { muon } from '../../worker/training/muon.ts';
import { Optimizer } from '../../worker/training/optimizer.ts';
import { adamW, dropout } from '../../worker/ops/index.ts';
import { expectClose } from './compare.ts';
import { onEveryDevice, valuesOf } from './devices.ts';
import { batchOf, configurationOf, plain, trainingDefaults } from './models.ts';
import { noise, tensorOf } from './operation-checks.ts';

const variableOf = (values: tf.Tensor) => {
  const variable = tf.variable(values, false);
  values.dispose();
  return variable;
};

interface Plain {
  value: number[];
  gradient: number[];
  first: number[];
  second: number[];
  learningRate: number;
  weightDecay: number;
}

/** PyTorch's clip_grad_norm_ and AdamW, in double precision. @param others gradients that only count in the norm */
function naiveAdamW(
  parameters: Plain[],
  others: number[],
  step: number,
  clip: number | null,
  beta1: number,
  beta2: number,
  epsilon: number,
) {
  const norm = Math.sqrt(
    [...parameters.flatMap(({ gradient }) => gradient), ...others].reduce((sum, g) => sum + g * g, 0),
  );
  const factor = clip === null ? 1 : Math.min(1, clip / (norm + 1e-6));
  for (const each of parameters)
    each.value.forEach((_, i) => {
      const g = each.gradient[i] * factor;
      each.value[i] *= 1 - each.learningRate * each.weightDecay;
      each.first[i] = beta1 * each.first[i] + (1 - beta1) * g;
      each.second[i] = beta2 * each.second[i] + (1 - beta2) * g * g;
      const denominator = Math.sqrt(each.second[i]) / Math.sqrt(1 - beta2 ** step) + epsilon;
      each.value[i] -= ((each.learningRate / (1 - beta1 ** step)) * each.first[i]) / denominator;
    });
  return norm;
}

await onEveryDevice('AdamW', (device) => {
  it.each([null, 0.5, 100])('is PyTorch’s, with clipping at %s', async (clip) => {
    const shapes = [[3, 4], [5], [2, 1, 3]];
    const plainParameters: Plain[] = shapes.map((shape, index) => ({
      value: Array.from(noise(index, ...shape).data),
      gradient: [],
      first: Array.from(noise(0, ...shape).data, () => 0),
      second: Array.from(noise(0, ...shape).data, () => 0),
      learningRate: [1e-2, 3e-3, 0][index],
      weightDecay: [0.1, 0, 0.2][index],
    }));
    const variables = shapes.map((shape, index) => ({
      value: variableOf(tensorOf(noise(index, ...shape))),
      first: variableOf(tf.zeros(shape)),
      second: variableOf(tf.zeros(shape)),
    }));
    for (let step = 1; step <= 12; step++) {
      const gradients = shapes.map((shape, index) => noise(100 * step + index, ...shape));
      plainParameters.forEach((each, index) => (each.gradient = Array.from(gradients[index].data)));
      const others = [noise(100 * step + 50, 7), noise(100 * step + 51, 3, 2)];
      const counted = others.flatMap(({ data }) => Array.from(data));
      const expectedNorm = naiveAdamW(plainParameters, counted, step, clip, 0.9, 0.98, 1e-8);
      const otherTensors = others.map((other) => tensorOf(other));
      const tensors = gradients.map((gradient) => tensorOf(gradient));
      const norm = adamW(
        variables.map((each, index) => ({
          ...each,
          gradient: tensors[index],
          learningRate: plainParameters[index].learningRate,
          weightDecay: plainParameters[index].weightDecay,
        })),
        { beta1: 0.9, beta2: 0.98, epsilon: 1e-8, step, clip },
        otherTensors,
      );
      tf.dispose([...tensors, ...otherTensors]);
      expectClose(`norm of step ${step}`, await valuesOf(norm), { shape: [], data: [expectedNorm] }, 1e-6);
    }
    for (const [index, { value, first, second }] of variables.entries()) {
      const shape = shapes[index];
      const expected = plainParameters[index];
      expectClose(`parameter ${index}`, { shape, data: await value.data() }, { shape, data: expected.value }, 2e-6);
      expectClose(`first moment ${index}`, { shape, data: await first.data() }, { shape, data: expected.first }, 2e-6);
      expectClose(
        `second moment ${index}`,
        { shape, data: await second.data() },
        { shape, data: expected.second },
        2e-6,
      );
      tf.dispose([value, first, second]);
    }
  });

  it.each([NaN, Infinity])('changes nothing where a gradient is %s', async (bad) => {
    const [value, first, second] = [1, 2, 3].map((seed) => variableOf(tensorOf(noise(seed, 4))));
    second.assign(tf.abs(second));
    const before = await Promise.all([value, first, second].map((each) => each.data()));
    const kept = before.map((data) => Array.from(data));
    const gradient = tf.tensor1d([1, bad, 2, 3]);
    const norm = adamW([{ value, gradient, first, second, learningRate: 1, weightDecay: 1 }], {
      beta1: 0.9,
      beta2: 0.98,
      epsilon: 1e-8,
      step: 1,
      clip: 1,
    });
    expect(Number.isFinite((await norm.data())[0])).toBe(false);
    const after = await Promise.all([value, first, second].map((each) => each.data()));
    expect(after.map((data) => Array.from(data))).toEqual(kept);
    tf.dispose([value, first, second, gradient, norm]);
  });

  it('changes nothing where a gradient that only counts is not finite', async () => {
    const [value, first, second] = [1, 2, 3].map((seed) => variableOf(tf.abs(tensorOf(noise(seed, 4)))));
    const kept = Array.from(await value.data());
    const [gradient, other] = [tensorOf(noise(4, 4)), tf.tensor2d([[1, Infinity]])];
    const settings = { beta1: 0.9, beta2: 0.98, epsilon: 1e-8, step: 1, clip: 1 };
    const norm = adamW([{ value, gradient, first, second, learningRate: 1, weightDecay: 1 }], settings, [other]);
    expect(Number.isFinite((await norm.data())[0])).toBe(false);
    expect(Array.from(await value.data())).toEqual(kept);
    tf.dispose([value, first, second, gradient, other, norm]);
  });

  it('gives each group its learning rate and decay', () => {
    const settings = {
      ...trainingDefaults,
      learning_rate: 1,
      weight_decay: 2,
      bias_weight_decay: 3,
      filter_weight_decay: 4,
    };
    const specs = modelSpecs(configurationOf());
    const groups = (changes: Partial<typeof settings>) => (name: string) => {
      const { group } = specs.find((spec) => spec.name.endsWith(name))!;
      const training = { ...settings, ...changes };
      return { learningRate: group!.learningRate(training), weightDecay: group!.weightDecay(training) };
    };
    const own = groups({ filter_learning_rate: 5, position_learning_rate: 0 });
    expect(own('mixer.in_proj.weight')).toEqual({ learningRate: 1, weightDecay: 2 });
    expect(own('mlp.fc1.bias')).toEqual({ learningRate: 1, weightDecay: 3 });
    expect(own('norm2.weight')).toEqual({ learningRate: 1, weightDecay: 3 });
    expect(own('implicit_filter.0.weight')).toEqual({ learningRate: 5, weightDecay: 4 });
    expect(own('pos_emb.z')).toEqual({ learningRate: 0, weightDecay: 4 });
    expect(groups({ filter_learning_rate: 5 })('pos_emb.z').learningRate).toBe(5);
    expect(groups({})('filter_fn.bias').learningRate).toBe(1);
  });

  it.each(['adamw', 'muon'] as const)(
    'goes on from saved weights and moments of %s as if it had never stopped',
    async (name) => {
      const settings = { ...trainingDefaults, optimizer: name };
      const folder = await mkdtemp(join(tmpdir(), 'hyena-'));
      const config = configurationOf({ order: 3, tie_embeddings: false });
      const train = async (model: LanguageModel, optimizer: Optimizer, from: number, to: number) => {
        const losses: number[] = [];
        for (let step = from; step <= to; step++) {
          const { loss, gradients } = model.lossAndGradients(batchOf(2, 16, 23, step), plain);
          losses.push(await loss, await optimizer.step(gradients, { step, learningRateScale: 1 }));
        }
        return losses;
      };
      const model = LanguageModel.create(config, device(), 1);
      const optimizer = new Optimizer(model, settings);
      await train(model, optimizer, 1, 3);
      await writeSafetensors(join(folder, 'model.safetensors'), model.parameters.toWrite());
      await writeSafetensors(join(folder, 'optimizer.safetensors'), optimizer.toWrite());
      const expected = await train(model, optimizer, 4, 6);

      const weights = await SafetensorsFile.open(join(folder, 'model.safetensors'));
      const moments = await SafetensorsFile.open(join(folder, 'optimizer.safetensors'));
      const again = await LanguageModel.load(config, device(), weights);
      const resumed = new Optimizer(again, settings);
      await resumed.load(moments);
      const actual = await train(again, resumed, 4, 6);
      if (device().deterministic) expect(actual).toEqual(expected);
      else expectClose('losses', { shape: [6], data: actual }, { shape: [6], data: expected }, 1e-4);

      await expect(LanguageModel.load(configurationOf(), device(), weights)).rejects.toMatchObject({
        code: 'bad-input',
      });
      await expect(resumed.load(weights)).rejects.toMatchObject({ code: 'bad-input' });
      await weights.close();
      await moments.close();
      for (const each of [optimizer, resumed, model, again]) each.dispose();
      await rm(folder, { recursive: true });
    },
  );
});

type Rows = number[][];
const times = (x: Rows, y: Rows): Rows =>
  x.map((row) => y[0].map((_, j) => row.reduce((sum, value, k) => sum + value * y[k][j], 0)));
const turned = (x: Rows): Rows => x[0].map((_, j) => x.map((row) => row[j]));
const combined = (...terms: [number, Rows][]): Rows =>
  terms[0][1].map((row, i) => row.map((_, j) => terms.reduce((sum, [factor, x]) => sum + factor * x[i][j], 0)));
const lengthOf = (x: Rows) => Math.sqrt(x.flat().reduce((sum, value) => sum + value * value, 0));

/** The polynomial of Muon's iteration on the singular values, as the matrix X·(aI + b·XᵀX + c·(XᵀX)²), in double precision. */
function naiveOrthogonalised(x: Rows): Rows {
  let y = combined([1 / (lengthOf(x) + 1e-7), x]);
  for (let step = 0; step < 5; step++) {
    const third = times(y, times(turned(y), y));
    const fifth = times(third, times(turned(y), y));
    y = combined([3.4445, y], [-4.775, third], [2.0315, fifth]);
  }
  return y;
}

await onEveryDevice('Muon', () => {
  const rowsOf = (values: ArrayLike<number>, columns: number): Rows =>
    Array.from({ length: values.length / columns }, (_, i) => Array.from(values).slice(i * columns, (i + 1) * columns));

  it.each([
    [8, 8],
    [5, 17],
    [48, 16],
    [1, 6],
    [3, 1],
  ])('follows its definition for %i rows of %i', async (rows, columns) => {
    const start = noise(1, rows, columns);
    let [value, momentum] = [start.data, start.data.map(() => 0)].map((values) => rowsOf(values, columns));
    const variables = { value: variableOf(tensorOf(start)), momentum: variableOf(tf.zeros([rows, columns])) };
    for (let step = 1; step <= 4; step++) {
      const noisy = noise(10 * step, rows, columns);
      const gradient = rowsOf(noisy.data, columns);
      momentum = combined([0.9, momentum], [0.1 * 0.3, gradient]);
      const update = naiveOrthogonalised(combined([0.9, momentum], [0.1 * 0.3, gradient]));
      value = combined([1 - 2e-2 * 0.1, value], [-2e-2 * 0.2 * Math.sqrt(Math.max(rows, columns)), update]);
      const tensor = tensorOf(noisy);
      muon([{ ...variables, gradient: tensor, learningRate: 2e-2, weightDecay: 0.1 }], { momentum: 0.9, factor: 0.3 });
      tensor.dispose();
    }
    const shape = [rows, columns];
    for (const [name, expected, tolerance] of [
      ['momentum', momentum, 2e-6],
      ['value', value, 2e-5],
    ] as const)
      expectClose(name, await valuesOf(variables[name]), { shape, data: expected.flat() }, tolerance);
    variables.momentum.dispose();
  });

  it('leaves a matrix without gradient to its decay', async () => {
    const before = noise(1, 4, 4);
    const [value, momentum] = [variableOf(tensorOf(before)), variableOf(tf.zeros([4, 4]))];
    const gradient = tf.zeros([4, 4]);
    muon([{ value, momentum, gradient, learningRate: 0.5, weightDecay: 0.2 }], { momentum: 0.95, factor: 1 });
    expectClose('value', await valuesOf(value), { shape: [4, 4], data: before.data.map((each) => 0.9 * each) }, 1e-6);
    tf.dispose([momentum, gradient]);
  });
});

await onEveryDevice('dropout', () => {
  it('drops the share asked for, scales the rest, and depends on the seed alone', async () => {
    const ones = tf.ones([100, 1000]);
    for (const rate of [0.1, 0.5, 0.9]) {
      const first = (await valuesOf(dropout(ones, { rate, seed: 3 }))).data;
      const again = (await valuesOf(dropout(ones, { rate, seed: 3 }))).data;
      const other = (await valuesOf(dropout(ones, { rate, seed: 4 }))).data;
      const far = (await valuesOf(dropout(ones, { rate, seed: 3 + 2 ** 40 }))).data;
      // Vitest takes seconds to compare as many numbers.
      expect(again.every((value, i) => value === first[i])).toBe(true);
      for (const values of [first, other, far]) {
        const kept = values.filter((value) => value !== 0);
        // Five standard deviations of a binomial of 100,000.
        expect(Math.abs(kept.length / 1e5 - (1 - rate))).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / 1e5));
        expect(new Set(kept)).toEqual(new Set([Math.fround(1 / (1 - rate))]));
        // Neighbours and rows are independent: both kept as often as chance has it.
        for (const distance of [1, 2, 1000]) {
          const both = values.filter((value, i) => value !== 0 && values[(i + distance) % 1e5] !== 0).length / 1e5;
          expect(Math.abs(both - (1 - rate) ** 2)).toBeLessThan(0.01);
        }
      }
      const agreement = first.filter((value, i) => (value === 0) === (other[i] === 0)).length / 1e5;
      expect(Math.abs(agreement - (rate ** 2 + (1 - rate) ** 2))).toBeLessThan(0.01);
    }
    ones.dispose();
  });

  it('is the same on every device', async () => {
    // Frozen: what the hash of `random.ts` gives, here and in every kernel of another language.
    const kept = [1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 0, 0];
    const x = tensorOf({ shape: [12], data: Float64Array.from({ length: 12 }, (_, i) => i + 1) });
    const y = await valuesOf(dropout(x, { rate: 0.5, seed: 1 }));
    expect(Array.from(y.data)).toEqual(kept.map((keep, i) => keep * 2 * (i + 1)));
    const { grads } = tf.engine().gradients(() => tf.sum(dropout(x, { rate: 0.5, seed: 1 })), [x]);
    const slopes = await valuesOf(grads[0]);
    expect(Array.from(slopes.data)).toEqual(kept.map((keep) => 2 * keep));
    x.dispose();
  });
});
