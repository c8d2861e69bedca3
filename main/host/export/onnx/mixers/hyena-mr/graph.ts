import { hyenaMrFilters, type HyenaMrConfiguration } from '../../../../../contract/mixers/hyena-mr/description.ts';
import type { Value } from '../../graph.ts';
import type { Layer } from '../../layer.ts';
import { gatedConvolution } from '../gated-convolution.ts';

/** Hyena-MR: medium explicit filters and a skip (arXiv 2503.01868, section 2.1). */
export const hyenaMrGraph = (x: Value, layer: Layer<HyenaMrConfiguration>): Promise<Value> =>
  gatedConvolution(x, layer, hyenaMrFilters(layer.config));
