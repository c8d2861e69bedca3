import { describe, expect, it } from 'vitest';
import { modelSchema, resolveModel } from '../../../../../main/contract/configuration.ts';
import {
  countParameters,
  estimateFlops,
  frozenType,
  generationMemory,
  trainingMemory,
  type BatchShape,
} from '../../../../../main/contract/logic/cost.ts';
import type { AdapterSettings } from '../../../../../main/contract/logic/adapters.ts';
import { modelBytes, type WeightType } from '../../../../../main/contract/logic/weight-format.ts';
import { blockCases, mixerCases } from '../../../../numerics/mixers/index.ts';
import { presets, type PresetName } from '../../../../../main/contract/presets.ts';
import { vocabularyOf } from '../../../../../main/host/estimate-run.ts';
import { mixerNames } from '../../../../../main/contract/mixers/names.ts';
import { modelSpecs } from '../../../../../main/contract/logic/model-parameters.ts';

const presetModel = (name: PresetName) =>
  resolveModel(modelSchema.parse(presets[name].model), vocabularyOf(presets[name].tokenizer));
const model = (settings: object) => resolveModel(modelSchema.parse(settings), 256);

/** What the model itself would make. */
const built = (config: ReturnType<typeof model>): number =>
  modelSpecs(config)
    .filter(({ group }) => group !== null)
    .reduce((sum, { shape }) => sum + shape.reduce((product, extent) => product * extent, 1), 0);

describe('parameters', () => {
  it.each(Object.keys(presets) as PresetName[])('parameters of the preset %s are those of the model', (name) => {
    const config = presetModel(name);
    const { total, ...parts } = countParameters(config);
    expect(total).toBe(built(config));
    expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(total);
  });

  it.each([
    { order: 5, short_filter_order: 4, num_inner_mlps: 0 },
    { tie_embeddings: false, d_inner: 7, emb_dim: 3 },
    ...mixerCases.map((settings) => ({ d_model: 12, ...settings })),
    ...blockCases,
    { d_model: 12, n_layer: 1, l_max: 1, filter_order: 3, num_inner_mlps: 5, vocab_size: 1000 },
  ])('parameters of a model with %j are those of the model', (settings) => {
    expect(countParameters(model(settings)).total).toBe(built(model(settings)));
  });

  // With the vocabulary of GPT-2, filters and positions included: the paper rounds.
  it.each([
    ['125m', 125, 133.02],
    ['125m-slim', 125, 137.74],
    ['153m', 153, 153.69],
    ['355m', 355, 359.51],
    ['1.3b', 1300, 1320.19],
  ] as [PresetName, number, number][])(
    'parameters of %s are near the name that the paper gives',
    (name, millions, exact) => {
      const { total } = countParameters(presetModel(name));
      expect(total / 1e6).toBeCloseTo(exact, 2);
      expect(Math.abs(total / 1e6 / millions - 1)).toBeLessThan(0.11);
    },
  );

  it('parameters of the published mamba2-130m are those of its files', () => {
    const published = { layers: 'mamba2', d_model: 768, n_layer: 24, vocab_size: 50_288, mixer_bias: false };
    expect(countParameters(model({ ...published, mlp: 'none', norm: 'rms_norm' })).total).toBe(128_989_632);
  });

  it('parameters of time mixing are those of RWKV-4: 13 D² and 11 D of a layer but its channel mixing and norms', () => {
    const [width, layers] = [768, 12];
    const { mixers, filters } = countParameters(
      model({ layers: 'rwkv', d_model: width, n_layer: layers, mixer_bias: false }),
    );
    expect(mixers + filters).toBe(layers * ((13 - 9) * width ** 2 + (11 - 2 - 4) * width));
  });
});

