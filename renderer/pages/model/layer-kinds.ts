import { mixerNameOf, type Layered } from '../../../main/contract/mixers/layers.ts';
import type { MixerName } from '../../../main/contract/mixers/names.ts';
import type { ModelConfiguration } from '../../../main/contract/model-configuration.ts';

/** The mixers that a model's layers have, in the order of their first layers, each with its layers from 0. */
export function layerKinds(model: Layered & { readonly n_layer: number }): { name: MixerName; layers: number[] }[] {
  const kinds = new Map<MixerName, number[]>();
  for (let layer = 0; layer < model.n_layer; layer++) {
    const name = mixerNameOf(model, layer);
    kinds.set(name, [...(kinds.get(name) ?? []), layer]);
  }
  return [...kinds].map(([name, layers]) => ({ name, layers }));
}

/** What normalises, where it is not a layer norm: that has a word of each language. */
export const normTitle = ({ norm }: ModelConfiguration): string | null => (norm === 'layer_norm' ? null : 'RMSNorm');

const mlpTitles: Record<Exclude<ModelConfiguration['mlp'], 'none'>, string> = {
  gelu_tanh: 'GELU',
  gelu: 'GELU',
  swiglu: 'SwiGLU',
  geglu: 'GeGLU',
  bilinear: 'bilinear',
};
/** The activation of an MLP. */
export const mlpTitle = ({ mlp }: ModelConfiguration): string => (mlp === 'none' ? '' : mlpTitles[mlp]);
