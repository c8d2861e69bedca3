import type { AttentionConfiguration } from '../../../../main/contract/mixers/attention/parameters.ts';
import type { Mixer, Weights } from '../mixer.ts';
import { AttentionCache } from './cache.ts';
import { attentionForward, attentionMixing } from './forward.ts';
import { AttentionStepper } from './host-step.ts';
import { NativeAttentionStepper } from './native-step.ts';
import { prefillAttention } from './prefill.ts';

export const attention = {
  forward: attentionForward,
  mixing: attentionMixing,
  prefill: prefillAttention,
  step: {
    host: (weights: Weights, config: AttentionConfiguration) => new AttentionStepper(weights, config),
    native: (weights: Weights, config: AttentionConfiguration) => new NativeAttentionStepper(weights, config),
  },
  cacheFrom: (tensors, length, { attention_window }: AttentionConfiguration) =>
    AttentionCache.from(tensors, length, attention_window),
} satisfies Mixer;
