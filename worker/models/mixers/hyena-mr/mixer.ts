import { hyenaMrFilters, type HyenaMrConfiguration } from '../../../../main/contract/mixers/hyena-mr/description.ts';
import { gatedConvolution } from '../gated-convolution.ts';
import type { Mixer } from '../mixer.ts';

export const hyenaMr = gatedConvolution((config: HyenaMrConfiguration) => ({
  ...hyenaMrFilters(config),
  orientation: 'convolution',
})) satisfies Mixer;
