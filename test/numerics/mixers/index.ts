import { mixerNames, type MixerName } from '../../../main/contract/mixers/names.ts';
import { attentionCases } from './attention.ts';
import { gssCases } from './gss.ts';
import { h3Cases } from './h3.ts';
import { hyenaLiCases } from './hyena-li.ts';
import { hyenaMrCases } from './hyena-mr.ts';
import { hyenaSeCases } from './hyena-se.ts';
import { hyenaCases } from './hyena.ts';
import { longConvCases } from './long-conv.ts';
import { mamba2Cases } from './mamba2.ts';
import { megaCases } from './mega.ts';
import { rwkvCases } from './rwkv.ts';
import { s4dCases } from './s4d.ts';
import { shortConvCases } from './short-conv.ts';

/** Keys of a small model, besides its layers. */
export type MixerCase = Readonly<Record<string, unknown>>;

/** Models of each mixer, which every suite that asks something of a mixer goes through. */
const ofMixers = {
  hyena: hyenaCases,
  'hyena-li': hyenaLiCases,
  'hyena-se': hyenaSeCases,
  'hyena-mr': hyenaMrCases,
  'short-conv': shortConvCases,
  attention: attentionCases,
  h3: h3Cases,
  s4d: s4dCases,
  gss: gssCases,
  'long-conv': longConvCases,
  mega: megaCases,
  rwkv: rwkvCases,
  mamba2: mamba2Cases,
} as const satisfies Record<MixerName, readonly MixerCase[]>;

export const mixerCases: readonly MixerCase[] = mixerNames.flatMap((layers) =>
  ofMixers[layers].map((settings): MixerCase => ({ layers, ...settings })),
);

/**
 * The models that a device is tested with: all of them, or the last of each mixer, which has most to it. What differs
 * within a mixer is tested on every device by its operations; a software adapter compiles each kernel that a shape needs
 * for seconds.
 */
export const mixerCasesOn = (fewModels: boolean): readonly MixerCase[] =>
  fewModels ? mixerNames.map((layers) => ({ layers, ...ofMixers[layers].at(-1) })) : mixerCases;

/** Other halves of a block, and other positions. */
export const blockCases: readonly MixerCase[] = [
  { norm: 'rms_norm', mlp: 'swiglu', mlp_bias: false },
  { norm: 'rms_norm_outside_eps', mlp: 'geglu', layer_norm_epsilon: 0.1 },
  { mlp: 'gelu', positions: 'learned' },
  { mlp: 'bilinear', norm: 'rms_norm', mixer_bias: false, layer_norm_epsilon: 0.1 },
  { mlp: 'gelu_tanh', mlp_bias: false },
  { mlp: 'none', norm: 'rms_norm', tie_embeddings: false },
];

/** As {@link mixerCasesOn}: a gated and an ungated MLP, another norm, learned positions. */
export const blockCasesOn = (fewModels: boolean): readonly MixerCase[] =>
  fewModels ? blockCases.slice(0, 3) : blockCases;
