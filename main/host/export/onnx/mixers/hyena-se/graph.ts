import { hyenaSeFilters, type HyenaSeConfiguration } from '../../../../../contract/mixers/hyena-se/description.ts';
import type { Value } from '../../graph.ts';
import type { Layer } from '../../layer.ts';
import { gatedConvolution } from '../gated-convolution.ts';

/** Hyena-SE: short explicit filters (arXiv 2503.01868, section 2.1). */
export const hyenaSeGraph = (x: Value, layer: Layer<HyenaSeConfiguration>): Promise<Value> =>
  gatedConvolution(x, layer, hyenaSeFilters(layer.config));
