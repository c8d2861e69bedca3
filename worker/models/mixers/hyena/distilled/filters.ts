import type { ResolvedModelConfiguration } from '../../../../../main/contract/configuration.ts';
import { HyenaError } from '../../../../../main/contract/errors.ts';
import { mixerNameOf } from '../../../../../main/contract/mixers/layers.ts';
import { longStep } from '../../../../process/long-step.ts';
import type { LanguageModel } from '../../../language-model.ts';
import { decodeBlock } from '../decode-blocks.ts';
import { hyenaFilters } from '../forward.ts';
import { configurationOf } from '../configuration.ts';
import { HankelBound } from './hankel-bound.ts';
import { fitModes, modalSignal } from './modal-fit.ts';

/** Taps that stay exact: those that act within a block and from the block before it. The modes begin at the next one. */
export const exactTaps = decodeBlock + 1;

/** Modes of all channels of a layer, `[channels,modes]`; unused ones are 0. */
export interface LayerModes {
  readonly channels: number;
  readonly modes: number;
  readonly poleRe: Float64Array;
  readonly poleIm: Float64Array;
  readonly residueRe: Float64Array;
  readonly residueIm: Float64Array;
}

/** How near a distilled filter comes to its exact one. */
interface FilterError {
  readonly layer: number;
  /** Order-major, as the filters are. */
  readonly channel: number;
  /** Norm of the difference over the norm of the filter. */
  readonly relative: number;
  /** Largest difference over the largest tap. */
  readonly largest: number;
  /** What `relative` is at least with this much state, however it is fitted. */
  readonly bound: number;
  /** The state below which no fit has an error of {@link goodError}. */
  readonly least: number;
  /** The state that has it, about: where fits come as near to their bound as this one does. */
  readonly likely: number;
}

/** An error of a filter that hardly shows. */
export const goodError = 0.05;

/** A model's long filters, each a few exact taps and then a modal state space. */
export interface DistilledFilters {
  /** Real numbers of state a channel. */
  readonly state: number;
  /** Of the Hyena layers, by their place in the model. */
  readonly layers: ReadonlyMap<number, LayerModes>;
  readonly errors: readonly FilterError[];
}

/** The places of a model's Hyena layers. */
export const hyenaLayers = (config: ResolvedModelConfiguration): number[] =>
  Array.from({ length: config.n_layer }, (_, layer) => layer).filter((layer) => mixerNameOf(config, layer) === 'hyena');

/**
 * Fits every long filter of a model (Laughing Hyena, arXiv 2310.18780). The first {@link exactTaps} taps of each stay
 * as they are.
 *
 * @param state real numbers of state a channel, 2 for each pair of conjugate poles
 * @param onProgress called with the share that is done after each filter; throws where the work is to end
 */
export async function distil(
  model: LanguageModel,
  state: number,
  onProgress: (done: number) => void = () => undefined,
): Promise<DistilledFilters> {
  const config = configurationOf(model);
  const { d_model, order, l_max } = config;
  const places = hyenaLayers(config);
  const channels = (order - 1) * d_model;
  const layers = new Map<number, LayerModes>();
  const errors: FilterError[] = [];
  for (const [index, layer] of places.entries()) {
    const tensor = hyenaFilters((name) => model.layerWeights(layer)(`mixer.${name}`), config, l_max);
    const filters = (await tensor.data()) as Float32Array;
    tensor.dispose();
    const made = emptyModes(channels, state);
    for (let channel = 0; channel < channels; channel++) {
      const filter = Float64Array.from(filters.subarray(channel * l_max, (channel + 1) * l_max));
      errors.push({ layer, channel, ...longStep(() => fitInto(made, channel, filter, state)) });
      // A turn of the event loop now and then lets messages in.
      if (channel % 8 === 7) await new Promise((resolve) => setImmediate(resolve));
      onProgress((index * channels + channel + 1) / (places.length * channels));
    }
    layers.set(layer, made);
  }
  return { state, layers, errors };
}

export function emptyModes(channels: number, modes: number): LayerModes {
  const values = () => new Float64Array(channels * modes);
  return { channels, modes, poleRe: values(), poleIm: values(), residueRe: values(), residueIm: values() };
}

function fitInto(
  layer: LayerModes,
  channel: number,
  filter: Float64Array,
  state: number,
): Omit<FilterError, 'layer' | 'channel'> {
  const norm = Math.hypot(...chunkNorms(filter));
  if (!Number.isFinite(norm)) throw new HyenaError('numerical', "The model's filters are not finite.");
  const tail = filter.subarray(exactTaps);
  if (tail.length === 0 || norm === 0) return { relative: 0, largest: 0, bound: 0, least: 0, likely: 0 };
  const modes = fitModes(tail, state);
  for (const [index, { pole, residue }] of modes.entries()) {
    const at = channel * layer.modes + index;
    layer.poleRe[at] = pole.re;
    layer.poleIm[at] = pole.im;
    layer.residueRe[at] = residue.re;
    layer.residueIm[at] = residue.im;
  }
  const made = modalSignal(modes, tail.length);
  const difference = tail.map((value, t) => value - made[t]);
  const most = (values: Float64Array) => values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const missed = Math.hypot(...chunkNorms(difference));
  const hankel = new HankelBound(tail);
  const bound = hankel.at(state);
  return {
    relative: missed / norm,
    largest: most(difference) / most(filter),
    bound: bound / norm,
    least: hankel.stateFor(goodError * norm),
    likely: hankel.stateFor(goodError * norm * Math.min(1, missed === 0 ? 1 : bound / missed)),
  };
}

/** Norms of stretches: together they are the norm, and no call has too many arguments. */
function chunkNorms(values: Float64Array): number[] {
  const norms: number[] = [];
  for (let start = 0; start < values.length; start += 1024) {
    let sum = 0;
    for (const value of values.subarray(start, start + 1024)) sum += value * value;
    norms.push(Math.sqrt(sum));
  }
  return norms;
}
