import type { ModelConfiguration } from '../../model-configuration.ts';
import type { MixerDescription } from '../mixer.ts';
import type { SettingsOf } from '../settings.ts';
import { filterTransforms, longConvolution } from '../transforms.ts';
import { hyenaCurves } from './curves.ts';
import { featureCount } from './positions.ts';
import { hyenaSpecs, type HyenaConfiguration } from './parameters.ts';

const float = 4;

/** Hyena, arXiv 2302.10866: gates and long convolutions whose filters a small network generates. */
export const hyena = {
  title: 'Hyena',
  resizable: ['l_max'],
  weightless: ['gate_dropout', 'short_filter_initial'],
  bindsContext: () => true,
  specs: hyenaSpecs,

  flops(model: HyenaConfiguration, { length, batch }) {
    const { d_model: d, order, filter_order: width, num_inner_mlps } = model;
    const network = 2 * (featureCount(model) * width + num_inner_mlps * width * width + width * (order - 1) * d);
    return {
      matrices: 2 * (order + 2) * d * d,
      mixing: d * ((order + 1) * 2 * model.short_filter_order + (order - 1) * (longConvolution(length) + 1) + 1),
      filters: network / batch + filterTransforms((order - 1) * d, { length, batch }),
    };
  },

  trainingMemory({ d_model: d, order }: HyenaConfiguration, { length, batch }, bytes) {
    const tokens = length * batch;
    const filters = float * (order - 1) * d * length;
    return {
      // The projected channels, what leaves the recurrence, and the filters.
      saved: bytes * tokens * (order + 2) * d + filters,
      workspace: bytes * tokens * (2 * (order + 1) * d + 2 * d) + filters,
    };
  },

  prefillMemory({ d_model: d, order }: HyenaConfiguration, length) {
    return float * length * (2 * (order + 1) * d + 4 * (order - 1) * d);
  },

  cacheBytes({ d_model: d, order, short_filter_order: taps }: HyenaConfiguration, length) {
    // What the long convolutions were given, as much again that it adds to what follows, and the last projections.
    return float * (2 * (order - 1) * d * length + (order + 1) * d * (taps - 1));
  },

  sketch(model: ModelConfiguration & SettingsOf<'hyena'>) {
    const { order } = model;
    const gates = Array.from({ length: Math.min(order, 4) - 1 }, (_, index) => index);
    return {
      detail: [{ say: 'block.order', values: { order } }],
      rows: [
        [{ say: 'block.projection', values: { n: order + 1 } }],
        [{ say: 'block.short', values: { length: model.short_filter_order } }],
        ...gates.map((index) => [
          { say: 'block.gate' as const },
          `x${order - 1 - index} →`,
          { say: 'block.long' as const },
          `h${index}`,
        ]),
        ...(order > 4 ? [['…']] : []),
        [{ say: 'block.gate' }, 'x0 →', { say: 'block.output' }],
      ],
    };
  },

  curves: hyenaCurves,
} satisfies MixerDescription;