describe('arithmetic', () => {
  it('is six times the matrix parameters a token, and little besides', () => {
    const config = presetModel('355m');
    const { training, matrices } = estimateFlops(config, { length: 2048, batch: 8 });
    const { mixers, mlps, embedding } = countParameters(config);
    expect((3 * matrices) / (6 * (mixers + mlps + embedding))).toBeCloseTo(1, 2);
    expect(training / (3 * matrices)).toBeLessThan(1.02);
  });

  it('relates to that of a GPT as the paper says: 3.93e19 to 4.77e19 for 355M', () => {
    const { training, gpt } = estimateFlops(presetModel('355m'), { length: 2048, batch: 8 });
    expect(Math.abs(training / gpt / (3.93 / 4.77) - 1)).toBeLessThan(0.06);
  });

  it('grows with the logarithm of the length, where attention grows with the length', () => {
    const cost = (length: number) => estimateFlops(model({ l_max: length, order: 3 }), { length, batch: 1 });
    const long = cost(65_536);
    const short = cost(1024);
    expect((long.convolutions - short.convolutions) / (10 * 6 * 2 * 128 * 4)).toBeCloseTo(1, 1);
    expect(long.training / short.training).toBeLessThan(1.5);
    expect(long.gpt / short.gpt).toBeGreaterThan(10);
  });

  it('is shared by the sequences of a batch where it makes filters', () => {
    const [one, eight] = [1, 8].map((batch) => estimateFlops(model({}), { length: 1024, batch }).filters);
    expect(one).toBeCloseTo(8 * eight, 3);
  });

  it.each(mixerNames)('is two for each weight of the projections of %s, and something along the sequence', (layers) => {
    const config = model({ layers, d_model: 96, n_layer: 3, mlp: 'none' });
    const { matrices, convolutions } = estimateFlops(config, { length: 512, batch: 4 });
    const weights = modelSpecs(config)
      .filter(({ name, shape }) => shape.length === 2 && /mixer\.[a-zA-Z_]+\.weight$/.test(name))
      .reduce((sum, { shape }) => sum + shape[0] * shape[1], 0);
    expect(weights).toBeGreaterThan(0);
    expect(matrices - 2 * 256 * 96).toBe(2 * weights);
    expect(convolutions).toBeGreaterThan(3 * 96);
  });

  it('of explicit filters is that of direct sums or, where they are long, of transforms', () => {
    const mixing = (layers: string, settings: object) =>
      estimateFlops(model({ layers, n_layer: 1, d_model: 16, ...settings }), { length: 4096, batch: 1 }).convolutions /
      16;
    const seven = mixing('hyena-se', {});
    expect(mixing('hyena-se', { se_filter_length: 9 }) - seven).toBe(2 * 2);
    expect(mixing('hyena-mr', { mr_filter_length: 4096 })).toBe(mixing('hyena-mr', { mr_filter_length: 2048 }));
  });

  it('has a third more of the blocks with gradient checkpointing', () => {
    const shape = { length: 1024, batch: 8 };
    const plain = estimateFlops(model({}), shape).training;
    const checkpointed = estimateFlops(model({}), { ...shape, gradientCheckpointing: true }).training;
    expect(checkpointed / plain).toBeGreaterThan(1.25);
    expect(checkpointed / plain).toBeLessThan(4 / 3);
  });
});

