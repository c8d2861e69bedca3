import { hyenaSeFilters, type HyenaSeConfiguration } from '../../../../main/contract/mixers/hyena-se/description.ts';
import { gatedConvolution } from '../gated-convolution.ts';
import type { Mixer } from '../mixer.ts';

export const hyenaSe = gatedConvolution((config: HyenaSeConfiguration) => ({
  ...hyenaSeFilters(config),
  orientation: 'correlation',
})) satisfies Mixer;
