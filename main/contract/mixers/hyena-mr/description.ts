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

/** A model with Hyena-MR layers. */
export type HyenaMrConfiguration = ResolvedModelConfiguration & SettingsOf<'hyena-mr'>;

/** The filters of such a model. */
export const hyenaMrFilters = (model: ModelConfiguration): ExplicitFilters => {
  const { d_model, mr_filter_length: taps, mr_filter_groups: groups } = model as HyenaMrConfiguration;
  return { taps, groups: filterGroups(d_model, groups), skip: true, orientation: 'convolution' };
};

/**
 * Hyena-MR, StripedHyena 2, arXiv 2503.01868, section 2.1: Hyena of order 2
 * with medium filters (128 taps, the first of which multiplies the present) and a skip, for hundreds of tokens.
 */
export const hyenaMr = {
  title: 'Hyena-MR',
  ...describeGatedConvolution(hyenaMrFilters),
  problem: (model) => divisorProblem(model, hyenaMrFilters(model).groups, 'mr_filter_groups'),
  specs: (model: HyenaMrConfiguration) => gatedConvolutionSpecs(model, hyenaMrFilters(model)),
} satisfies MixerDescription;
