import { HyenaError } from '../../../main/contract/errors.ts';
import { layerName, positionsName } from '../../../main/contract/logic/model-parameters.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { mixerOf } from '../../models/mixers/index.ts';

/**
 * Gives a model the weights of another one of the same shape. Where its context is longer or shorter, each layer's mixer
 * resizes its own.
 *
 * @throws HyenaError `internal` where the two have other parameters, or one another shape
 */
export async function copyWeights(model: LanguageModel, source: LanguageModel): Promise<void> {
  const resizes = resizing(source, model.config.l_max);
  for (const { name, variable } of source.parameters.all()) {
    const values = (await variable.data()) as Float32Array;
    if (name === positionsName) await copyPositions(model, values);
    else model.parameters.set(name, resizes(name, values));
  }
  const missing = model.parameters.base().find(({ name }) => !source.parameters.all().some((one) => one.name === name));
  if (missing) throw new HyenaError('internal', `The source has no '${missing.name}'.`);
}

/** The positions that both have; further ones stay as they began. */
async function copyPositions({ parameters }: LanguageModel, values: Float32Array): Promise<void> {
  const own = ((await parameters.get(positionsName).data()) as Float32Array).slice();
  own.set(values.subarray(0, own.length));
  parameters.set(positionsName, own);
}

/** What makes of a weight that of a model with another context. */
function resizing({ config }: LanguageModel, length: number): (name: string, values: Float32Array) => Float32Array {
  if (config.l_max === length) return (_name, values) => values;
  const prefixes = Array.from({ length: config.n_layer }, (_, layer) => layerName(layer, 'mixer.'));
  return (name, values) => {
    const layer = prefixes.findIndex((prefix) => name.startsWith(prefix));
    if (layer < 0) return values;
    const inner = name.slice(prefixes[layer].length);
    return mixerOf(config, layer).resize?.(inner, values, config, length) ?? values;
  };
}
