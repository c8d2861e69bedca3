import * as tf from '@tensorflow/tfjs-core';
import type { NativeBackend } from '../../../../devices/native/backend.ts';
import type { Distilled, DistilledLayers, Distiller } from '../../distillation.ts';
import { configurationOf } from '../configuration.ts';
import { NativeStepper } from '../native-stepper.ts';
import { exactTaps, goodError, type DistilledFilters } from './filters.ts';
import { mostKnownState } from './hankel-bound.ts';
import { distilledConvolution, distilledStepper } from './recurrence.ts';
import { distilledFilters } from './store.ts';

/** State spaces that stand in for the filters of Hyena layers. */
export const distilledLayers = ({ layers }: DistilledFilters): DistilledLayers => ({
  layers: new Map(
    [...layers].map(([layer, modes]) => [
      layer,
      (model, weights) => distilledStepper(weights, configurationOf(model), modes),
    ]),
  ),
  fused: {
    native: (model) =>
      new NativeStepper(model, tf.backend() as NativeBackend, (weights, layer) =>
        distilledConvolution(weights, configurationOf(model), layers.get(layer)!),
      ),
  },
});

export const distilHyena: Distiller = async (model, state, place, options): Promise<Distilled> => {
  const { filters, kept } = await distilledFilters(model, state, place, options);
  const { errors } = filters;
  const of = (measure: 'relative' | 'largest' | 'bound' | 'least' | 'likely') => errors.map((error) => error[measure]);
  return {
    layers: distilledLayers(filters),
    kept,
    quality: {
      exactTaps,
      relative: spread(of('relative')),
      largest: spread(of('largest')),
      bound: spread(of('bound')),
      needed: { error: goodError, least: median(of('least')), likely: median(of('likely')), known: mostKnownState },
      filters: [...errors],
    },
  };
};

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0 ? 0 : sorted[Math.floor(sorted.length / 2)];
}

const spread = (values: readonly number[]) => ({ median: median(values), largest: Math.max(0, ...values) });
