import { randomNormal } from '../../logic/random.ts';
import type { ParameterGroup, ParameterSpec } from '../../logic/parameter-specs.ts';
import type { ResolvedModelConfiguration } from '../../model-configuration.ts';
import { explicitCurves } from '../curves.ts';
import { biasSpec, matrixSpec, normal, projectionSpecs } from '../layer-specs.ts';
import type { MixerDescription } from '../mixer.ts';
import type { SettingsOf } from '../settings.ts';
import { filterTransforms, longConvolution } from '../transforms.ts';

/** A model with explicit long convolutions. */
export type LongConvConfiguration = ResolvedModelConfiguration & SettingsOf<'long-conv'>;

const float = 4;

/** The filters: a rate of their own where one is set, and no decay, which the squash does instead. */
const filterGroup: ParameterGroup = {
  learningRate: ({ filter_learning_rate, learning_rate }) => filter_learning_rate ?? learning_rate,
  weightDecay: () => 0,
};

/** max(|h| - λ, 0) with the sign of h (arXiv 2302.06646, section 3.1). */
export const squashed = (tap: number, squash: number): number => Math.sign(tap) * Math.max(0, Math.abs(tap) - squash);

/** Normal taps under windows whose decay grows with the channel, e^(-t/L·(D/2)^(c/D)) (arXiv 2302.06646, appendix C). */
function initialFilters(width: number, taps: number) {
  return (key: Parameters<typeof randomNormal>[0]) =>
    Float32Array.from({ length: width * taps }, (_, index) => {
      const [channel, tap] = [Math.floor(index / taps), index % taps];
      const rate = Math.max(1, Math.floor(width / 2)) ** (channel / width);
      return 0.02 * randomNormal(key, index) * Math.exp((-tap / taps) * rate);
    });
}

function specs(model: LongConvConfiguration): ParameterSpec[] {
  const { d_model: d, l_max } = model;
  return [
    { ...biasSpec('D', d, normal(1)), part: 'filters' },
    {
      ...matrixSpec('kernel.kernel', [1, d, l_max], { from: 'values', values: initialFilters(d, l_max) }),
      ...{ group: filterGroup, part: 'filters' },
    },
    ...projectionSpecs(model, 'output_linear', [2 * d, d], { residual: true }),
  ];
}

/**
 * Explicit long convolutions, arXiv 2302.06646: a filter per channel whose taps are parameters, as many as a training
 * sequence has tokens, squashed; then GELU and a gated projection, as in S4. What lies further back is not seen.
 */
export const longConv = {
  title: 'LongConv',
  resizable: ['l_max'],
  bindsContext: () => false,
  readsInParts: () => true,
  specs,
  flops({ d_model: d, l_max }: LongConvConfiguration, { length, batch }) {
    return {
      matrices: 4 * d * d,
      mixing: d * longConvolution(length) + 12 * d,
      filters: (3 * d * l_max) / length / batch + filterTransforms(d, { length, batch }),
    };
  },
  trainingMemory({ d_model: d, l_max }: LongConvConfiguration, { length, batch }, bytes) {
    const tokens = length * batch;
    const filters = float * d * l_max;
    return { saved: bytes * tokens * 5 * d + filters, workspace: bytes * tokens * 4 * d + 2 * filters };
  },
  prefillMemory: ({ d_model: d, l_max }: LongConvConfiguration, length) => float * d * (7 * length + 2 * l_max),
  cacheBytes: ({ d_model: d, l_max }: LongConvConfiguration) => float * d * (l_max - 1),
  sketch: ({ l_max }) => ({
    detail: [],
    rows: [
      [{ say: 'block.convolution', values: { length: l_max } }],
      ['GELU →', { say: 'block.output' }],
      [{ say: 'block.gate' }],
    ],
  }),
  async curves(model: LongConvConfiguration, weights, query) {
    const { d_model: groups, l_max, long_conv_squash } = model;
    const taps = (await weights('kernel.kernel')).map((tap) => squashed(tap, long_conv_squash));
    return explicitCurves(query, { groups, taps: l_max }, { taps, first: true });
  },
} satisfies MixerDescription;
