import { joinMessages, msg, type Message } from '../message.ts';
import { mixerNames, type MixerName } from './names.ts';

/** The most layers that one part of a pattern may stand for: the most that a model may have. */
const mostLayers = 256;

/**
 * Reads a pattern of layers: `hyena`, or several mixers one after another, `hyena*3,attention`: three layers of Hyena,
 * then one of attention, and so on from the start.
 *
 * @returns the mixer of each layer of one round, or what is wrong with the pattern
 */
export function parseLayers(pattern: string): { round: MixerName[] } | { problem: Message } {
  const round: MixerName[] = [];
  for (const part of pattern.split(',')) {
    const [, written = '', times = '1'] = /^\s*([^*]*?)\s*(?:\*\s*(\d{1,4})\s*)?$/.exec(part) ?? [];
    const name = mixerNames.find((one) => one === written);
    if (written === '')
      return {
        problem: msg`model.layers: ${part.trim() === '' ? "''" : part.trim()} is neither a mixer nor mixer*count.`,
      };
    if (name === undefined)
      return {
        problem: joinMessages([
          msg`model.layers: mixer ${written} not found.`,
          msg`Available mixers: ${mixerNames.join(', ')}.`,
        ]),
      };
    const count = Number(times);
    if (count < 1 || round.length + count > mostLayers)
      return { problem: msg`model.layers: ${part.trim()} must have 1 to ${mostLayers} layers.` };
    round.push(...Array.from({ length: count }, () => name));
  }
  return { round };
}

/** What of a model says which mixer a layer has. */
export interface Layered {
  readonly layers: string;
}

const rounds = new Map<string, readonly MixerName[]>();

/** One round of a pattern that was checked. */
function roundOf({ layers }: Layered): readonly MixerName[] {
  const known = rounds.get(layers);
  if (known) return known;
  const parsed = parseLayers(layers);
  if ('problem' in parsed) throw new Error(`The pattern of layers '${layers}' was not checked.`);
  rounds.set(layers, parsed.round);
  return parsed.round;
}

/** Layers after which a pattern begins again. */
export const roundLength = (model: Layered): number => roundOf(model).length;

/** The name of a layer's mixer. */
export function mixerNameOf(model: Layered, layer: number): MixerName {
  const round = roundOf(model);
  return round[layer % round.length];
}

/** The mixers that a pattern names, each once, in their order. */
export const mixersIn = (model: Layered): MixerName[] => [...new Set(roundOf(model))];

/** The mixer that all layers of a model have; null where they differ. */
export function onlyMixer(model: Layered & { readonly n_layer: number }): MixerName | null {
  const names = new Set(Array.from({ length: model.n_layer }, (_, layer) => mixerNameOf(model, layer)));
  return names.size === 1 ? [...names][0] : null;
}
