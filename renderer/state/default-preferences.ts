import type { Preferences } from '../../main/contract/preferences.ts';

/** What holds until the host has told the preferences: the defaults of their schema, which the frame does without. */
export const defaultPreferences: Preferences = {
  theme: 'system',
  language: 'system',
  threads: null,
  memory_limit_mib: null,
  hub: null,
  python: null,
  reading: { size: 17, measure: 68, face: 'serif' },
  prompts: [],
  sampling_presets: [],
  welcomed: false,
};
