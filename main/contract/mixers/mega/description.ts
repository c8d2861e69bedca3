import { modalCurves } from '../curves.ts';
import type { MixerDescription } from '../mixer.ts';
import { modalStateBytes } from '../state-space.ts';
import { filterTransforms, longConvolution } from '../transforms.ts';
import { megaModes, megaSizes, megaSpecs, type MegaConfiguration } from './parameters.ts';

const float = 4;

/** Moving average equipped gated attention, arXiv 2209.10655: causal, within chunks. */
export const mega = {
  title: 'Mega',
  resizable: ['l_max'],
  bindsContext: () => false,
  readsInParts: () => true,
  specs: megaSpecs,
  flops(model: MegaConfiguration, { length, batch }) {
    const { d_model: d } = model;
    const { states, chunk, keys, values } = megaSizes(model);
    const seen = Math.min(chunk, length);
    return {
      matrices: 2 * d * (values + (2 * d + keys + values) + values),
      // Scores and weighted values, computed for whole chunks; of each score bias, mask and softmax.
      mixing: d * longConvolution(length) + seen * (2 * keys + 2 * values + 6) + 6 * keys + 6 * values + 12 * d,
      filters: (10 * d * states) / batch + filterTransforms(d, { length, batch }),
    };
  },
  trainingMemory(model: MegaConfiguration, { length, batch }, bytes) {
    const { d_model: d } = model;
    const { chunk, keys, values } = megaSizes(model);
    const tokens = length * batch;
    const scores = float * tokens * Math.min(chunk, length);
    return {
      saved: bytes * tokens * (13 * d + 7 * keys + 7 * values) + scores,
      workspace: bytes * tokens * (6 * d + 4 * values) + 3 * scores,
    };
  },
  prefillMemory(model: MegaConfiguration, length) {
    const { d_model: d } = model;
    const { chunk, keys, values } = megaSizes(model);
    return float * length * (8 * d + 5 * keys + 6 * values + 6 * chunk);
  },
  cacheBytes(model: MegaConfiguration) {
    const { states, chunk, keys, values } = megaSizes(model);
    return modalStateBytes(model.d_model, states) + float * (chunk * (keys + values) + 1);
  },
  sketch(model) {
    const { states, chunk } = megaSizes(model as MegaConfiguration);
    return {
      detail: [{ say: 'block.states', values: { n: states } }],
      rows: [
        ['EMA → SiLU →', { say: 'block.projection', values: { n: 4 } }],
        ['softmax(q·kᵀ)·v', { say: 'block.window', values: { length: chunk } }],
        [{ say: 'block.gate' }, 'SiLU →', { say: 'block.output' }],
      ],
    };
  },
  async curves(model: MegaConfiguration, weights, query) {
    const [delta, alpha, beta, gamma] = await Promise.all(
      ['delta', 'alpha', 'beta', 'gamma'].map((name) => weights(`move.${name}`)),
    );
    return modalCurves(query, { total: model.d_model, length: model.l_max }, (channel) =>
      megaModes({ delta, alpha, beta, gamma }, model.mega_states, channel),
    );
  },
} satisfies MixerDescription;
