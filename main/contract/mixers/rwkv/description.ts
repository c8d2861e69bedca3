import type { ParameterGroup, ParameterSpec } from '../../logic/parameter-specs.ts';
import type { ResolvedModelConfiguration } from '../../model-configuration.ts';
import { modalCurves } from '../curves.ts';
import { projectionSpecs } from '../layer-specs.ts';
import type { MixerDescription } from '../mixer.ts';

const float = 4;

/**
 * Vectors of the authors' program (RWKV-LM, `generate_init_weight` and `configure_optimizers`): never decayed, the decay
 * of a channel at twice the rate of the matrices, the bonus of the present at three times.
 */
const vectorGroup = (factor: number): ParameterGroup => ({
  learningRate: ({ filter_learning_rate, learning_rate }) => filter_learning_rate ?? factor * learning_rate,
  weightDecay: () => 0,
});

/** How far a layer is in the model: from 0 to 1, and from 1 down to nearly 0. */
const placeOf = (layer: number, layers: number) => ({
  up: layers > 1 ? layer / (layers - 1) : 0,
  down: 1 - layer / layers,
});

/**
 * Initial vectors (arXiv 2305.13048, appendix E): channels that see more and more of the token before, decays from slow to
 * fast, and a bonus that differs between neighbours.
 */
function vectorSpecs({ d_model: d, n_layer }: ResolvedModelConfiguration, layer: number): ParameterSpec[] {
  const { up, down } = placeOf(layer, n_layer);
  const vector = (
    name: string,
    shape: number[],
    factor: number,
    value: (channel: number) => number,
  ): ParameterSpec => ({
    ...{ name, shape, group: vectorGroup(factor), part: 'filters' },
    initial: { from: 'values', values: () => Float32Array.from({ length: d }, (_, channel) => value(channel)) },
  });
  return [
    vector('time_decay', [d], 2, (i) => -5 + 8 * (i / (d - 1)) ** (0.7 + 1.3 * up)),
    vector('time_first', [d], 3, (i) => Math.log(0.3) + (((i + 1) % 3) - 1) / 2),
    vector('time_mix_k', [1, 1, d], 1, (i) => (i / d) ** down),
    vector('time_mix_v', [1, 1, d], 1, (i) => (i / d) ** down + 0.3 * up),
    vector('time_mix_r', [1, 1, d], 1, (i) => (i / d) ** (down / 2)),
  ];
}

/**
 * RWKV-4's time mixing, arXiv 2305.13048, equations 11 to 16: an average of the values so far, weighted by the exponentials
 * of their keys and by how long ago they were, and a gate.
 */
export const rwkv = {
  title: 'RWKV-4',
  resizable: ['l_max'],
  bindsContext: () => false,
  readsInParts: () => true,
  specs(model: ResolvedModelConfiguration, layer: number) {
    const { d_model: d } = model;
    return [
      ...vectorSpecs(model, layer),
      ...['key', 'value', 'receptance'].flatMap((name) => projectionSpecs(model, name, [d, d])),
      ...projectionSpecs(model, 'output', [d, d], { residual: true }),
    ];
  },
  flops: ({ d_model: d }) => ({
    matrices: 8 * d * d,
    // Three mixtures with the token before, two sums with their scales, the present, the quotient and the gate.
    mixing: d * (3 * 3 + 2 * 8 + 8 + 2),
    filters: 0,
  }),
  trainingMemory({ d_model: d }, { length, batch }, bytes) {
    const tokens = length * batch;
    // Three mixtures, keys, values, receptances and their gates, what is averaged, and gated.
    return { saved: bytes * tokens * 9 * d, workspace: bytes * tokens * 12 * d };
  },
  prefillMemory: ({ d_model: d }, length) => float * length * 9 * d,
  cacheBytes: ({ d_model: d }) => float * 4 * d,
  sketch: () => ({
    detail: [],
    rows: [
      [{ say: 'block.projection', values: { n: 3 } }],
      ['k, v →', { say: 'block.average' }],
      [{ say: 'block.gate' }, 'σ(r) →', { say: 'block.output' }],
    ],
  }),
  /** How the weight of a token falls with its distance, whatever its key. */
  async curves({ d_model, l_max }, weights, query) {
    const decay = await weights('time_decay');
    return modalCurves(query, { total: d_model, length: l_max }, (channel) => [
      { re: 1, im: 0, rate: Math.exp(decay[channel]), phase: 0 },
    ]);
  },
} satisfies MixerDescription;
