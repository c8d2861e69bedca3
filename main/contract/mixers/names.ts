/** The mixers that a layer may have, in the order in which they are listed. Free of schemas: the window needs the names alone. */
export const mixerNames = [
  'hyena',
  'hyena-li',
  'hyena-se',
  'hyena-mr',
  'short-conv',
  'attention',
  'h3',
  's4d',
  'gss',
  'long-conv',
  'mega',
  'rwkv',
  'mamba2',
] as const;
export type MixerName = (typeof mixerNames)[number];
