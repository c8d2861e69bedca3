import { initialMediumFilters } from '../logic/initial-modes.ts';
import type { ParameterSpec } from '../logic/parameter-specs.ts';
import { msg } from '../message.ts';
import type { ModelConfiguration, ResolvedModelConfiguration } from '../model-configuration.ts';
import { biasSpec, convolutionSpecs, matrixSpec, normal, projectionSpecs } from './layer-specs.ts';
import { explicitCurves } from './curves.ts';
import type { MixerDescription, MixerProblem } from './mixer.ts';
import { projectionBiases } from './projection-biases.ts';
import type { SettingsOf } from './settings.ts';
import { explicitConvolution } from './transforms.ts';

/** What Hyena-SE and Hyena-MR have in common: explicit filters between two gates (arXiv 2503.01868, section 2.1). */
export interface ExplicitFilters {
  readonly taps: number;
  /** Filters, each shared by neighbouring channels. */
  readonly groups: number;
  /** Whether an input is added to what is convolved, times a number for each channel. */
  readonly skip: boolean;
  /** Which tap multiplies the present: the last (`correlation`, PyTorch's Conv1d) or the first. */
  readonly orientation: 'correlation' | 'convolution';
}

/** Channels that share a filter in StripedHyena 2. */
const usualShare = 16;

/**
 * The filters of a model: those that were requested, or one for each sixteen channels, rounded to a divisor of the
 * width.
 */
export function filterGroups(width: number, groups: number | null): number {
  if (groups !== null) return groups;
  let usual = Math.max(1, Math.floor(width / usualShare));
  while (width % usual !== 0) usual--;
  return usual;
}

/** What must divide the width. @param key that of the number */
export const divisorProblem = (
  { d_model: width }: ModelConfiguration,
  count: number,
  key: keyof ModelConfiguration,
): MixerProblem | null =>
  width % count === 0
    ? null
    : { key, message: msg`model.${key} is ${count}, which does not divide model.d_model, ${width}.` };

/** A model with layers of Hyena-SE or Hyena-MR. */
export type GatedConfiguration = ResolvedModelConfiguration &
  Pick<SettingsOf<'hyena-se'>, 'short_filter_order' | 'short_filter_bias' | 'convolution_biases'>;

/** Whether the projections into the mixer and out of it have biases. */
export const gatedBiases = ({ convolution_biases, mixer_bias }: GatedConfiguration) =>
  projectionBiases(convolution_biases, mixer_bias);

/** The parameters: projected channels are x2, x1, v, D of each one after another, as those of Hyena of order 2. */
export function gatedConvolutionSpecs(
  config: GatedConfiguration,
  { taps, groups, skip }: ExplicitFilters,
): ParameterSpec[] {
  const { d_model: d, short_filter_order, short_filter_bias } = config;
  const shape = [groups, 1, taps];
  const { input, output } = gatedBiases(config);
  return [
    ...projectionSpecs(config, 'in_proj', [3 * d, d], { biased: input }),
    ...convolutionSpecs('short_filter', 3 * d, short_filter_order, short_filter_bias),
    skip
      ? {
          ...matrixSpec('filter.h', shape, {
            from: 'values',
            values: (key) => initialMediumFilters({ groups, taps, scale: 1 }, key),
          }),
          part: 'filters',
        }
      : { ...matrixSpec('filter.h', shape, { from: 'uniform', bound: 1 / Math.sqrt(taps) }), part: 'filters' },
    ...(skip ? [{ ...biasSpec('filter.D', d, normal(1)), part: 'filters' as const }] : []),
    ...projectionSpecs(config, 'out_proj', [d, d], { residual: true, biased: output }),
  ];
}

const float = 4;

/** All of the description that follows from the filters. */
export function describeGatedConvolution(
  filtersOf: (model: ModelConfiguration) => ExplicitFilters,
): Pick<
  MixerDescription,
  | 'resizable'
  | 'bindsContext'
  | 'readsInParts'
  | 'flops'
  | 'trainingMemory'
  | 'prefillMemory'
  | 'cacheBytes'
  | 'sketch'
  | 'curves'
> {
  const short = (model: ModelConfiguration) => (model as GatedConfiguration).short_filter_order;
  return {
    resizable: ['l_max'],
    bindsContext: () => false,
    readsInParts: () => true,
    flops(model, { length }) {
      const { d_model: d } = model;
      const { taps, skip } = filtersOf(model);
      // Two gates, and the skip.
      return {
        matrices: 8 * d * d,
        mixing: d * (3 * 2 * short(model) + explicitConvolution(taps, length) + 2 + (skip ? 2 : 0)),
        filters: 0,
      };
    },
    trainingMemory({ d_model: d }, { length, batch }, bytes) {
      const tokens = length * batch;
      // Projections, the same after the short convolution and once more in three parts, what is gated, convolved, and
      // gated again. The gates are the engine's own operations: their gradients stay until the backward pass ends.
      return { saved: bytes * tokens * 12 * d, workspace: bytes * tokens * 16 * d };
    },
    prefillMemory: ({ d_model: d }, length) => float * length * 10 * d,
    cacheBytes(model) {
      const { d_model: d } = model;
      return float * d * (3 * (short(model) - 1) + filtersOf(model).taps - 1);
    },
    sketch(model) {
      const { taps, groups } = filtersOf(model);
      return {
        detail: [{ say: 'block.filters', values: { n: groups } }],
        rows: [
          [{ say: 'block.projection', values: { n: 3 } }],
          [{ say: 'block.short', values: { length: short(model) } }],
          [{ say: 'block.gate' }, 'x1 →', { say: 'block.convolution', values: { length: taps } }],
          [{ say: 'block.gate' }, 'x2 →', { say: 'block.output' }],
        ],
      };
    },
    async curves(model, weights, query) {
      const { taps, groups, orientation } = filtersOf(model);
      return explicitCurves(
        query,
        { groups, taps },
        { taps: await weights('filter.h'), first: orientation === 'convolution' },
      );
    },
  };
}
