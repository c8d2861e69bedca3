import type { ResolvedModelConfiguration } from '../../model-configuration.ts';
import { explicitCurves } from '../curves.ts';
import { convolutionSpecs, projectionSpecs } from '../layer-specs.ts';
import type { MixerDescription } from '../mixer.ts';
import type { SettingsOf } from '../settings.ts';

/** A model with layers of short-conv. */
export type ShortConvConfiguration = ResolvedModelConfiguration & SettingsOf<'short-conv'>;

const float = 4;

/** The gated short convolution of LFM2 (its published program and configurations): out_proj(C · conv(B · x)). */
export const shortConv = {
  title: 'Gated short convolution',
  resizable: ['l_max'],
  bindsContext: () => false,
  readsInParts: () => true,
  specs(model: ShortConvConfiguration) {
    const { d_model: d, short_conv_length: taps, mixer_bias } = model;
    return [
      ...projectionSpecs(model, 'in_proj', [3 * d, d]),
      ...convolutionSpecs('conv', d, taps, mixer_bias),
      ...projectionSpecs(model, 'out_proj', [d, d], { residual: true }),
    ];
  },
  flops: ({ d_model: d, short_conv_length: taps }: ShortConvConfiguration) => ({
    matrices: 8 * d * d,
    mixing: d * (2 * taps + 2),
    filters: 0,
  }),
  trainingMemory({ d_model: d }, { length, batch }, bytes) {
    const tokens = length * batch;
    // Projections, what is gated, convolved, and gated again.
    return { saved: bytes * tokens * 6 * d, workspace: bytes * tokens * 8 * d };
  },
  prefillMemory: ({ d_model: d }, length) => float * length * 7 * d,
  cacheBytes: ({ d_model: d, short_conv_length: taps }: ShortConvConfiguration) => float * d * (taps - 1),
  sketch: (model) => ({
    detail: [],
    rows: [
      [{ say: 'block.projection', values: { n: 3 } }],
      [
        { say: 'block.gate' },
        'B →',
        { say: 'block.short', values: { length: (model as ShortConvConfiguration).short_conv_length } },
      ],
      [{ say: 'block.gate' }, 'C →', { say: 'block.output' }],
    ],
  }),
  async curves({ d_model: groups, short_conv_length: taps }: ShortConvConfiguration, weights, query) {
    return explicitCurves(query, { groups, taps }, { taps: await weights('conv.weight'), first: false });
  },
} satisfies MixerDescription;
