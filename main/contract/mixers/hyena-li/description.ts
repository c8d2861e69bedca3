import type { ModelConfiguration } from '../../model-configuration.ts';
import type { MixerDescription } from '../mixer.ts';
import type { SettingsOf } from '../settings.ts';
import { filterTransforms, longConvolution } from '../transforms.ts';
import { hyenaLiCurves } from './curves.ts';
import { hyenaLiSpecs, type HyenaLiConfiguration } from './parameters.ts';

const float = 4;

/**
 * Hyena-LI, StripedHyena 2, arXiv 2503.01868, section 2.1: Hyena of order 2 whose long filters are sums of exponentials.
 * Trained by convolution; a text is read and continued by the recurrence, whose state has the same size at any length.
 */
export const hyenaLi = {
  title: 'Hyena-LI',
  resizable: ['l_max'],
  bindsContext: () => false,
  readsInParts: () => true,
  specs: hyenaLiSpecs,

  flops(model: HyenaLiConfiguration, { length, batch }) {
    const { d_model: d, modal_states: modes, modal_poles } = model;
    // Of each tap and mode a product with a power of its pole, and the power itself.
    const taps = d * modes * (modal_poles === 'complex' ? 10 : 3);
    return {
      matrices: 8 * d * d,
      mixing: d * (3 * 2 * model.short_filter_order + longConvolution(length) + 2),
      filters: taps / batch + filterTransforms(d, { length, batch }),
    };
  },

  trainingMemory({ d_model: d }: HyenaLiConfiguration, { length, batch }, bytes) {
    const tokens = length * batch;
    const filters = float * d * length;
    return {
      // The projected channels, what leaves the recurrence, and the filters.
      saved: bytes * tokens * 4 * d + filters,
      workspace: bytes * tokens * 8 * d + filters,
    };
  },

  prefillMemory({ d_model: d }: HyenaLiConfiguration, length) {
    // Projections before and after the short convolution, the gated input, and what leaves the recurrence.
    return float * length * 9 * d;
  },

  cacheBytes({ d_model: d, modal_states: modes, short_filter_order: taps }: HyenaLiConfiguration) {
    // The last projections; of each mode a complex number in two parts.
    return float * d * (3 * (taps - 1) + 4 * modes);
  },

  sketch(model: ModelConfiguration & SettingsOf<'hyena-li'>) {
    const poles = model.modal_poles === 'complex' ? 'block.complexPoles' : 'block.realPoles';
    return {
      detail: [{ say: poles, values: { n: model.modal_states } }],
      rows: [
        [{ say: 'block.projection', values: { n: 3 } }],
        [{ say: 'block.short', values: { length: model.short_filter_order } }],
        [{ say: 'block.gate' }, 'x1 →', { say: 'block.long' }, 'h'],
        [{ say: 'block.gate' }, 'x2 →', { say: 'block.output' }],
      ],
    };
  },

  curves: hyenaLiCurves,
} satisfies MixerDescription;
