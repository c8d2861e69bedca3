import type { z } from 'zod';
import { attentionSettings } from './attention/settings.ts';
import { gssSettings } from './gss/settings.ts';
import { h3Settings } from './h3/settings.ts';
import { hyenaLiSettings } from './hyena-li/settings.ts';
import { hyenaMrSettings } from './hyena-mr/settings.ts';
import { hyenaSeSettings } from './hyena-se/settings.ts';
import { hyenaSettings } from './hyena/settings.ts';
import { longConvSettings } from './long-conv/settings.ts';
import { mamba2Settings } from './mamba2/settings.ts';
import { megaSettings } from './mega/settings.ts';
import type { MixerName } from './names.ts';
import { rwkvSettings } from './rwkv/settings.ts';
import { s4dSettings } from './s4d/settings.ts';
import { shortConvSettings } from './short-conv/settings.ts';

/**
 * The keys of the configuration that belong to each mixer, by the mixer's name. They stand beside the shared keys, as the
 * published `config.json` has them. A key that two mixers have is the same schema in both.
 */
export const mixerSettings = {
  hyena: hyenaSettings,
  'hyena-li': hyenaLiSettings,
  'hyena-se': hyenaSeSettings,
  'hyena-mr': hyenaMrSettings,
  'short-conv': shortConvSettings,
  attention: attentionSettings,
  h3: h3Settings,
  s4d: s4dSettings,
  gss: gssSettings,
  'long-conv': longConvSettings,
  mega: megaSettings,
  rwkv: rwkvSettings,
  mamba2: mamba2Settings,
} as const satisfies Record<MixerName, z.ZodRawShape>;

/** The values of a mixer's keys, where it has any. */
export type SettingsOf<Name extends MixerName> = keyof (typeof mixerSettings)[Name] extends never
  ? object
  : z.output<z.ZodObject<(typeof mixerSettings)[Name]>>;
type Intersection<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;
/** The values of the keys of all mixers. */
export type AllMixerSettings = Intersection<{ [Name in MixerName]: SettingsOf<Name> }[MixerName]>;
