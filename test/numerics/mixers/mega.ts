import type { MixerCase } from './index.ts';

/** Texts within one chunk; of several, the last of them shorter; chunks of single tokens. */
export const megaCases: readonly MixerCase[] = [
  { mega_states: 3 },
  { mega_states: 2, mega_chunk: 1, mega_key_width: 1, mega_expand: 1, mlp: 'none' },
  { mega_states: 4, mega_chunk: 5, mega_key_width: 7, mixer_bias: false, tie_embeddings: false },
];