describe('memory', () => {
  const shape = { length: 1024, batch: 8 };

  it('holds weights, gradients and two moments of every parameter', () => {
    const { weights, gradients, moments, total, ...rest } = trainingMemory(model({}), shape);
    const bytes = 4 * countParameters(model({})).total;
    expect([weights, gradients, moments]).toEqual([bytes, bytes, 2 * bytes]);
    expect(total).toBe(4 * bytes + rest.activations + rest.workspace + rest.process);
  });

  it('holds one moment of the matrices that Muon trains', () => {
    const config = model({ d_model: 64, d_inner: 256, n_layer: 3, tie_embeddings: false });
    const matrices = 3 * (4 * 64 * 64 + 2 * 64 * 256);
    const [adamw, muon] = (['adamw', 'muon'] as const).map((optimizer) =>
      trainingMemory(config, { ...shape, optimizer }),
    );
    expect(adamw.moments - muon.moments).toBe(4 * matrices);
    expect(adamw.total - muon.total).toBe(4 * matrices);
    const adapters: AdapterSettings = { rank: 4, alpha: 8, matrices: 'all', rest: false };
    expect(trainingMemory(config, { ...shape, adapters, optimizer: 'muon' })).toEqual(
      trainingMemory(config, { ...shape, adapters }),
    );
  });

  it('counts Muon’s products once a step', () => {
    const config = model({ d_model: 64, d_inner: 256, n_layer: 3 });
    const flops = (changes: Partial<BatchShape>) => estimateFlops(config, { ...shape, ...changes }).training;
    const product = (m: number, n: number) => 5 * (4 * m * m * n + 2 * m ** 3);
    const step = 3 * (product(64, 192) + product(64, 64) + 2 * product(64, 256));
    expect(flops({ optimizer: 'muon' }) - flops({})).toBeCloseTo(step / 8192, 6);
    expect(flops({ optimizer: 'muon', tokensPerStep: 1e6 }) - flops({})).toBeCloseTo(step / 1e6, 6);
  });

  it('holds gradients and moments of what is trained alone', () => {
    const adapters: AdapterSettings = { rank: 4, alpha: 8, matrices: 'all', rest: false };
    const config = model({ d_model: 64, d_inner: 256, n_layer: 3 });
    // In a Hyena block of order 2 in_proj and out_proj, in its MLP fc1 and fc2.
    const factors = 3 * 4 * (64 + 192 + (64 + 64) + 2 * (64 + 256));
    const { weights, gradients, moments, total } = trainingMemory(config, { ...shape, adapters });
    expect([gradients, moments]).toEqual([4 * factors, 8 * factors]);
    expect(weights).toBe(4 * (countParameters(config).total + factors));
    expect(total).toBeLessThan(trainingMemory(config, shape).total);
    const mixers = trainingMemory(config, { ...shape, adapters: { ...adapters, matrices: 'mixers' } });
    expect(mixers.gradients).toBe(4 * 3 * 4 * (64 + 192 + 64 + 64));
    const rest = trainingMemory(config, { ...shape, adapters: { ...adapters, rest: true } });
    const { norms, filters } = countParameters(config);
    expect(rest.gradients - gradients).toBeGreaterThan(4 * (norms + filters));
    expect(estimateFlops(config, { ...shape, adapters }).training).toBeLessThan(
      0.85 * estimateFlops(config, shape).training,
    );
  });

  it('holds frozen matrices in the type that they are kept in', () => {
    const adapters: AdapterSettings = { rank: 4, alpha: 8, matrices: 'all', rest: false };
    const config = model({ d_model: 256, d_inner: 1024, n_layer: 4 });
    const weights = (frozen: WeightType) => trainingMemory(config, { ...shape, adapters, frozen }).weights;
    const factors = weights('fp32') - 4 * countParameters(config).total;
    const specs = modelSpecs(config);
    for (const type of ['bf16', 'int8', 'int4'] as const) expect(weights(type)).toBe(modelBytes(specs, type) + factors);
    expect(weights('int4')).toBeLessThan(0.3 * weights('fp32'));
    // All are trained without adapters, in fp32.
    expect(trainingMemory(config, { ...shape, frozen: 'int8' })).toEqual(trainingMemory(config, shape));
    for (const device of ['auto', 'native', 'webgpu', 'webgpu:1'])
      expect(frozenType({ weights: 'int8' }, device)).toBe('int8');
    for (const device of ['portable', 'cuda', 'torch']) expect(frozenType({ weights: 'int8' }, device)).toBe('fp32');
    expect(frozenType(null, 'native')).toBe('fp32');
  });

  it('takes as much as loading does, where the largest matrix is most of a model', () => {
    const adapters: AdapterSettings = { rank: 1, alpha: 1, matrices: 'all', rest: false };
    const config = resolveModel(modelSchema.parse({ d_model: 256, n_layer: 1, l_max: 16 }), 50_257);
    const { weights, process, total } = trainingMemory(config, { length: 16, batch: 1, adapters });
    // Data and evaluations come later.
    expect(total).toBe(weights + process - 60 * 2 ** 20 + 8 * 50_257 * 256);
  });

  it('memory of activations grows with layers, batch and length, and much less with checkpointing', () => {
    const activations = (settings: object, changes: object = {}) =>
      trainingMemory(model(settings), { ...shape, ...changes }).activations;
    expect(activations({ n_layer: 16 }) / activations({ n_layer: 8 })).toBeGreaterThan(1.9);
    expect(activations({}, { batch: 16 }) / activations({}, { batch: 8 })).toBeGreaterThan(1.9);
    expect(activations({ n_layer: 32 }, { gradientCheckpointing: true })).toBeLessThan(
      activations({ n_layer: 32 }) / 4,
    );
  });

  it('memory of activations is little more than half in f16-mixed, and that of parameters the same', () => {
    const [plain, mixed] = [shape, { ...shape, precision: 'f16-mixed' as const }].map((each) =>
      trainingMemory(model({}), each),
    );
    expect(mixed.weights + mixed.gradients + mixed.moments).toBe(plain.weights + plain.gradients + plain.moments);
    expect(mixed.activations / plain.activations).toBeGreaterThan(0.5);
    expect(mixed.activations / plain.activations).toBeLessThan(0.65);
  });

  it('bf16-mixed halves the memory of the hidden layers of GELU MLPs, and of nothing else', () => {
    const saved = (settings: Parameters<typeof model>[0]) => {
      const config = model(settings);
      const [plain, mixed] = (['fp32', 'bf16-mixed'] as const).map((precision) =>
        trainingMemory(config, { ...shape, precision }),
      );
      return (plain.total - mixed.total) / (2 * shape.length * shape.batch * config.n_layer * config.d_inner);
    };
    expect(saved({})).toBe(1);
    expect(saved({ mlp: 'swiglu' })).toBe(0);
  });

  it('memory of writing is that of the weights and one sequence', () => {
    const { weights, reading, process, total } = generationMemory(model({}));
    expect(weights).toBe(4 * countParameters(model({})).total);
    expect(total).toBe(weights + reading + process);
    expect(total).toBeLessThan(trainingMemory(model({}), shape).total);
  });
});
