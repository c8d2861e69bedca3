import type * as tf from '@tensorflow/tfjs-core';
import { checkTensor, checkThat } from '../checks.ts';
import { defineOperation } from '../operation.ts';
import { composed, type ImplicitFilterAttributes } from './composed.ts';

export type { ImplicitFilterAttributes } from './composed.ts';

/** t and deltas are fixed: inputs 1 and 2 have no gradient. */
const operation = defineOperation({
  name: 'ImplicitFilter',
  composed,
  differentiable: (index) => index !== 1 && index !== 2,
});

export interface ImplicitFilterInputs {
  /** Features of each position, `[T,E]`. */
  z: tf.Tensor;
  /** Time of each position, `[T]`. */
  t: tf.Tensor;
  /** Decay of each channel, `[C]`. */
  deltas: tf.Tensor;
  /** Frequency of all sine layers, `[W]`. */
  freq: tf.Tensor;
  /** The first layer `[W,E]`, `[W]`, then the inner layers `[W,W]`, `[W]`. */
  layers: readonly { weight: tf.Tensor; bias: tf.Tensor }[];
  /** `[C,W]`. */
  last: tf.Tensor;
}

/**
 * The long filters of Hyena (arXiv 2302.10866, section 3.3): a network of linear layers and sin(freq·x) on positional
 * features, times a window: h[c,i] = network(z[i])[c] · (exp(-t[i]·|deltas[c]|) + shift). Not `modulate`: no window.
 *
 * @returns h `[C,T]`
 */
export function implicitFilter(
  { z, t, deltas, freq, layers, last }: ImplicitFilterInputs,
  attributes: Omit<ImplicitFilterAttributes, 'inner'>,
): tf.Tensor {
  const { name } = operation;
  const [width = null] = freq.shape;
  checkTensor(name, 'freq', freq, [null]);
  checkTensor(name, 'z', z, [null, null]);
  checkTensor(name, 't', t, [z.shape[0]]);
  checkTensor(name, 'last', last, [null, width]);
  checkTensor(name, 'deltas', deltas, [last.shape[0]]);
  checkThat(name, layers.length > 0, () => 'the first layer is missing');
  layers.forEach(({ weight, bias }, index) => {
    checkTensor(name, `weight ${index}`, weight, [width, index === 0 ? z.shape[1]! : width]);
    checkTensor(name, `bias ${index}`, bias, [width]);
  });
  const inputs = [z, t, deltas, freq, ...layers.flatMap(({ weight, bias }) => [weight, bias]), last];
  return operation.run(inputs, { ...attributes, inner: layers.length - 1 } as ImplicitFilterAttributes)[0];
}
