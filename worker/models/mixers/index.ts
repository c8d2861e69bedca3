import { hyena } from './hyena.ts';
import type { Mixer } from './mixer.ts';

/** Every mixer by its name in the configuration. */
export const mixers = { hyena } as const satisfies Record<string, Mixer>;
