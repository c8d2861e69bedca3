import type { ModelConfiguration } from '../../model-configuration.ts';
import type { MixerDescription } from '../mixer.ts';
import type { SettingsOf } from '../settings.ts';
import { attentionProblem, attentionSpecs, headsOf, rotaryOf, type AttentionConfiguration } from './parameters.ts';

const float = 4;

/** Positions that are seen, on average over a text: half of it, or of a longer one the window. */
function seenPositions(length: number, window: number | null): number {
  const widest = Math.min(length, window ?? length);
  return widest - (widest * (widest - 1)) / (2 * length);
}

/** Keys and values, of a window those that it sees. */
function cacheBytes(model: AttentionConfiguration, length: number): number {
  const { kvHeads, headDim } = headsOf(model);
  return float * 2 * kvHeads * headDim * Math.max(0, Math.min(length, model.attention_window ?? length));
}

/** Causal attention of several heads (arXiv 1706.03762), which may share keys and values (arXiv 2305.13245). */
export const attention = {
  title: 'Attention',
  resizable: ['l_max', 'attention_window'],
  // Learned positions end at l_max, but they belong to the whole model.
  bindsContext: () => false,
  // What it keeps grows with the text; nothing else needs to.
  readsInParts: () => true,
  problem: attentionProblem,
  specs: attentionSpecs,

  flops(model: AttentionConfiguration, { length }) {
    const { d_model: width, attention_window, qk_norm } = model;
    const { heads, kvHeads, headDim } = headsOf(model);
    const keys = kvHeads * headDim;
    const seen = seenPositions(length, attention_window);
    const before = (qk_norm ? 4 : 0) + (rotaryOf(model) ? 3 : 0);
    return {
      matrices: 2 * width * (2 * width + 2 * keys),
      // Scores and weighted values; of each score the scale, the exponential, the sum and the quotient.
      mixing: seen * (4 * width + 4 * heads) + before * (width + keys),
      filters: 0,
    };
  },

  trainingMemory(model: AttentionConfiguration, { length, batch }) {
    const { d_model: width, qk_norm } = model;
    const { heads, kvHeads, headDim } = headsOf(model);
    const [tokens, keys] = [length * batch, kvHeads * headDim];
    return {
      // Queries, keys, values, what is mixed, and the sum of exponentials of each row; of a norm its input and what it divides by.
      saved: float * tokens * (2 * width + 2 * keys + heads + (qk_norm ? 2 * (width + keys) : 0)),
      workspace: float * tokens * (5 * width + 4 * keys),
    };
  },

  prefillMemory(model: AttentionConfiguration, length) {
    const { kvHeads, headDim } = headsOf(model);
    // Keys and values as they are projected, and what is mixed; a copy of those before, to which they are joined.
    return float * length * (4 * kvHeads * headDim + model.d_model) + cacheBytes(model, model.l_max - length);
  },

  cacheBytes,

  sketch(model: ModelConfiguration & SettingsOf<'attention'>) {
    const { heads, kvHeads } = headsOf(model);
    const { attention_window: window, qk_norm } = model;
    return {
      detail: [{ say: 'block.heads', values: { n: heads } }],
      rows: [
        [
          { say: 'block.projection', values: { n: 3 } },
          ...(kvHeads === heads ? [] : [{ say: 'block.kvHeads' as const, values: { n: kvHeads } }]),
        ],
        ...(qk_norm ? [['RMSNorm(q), RMSNorm(k)']] : []),
        ...(rotaryOf(model) ? [[{ say: 'block.rotary' as const }]] : []),
        [
          'softmax(q·kᵀ)·v',
          ...(window === null ? [] : [{ say: 'block.window' as const, values: { length: window } }]),
          '→',
          { say: 'block.output' },
        ],
      ],
    };
  },
} satisfies MixerDescription;
