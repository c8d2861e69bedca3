import type { ModelConfiguration } from '../../model-configuration.ts';
import type { MixerDescription } from '../mixer.ts';
import { scanChunk } from '../state-space.ts';
import { mamba2Problem, mamba2Sizes, mamba2Specs, type Mamba2Configuration } from './parameters.ts';

const float = 4;

/**
 * Mamba-2, arXiv 2405.21060, section 7: a short convolution, a state space whose decay, input and output depend on the
 * token, a gate, and a norm before the output projection.
 */
export const mamba2 = {
  title: 'Mamba-2',
  resizable: ['l_max'],
  bindsContext: () => false,
  readsInParts: () => true,
  problem: (model: ModelConfiguration) => mamba2Problem(model as Mamba2Configuration),
  specs: mamba2Specs,
  flops(model: Mamba2Configuration, { length }) {
    const { d_model: d, mamba_conv_length: taps } = model;
    const { inner, heads, headDim, states, convolved } = mamba2Sizes(model);
    const chunk = scanChunk(length);
    return {
      matrices: 2 * d * (2 * inner + convolved + heads),
      // Within a chunk products with all its positions; of each chunk a state, which all of the next one reads.
      mixing:
        2 * taps * convolved +
        heads * (chunk * (2 * states + 2 * headDim + 4) + 4 * states * headDim) +
        4 * convolved +
        12 * inner,
      filters: 0,
    };
  },
  trainingMemory(model: Mamba2Configuration, { length, batch }, bytes) {
    const { inner, heads, states } = mamba2Sizes(model);
    const tokens = length * batch;
    // Gates, what is convolved before and after, the parts of it, steps, what is mixed, gated and normalised.
    const saved = bytes * tokens * (7 * inner + 6 * states + heads);
    // Of the backward pass of the state space, measured: its inputs and outputs for each head, with their gradients and
    // copies by chunks and from the end, and the products of a chunk with itself.
    const workspace = bytes * tokens * (23 * inner + heads * (12 * states + 2 * scanChunk(length)));
    return { saved, workspace };
  },
  prefillMemory(model: Mamba2Configuration, length) {
    const { inner, heads, states } = mamba2Sizes(model);
    return float * length * (9 * inner + heads * (4 * states + 4 * scanChunk(length)));
  },
  cacheBytes(model: Mamba2Configuration) {
    const { inner, states, convolved } = mamba2Sizes(model);
    return float * (convolved * (model.mamba_conv_length - 1) + inner * states);
  },
  sketch(model) {
    const { heads, states } = mamba2Sizes(model as Mamba2Configuration);
    return {
      detail: [
        { say: 'block.heads', values: { n: heads } },
        { say: 'block.states', values: { n: states } },
      ],
      rows: [
        [{ say: 'block.projection', values: { n: 5 } }],
        ['x, B, C →', { say: 'block.short', values: { length: (model as Mamba2Configuration).mamba_conv_length } }],
        ['h ← exp(-a·Δ)·h + Δ·x·B,', 'y = C·h'],
        [{ say: 'block.gate' }, 'z →', { say: 'block.output' }],
      ],
    };
  },
} satisfies MixerDescription;
