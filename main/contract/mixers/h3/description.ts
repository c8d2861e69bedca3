import { initialShift } from '../../logic/initial-modes.ts';
import type { ParameterSpec } from '../../logic/parameter-specs.ts';
import type { ModelConfiguration, ResolvedModelConfiguration } from '../../model-configuration.ts';
import { divisorProblem } from '../gated-convolution.ts';
import { modalCurves } from '../curves.ts';
import { biasSpec, projectionSpecs } from '../layer-specs.ts';
import type { MixerDescription, MixerProblem } from '../mixer.ts';
import type { SettingsOf } from '../settings.ts';
import { diagonalSpecs, discreteModes, modalStateBytes, stateProblem, stateSpaceGroup } from '../state-space.ts';
import { filterTransforms, longConvolution } from '../transforms.ts';

/** A model with H3 layers. */
export type H3Configuration = ResolvedModelConfiguration & SettingsOf<'h3'>;

const float = 4;

function specs(model: H3Configuration): ParameterSpec[] {
  const { d_model: d, ssm_state: states, h3_head_dim } = model;
  const [heads, modes] = [d / h3_head_dim, states / 2];
  const names = {
    logDt: 'kernel.kernel.log_dt',
    logAReal: 'kernel.kernel.inv_A_real',
    aImag: 'kernel.kernel.A_imag',
    c: 'kernel.kernel.C',
  };
  const shift = (name: 'B' | 'C'): ParameterSpec => ({
    ...{ name: `ssm_k_kernel.kernel.${name}`, shape: [d, states], group: stateSpaceGroup, part: 'filters' },
    initial: {
      from: 'values',
      values: (key) => initialShift({ width: d, order: states }, key)[name === 'B' ? 'b' : 'c'],
    },
  });
  return [
    ...['q_proj', 'k_proj', 'v_proj'].flatMap((name) => projectionSpecs(model, name, [d, d])),
    shift('B'),
    shift('C'),
    { ...biasSpec('ssm_k_D', d, { from: 'normal', deviation: 1 }), part: 'filters' },
    ...diagonalSpecs({ groups: heads, modes }, 'lin', names),
    {
      ...{ name: 'kernel.kernel.B', shape: [heads, modes, 2], group: stateSpaceGroup, part: 'filters' },
      initial: {
        from: 'values',
        values: () => Float32Array.from({ length: 2 * heads * modes }, (_, index) => (index % 2 === 0 ? 1 : 0)),
      },
    },
    { ...biasSpec('D', heads, { from: 'normal', deviation: 1 }), part: 'filters' },
    ...projectionSpecs(model, 'output_linear', [d, d], { residual: true }),
  ];
}

function problem(model: ModelConfiguration): MixerProblem | null {
  return divisorProblem(model, model.h3_head_dim ?? 1, 'h3_head_dim') ?? stateProblem(model);
}

/** H3, arXiv 2212.14052: q · ssm(shift(k) · v), with a state space that remembers and one that shifts. */
export const h3 = {
  title: 'H3',
  resizable: ['l_max'],
  bindsContext: () => false,
  readsInParts: () => true,
  problem,
  specs,
  flops({ d_model: d, ssm_state, h3_head_dim: size }: H3Configuration, { length, batch }) {
    return {
      matrices: 8 * d * d,
      mixing: d * size * longConvolution(length) + 2 * d * ssm_state + 3 * d * size,
      filters: (((5 * d) / size) * ssm_state) / batch + filterTransforms(d / size, { length, batch }),
    };
  },
  trainingMemory({ d_model: d, h3_head_dim: size }: H3Configuration, { length, batch }, bytes) {
    const tokens = length * batch;
    const filters = float * d * size * length;
    return {
      saved: bytes * tokens * (5 + 3 * size) * d + filters,
      workspace: bytes * tokens * (4 + 5 * size) * d + filters,
    };
  },
  prefillMemory: ({ d_model: d, h3_head_dim: size }: H3Configuration, length) => float * length * (6 + 3 * size) * d,
  cacheBytes: ({ d_model: d, ssm_state, h3_head_dim: size }: H3Configuration) =>
    float * d * (ssm_state - 1) + modalStateBytes(d * size, ssm_state / 2),
  sketch: (model) => ({
    detail: [{ say: 'block.states', values: { n: (model as H3Configuration).ssm_state } }],
    rows: [
      [{ say: 'block.projection', values: { n: 3 } }],
      ['k →', { say: 'block.short', values: { length: (model as H3Configuration).ssm_state } }],
      [{ say: 'block.gate' }, 'v →', { say: 'block.long' }, 'h'],
      [{ say: 'block.gate' }, 'q →', { say: 'block.output' }],
    ],
  }),
  /** Of the state space that remembers, one for each head. */
  async curves({ d_model, h3_head_dim, l_max }: H3Configuration, weights, query) {
    const of = (name: string) => weights(`kernel.kernel.${name}`);
    const system = {
      ...{ logDt: await of('log_dt'), logAReal: await of('inv_A_real'), aImag: await of('A_imag') },
      ...{ c: await of('C'), b: await of('B') },
    };
    return modalCurves(query, { total: d_model / h3_head_dim, length: l_max }, (head) =>
      discreteModes(system, 'bilinear', head),
    );
  },
} satisfies MixerDescription;
