import type { ResolvedModelConfiguration } from '../../../main/contract/configuration.ts';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import { mixerNameOf, onlyMixer } from '../../../main/contract/mixers/layers.ts';
import type { MixerName } from '../../../main/contract/mixers/names.ts';
import type { Distiller } from './distillation.ts';
import type { Mixer } from './mixer.ts';
import { attention } from './attention/mixer.ts';
import { gss } from './gss/mixer.ts';
import { h3 } from './h3/mixer.ts';
import { hyenaLi } from './hyena-li/mixer.ts';
import { hyenaMr } from './hyena-mr/mixer.ts';
import { hyenaSe } from './hyena-se/mixer.ts';
import { hyena } from './hyena/mixer.ts';
import { longConv } from './long-conv/mixer.ts';
import { mamba2 } from './mamba2/mixer.ts';
import { mega } from './mega/mixer.ts';
import { rwkv } from './rwkv/mixer.ts';
import { s4d } from './s4d/mixer.ts';
import { shortConv } from './short-conv/mixer.ts';

/** Every mixer by its name in the configuration. */
const mixers = {
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
} as const satisfies Record<MixerName, Mixer>;

/** The mixer of a layer. */
export const mixerOf = (config: ResolvedModelConfiguration, layer: number): Mixer => mixers[mixerNameOf(config, layer)];

/** The mixer that all layers have; null where they differ. */
export function onlyMixerOf(config: ResolvedModelConfiguration): Mixer | null {
  const name = onlyMixer(config);
  return name === null ? null : mixers[name];
}

/** What distils the layers of a model. @throws HyenaError `usage` where they have nothing to distil */
export function distillerOf(config: ResolvedModelConfiguration): Distiller {
  const distillers = Array.from({ length: config.n_layer }, (_, layer) => mixerOf(config, layer).distiller);
  const distiller = distillers.find((one) => one !== undefined);
  if (!distiller)
    throw new HyenaError(
      'usage',
      msg`A model with layers ${config.layers} has no filters to distil: only those of Hyena layers are replaced.`,
      {
        hint: 'Generate with the exact model instead.',
      },
    );
  return distiller;
}
