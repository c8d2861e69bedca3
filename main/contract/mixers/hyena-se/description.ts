import type { ModelConfiguration, ResolvedModelConfiguration } from '../../model-configuration.ts';
import {
  describeGatedConvolution,
  filterGroups,
  gatedConvolutionSpecs,
  divisorProblem,
  type ExplicitFilters,
} from '../gated-convolution.ts';
import type { MixerDescription } from '../mixer.ts';
import type { SettingsOf } from '../settings.ts';

/** A model with Hyena-SE layers. */
export type HyenaSeConfiguration = ResolvedModelConfiguration & SettingsOf<'hyena-se'>;

/** The filters of such a model. */
export const hyenaSeFilters = (model: ModelConfiguration): ExplicitFilters => {
  const { d_model, se_filter_length: taps, se_filter_groups: groups } = model as HyenaSeConfiguration;
  return { taps, groups: filterGroups(d_model, groups), skip: false, orientation: 'correlation' };
};

/**
 * Hyena-SE, StripedHyena 2, arXiv 2503.01868, section 2.1: Hyena of order 2
 * with short filters (7 taps, the last of which multiplies the present), for what is near.
 */
export const hyenaSe = {
  title: 'Hyena-SE',
  ...describeGatedConvolution(hyenaSeFilters),
  problem: (model) => divisorProblem(model, hyenaSeFilters(model).groups, 'se_filter_groups'),
  specs: (model: HyenaSeConfiguration) => gatedConvolutionSpecs(model, hyenaSeFilters(model)),
} satisfies MixerDescription;
