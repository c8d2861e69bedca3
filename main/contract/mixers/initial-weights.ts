import { HyenaError } from '../errors.ts';
import { layerName } from '../logic/model-parameters.ts';
import { initialValues } from '../logic/parameter-specs.ts';
import type { ResolvedModelConfiguration } from '../model-configuration.ts';
import { descriptionOf } from './index.ts';
import { mixerNameOf } from './layers.ts';
import type { StoredWeights } from './mixer.ts';

/** Weights of a layer's mixer as training starts from them. */
export function initialWeights(model: ResolvedModelConfiguration, layer: number, seed: number): StoredWeights {
  const specs = descriptionOf(mixerNameOf(model, layer)).specs(model, layer);
  return (name) => {
    const spec = specs.find((one) => one.name === name);
    if (!spec) throw new HyenaError('internal', `The mixer has no parameter '${name}'.`);
    return Promise.resolve(initialValues({ ...spec, name: layerName(layer, `mixer.${name}`) }, seed));
  };
}
