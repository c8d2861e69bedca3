import { modalCurves } from '../curves.ts';
import type { MixerDescription } from '../mixer.ts';
import { modalStateBytes } from '../state-space.ts';
import { filterTransforms, longConvolution } from '../transforms.ts';
import { gssModes, gssSizes, gssSpecs, type GssConfiguration } from './parameters.ts';

const float = 4;

/**
 * Gated state spaces, arXiv 2206.13947: to_out(to_gate(ssm(GELU(to_u x))) · GELU(to_v x)), the state space in few channels,
 * the gate in many. In the paper a layer has no MLP beside it (`mlp` none).
 */
export const gss = {
  title: 'GSS',
  resizable: ['l_max'],
  bindsContext: () => false,
  readsInParts: () => true,
  specs: gssSpecs,
  flops(model: GssConfiguration, { length, batch }) {
    const { d_model: d } = model;
    const { channels, gate, modes } = gssSizes(model);
    return {
      matrices: 2 * (d * (channels + gate) + channels * gate + gate * d),
      mixing: channels * longConvolution(length) + 8 * channels + 10 * (channels + gate) + gate,
      filters: (10 * channels * modes) / batch + filterTransforms(channels, { length, batch }),
    };
  },
  trainingMemory(model: GssConfiguration, { length, batch }, bytes) {
    const tokens = length * batch;
    const { channels, gate } = gssSizes(model);
    const filters = float * channels * length;
    return {
      saved: bytes * tokens * (3 * gate + 5 * channels) + filters,
      workspace: bytes * tokens * (3 * gate + 4 * channels) + filters,
    };
  },
  prefillMemory(model: GssConfiguration, length) {
    const { channels, gate } = gssSizes(model);
    return float * length * (4 * gate + 6 * channels);
  },
  cacheBytes(model: GssConfiguration) {
    const { channels, modes } = gssSizes(model);
    return modalStateBytes(channels, modes);
  },
  sketch(model) {
    const { channels, modes } = gssSizes(model as GssConfiguration);
    return {
      detail: [{ say: 'block.states', values: { n: modes } }],
      rows: [
        [{ say: 'block.projection', values: { n: 2 } }, 'u, v'],
        ['GELU →', { say: 'block.long' }, `h · ${channels}`],
        [{ say: 'block.gate' }, 'GELU(v) →', { say: 'block.output' }],
      ],
    };
  },
  async curves(model: GssConfiguration, weights, query) {
    const [re, im, c] = await Promise.all(['dss.Lambda_re', 'dss.Lambda_im', 'dss.C'].map(weights));
    const { channels } = gssSizes(model);
    return modalCurves(query, { total: channels, length: model.l_max }, (channel) => gssModes({ re, im, c }, channel));
  },
} satisfies MixerDescription;
