import type { ModelConfiguration } from '../model-configuration.ts';
import { mixersIn } from './layers.ts';
import type { MixerDescription } from './mixer.ts';
import type { MixerName } from './names.ts';
import { attention } from './attention/description.ts';
import { gss } from './gss/description.ts';
import { h3 } from './h3/description.ts';
import { hyenaLi } from './hyena-li/description.ts';
import { hyenaMr } from './hyena-mr/description.ts';
import { hyenaSe } from './hyena-se/description.ts';
import { hyena } from './hyena/description.ts';
import { longConv } from './long-conv/description.ts';
import { mamba2 } from './mamba2/description.ts';
import { mega } from './mega/description.ts';
import { rwkv } from './rwkv/description.ts';
import { s4d } from './s4d/description.ts';
import { shortConv } from './short-conv/description.ts';

/** Every mixer by its name in the configuration. */
const descriptions = {
  hyena,
  'hyena-li': hyenaLi,
  'hyena-se': hyenaSe,
  'hyena-mr': hyenaMr,
  'short-conv': shortConv,
  attention,
  h3,
  s4d,
  gss,
  'long-conv': longConv,
  mega,
  rwkv,
  mamba2,
} as const satisfies Record<MixerName, MixerDescription>;

export const descriptionOf = (name: MixerName): MixerDescription => descriptions[name];

/** Whether no text can be longer than `l_max`: where a mixer or the positions end there. */
const bindsContext = (model: ModelConfiguration): boolean =>
  model.positions === 'learned' || mixersIn(model).some((name) => descriptionOf(name).bindsContext(model));

/** The longest context of any model, tokens: up to there every position is a number of fp32. */
export const longestContext = 1 << 24;

/** Tokens of a part of a text, where a model reads in parts. */
export const partLength = 8192;

/** Whether a model reads a text part by part, in memory that does not grow with what is between its layers. */
export const readsInParts = (model: ModelConfiguration): boolean =>
  mixersIn(model).every((name) => descriptionOf(name).readsInParts?.(model) ?? false);

/**
 * Tokens of the sequences that a model was trained for, where it reads texts of any length; null where its context ends
 * there.
 */
export const trainedLength = (model: ModelConfiguration): number | null => (bindsContext(model) ? null : model.l_max);

/** The longest text that a model can read, tokens. */
export const contextLimit = (model: ModelConfiguration): number =>
  bindsContext(model) ? model.l_max : Math.max(model.l_max, longestContext);
