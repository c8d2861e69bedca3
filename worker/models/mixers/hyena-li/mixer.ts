import type { Mixer } from '../mixer.ts';
import { recurrentMixer } from '../recurrent.ts';
import { hyenaLiForward, hyenaLiMixing } from './forward.ts';
import { hyenaLiNativeStep, hyenaLiRecurrence } from './recurrence.ts';

export const hyenaLi = {
  forward: hyenaLiForward,
  mixing: hyenaLiMixing,
  ...recurrentMixer(hyenaLiRecurrence, hyenaLiNativeStep),
} satisfies Mixer;
