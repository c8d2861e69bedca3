import type { ParameterSpec } from '../../logic/parameter-specs.ts';
import type { ResolvedModelConfiguration } from '../../model-configuration.ts';
import { modalCurves } from '../curves.ts';
import { biasSpec, projectionSpecs } from '../layer-specs.ts';
import type { MixerDescription } from '../mixer.ts';
import type { SettingsOf } from '../settings.ts';
import {
  diagonalSpecs,
  discreteModes,
  modalStateBytes,
  stateProblem,
  type DiscretisationRule,
} from '../state-space.ts';
import { filterTransforms, longConvolution } from '../transforms.ts';

/** A model with S4D layers. */
export type S4dConfiguration = ResolvedModelConfiguration & SettingsOf<'s4d'>;

const float = 4;

function specs(model: S4dConfiguration): ParameterSpec[] {
  const { d_model: d, ssm_state, ssm_spectrum } = model;
  const names = { logDt: 'kernel.log_dt', logAReal: 'kernel.log_A_real', aImag: 'kernel.A_imag', c: 'kernel.C' };
  return [
    { ...biasSpec('D', d, { from: 'normal', deviation: 1 }), part: 'filters' },
    ...diagonalSpecs({ groups: d, modes: ssm_state / 2 }, ssm_spectrum, names),
    ...projectionSpecs(model, 'output_linear', [2 * d, d], { residual: true }),
  ];
}

/** How its state space becomes one of steps: of DSS where `ssm_softmax` is set. */
export const s4dRule = ({ ssm_softmax }: S4dConfiguration): DiscretisationRule =>
  ssm_softmax === null ? 'zero-order-hold' : { softmax: ssm_softmax };

/**
 * S4D, arXiv 2206.11893: a diagonal state space for each channel, by zero-order hold, then GELU and a gated projection.
 * With the frequencies of HiPPO-LegS and its softmax it is DSS (arXiv 2203.14343), whose real parts stay negative here.
 */
export const s4d = {
  title: 'S4D',
  resizable: ['l_max'],
  bindsContext: () => false,
  readsInParts: () => true,
  problem: stateProblem,
  specs,
  flops({ d_model: d, ssm_state }: S4dConfiguration, { length, batch }) {
    return {
      matrices: 4 * d * d,
      mixing: d * longConvolution(length) + 12 * d,
      // Of each tap and mode a product with a power of its pole, and the power itself.
      filters: (5 * d * ssm_state) / batch + filterTransforms(d, { length, batch }),
    };
  },
  trainingMemory({ d_model: d }, { length, batch }, bytes) {
    const tokens = length * batch;
    const filters = float * d * length;
    return { saved: bytes * tokens * 5 * d + filters, workspace: bytes * tokens * 6 * d + filters };
  },
  prefillMemory: ({ d_model: d }, length) => float * length * 7 * d,
  cacheBytes: ({ d_model: d, ssm_state }: S4dConfiguration) => modalStateBytes(d, ssm_state / 2),
  sketch: (model) => ({
    detail: [{ say: 'block.states', values: { n: (model as S4dConfiguration).ssm_state } }],
    rows: [[{ say: 'block.long' }, 'h'], ['GELU →', { say: 'block.output' }], [{ say: 'block.gate' }]],
  }),
  async curves(model: S4dConfiguration, weights, query) {
    const system = {
      ...{ logDt: await weights('kernel.log_dt'), logAReal: await weights('kernel.log_A_real') },
      ...{ aImag: await weights('kernel.A_imag'), c: await weights('kernel.C'), b: null },
    };
    return modalCurves(query, { total: model.d_model, length: model.l_max }, (channel) =>
      discreteModes(system, s4dRule(model), channel),
    );
  },
} satisfies MixerDescription;
