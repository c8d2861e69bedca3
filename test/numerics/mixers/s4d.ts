import type { MixerCase } from './index.ts';

export const s4dCases: readonly MixerCase[] = [
  { ssm_state: 8 },
  { ssm_state: 6, ssm_spectrum: 'inv', mixer_bias: false },
  { ssm_state: 4, ssm_spectrum: 'legs', tie_embeddings: false },
  { ssm_state: 8, ssm_spectrum: 'legs', ssm_softmax: 1000 },
];
