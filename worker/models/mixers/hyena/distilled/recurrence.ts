import * as tf from '@tensorflow/tfjs-core';
import type { HyenaConfiguration } from '../../../../../main/contract/mixers/hyena/parameters.ts';
import { tidyAll } from '../../../decoding/tensor-scope.ts';
import type { LayerStepper, Weights } from '../../mixer.ts';
import { absorbModal, modalRecurrence, type ModalConvolution } from '../../modal-recurrence.ts';
import { RecurrentStepper } from '../../recurrent.ts';
import type { HyenaCache } from '../cache.ts';
import { hyenaFilters } from '../forward.ts';
import { exactTaps, type LayerModes } from './filters.ts';

/** The long convolutions of a layer with its distilled filters; to be freed by `disposeModal`. */
export const distilledConvolution = (weights: Weights, config: HyenaConfiguration, modes: LayerModes) =>
  tidyAll((): ModalConvolution => {
    const taps = Math.min(exactTaps, config.l_max);
    const first = tf.pad(hyenaFilters(weights, config, taps) as tf.Tensor2D, [
      [0, 0],
      [0, exactTaps - taps],
    ]);
    return {
      taps: tf.reshape(first, [modes.channels, 1, exactTaps]),
      modes: tensorsOf(modes),
      skip: weights('filter_fn.bias'),
    };
  });

/** A layer that was read with its exact filters goes on by a recurrence, in constant memory. */
export function distilledStepper(weights: Weights, config: HyenaConfiguration, modes: LayerModes): LayerStepper {
  const { order, d_model: width, short_filter_order: shortTaps, mixer_bias } = config;
  const convolution = distilledConvolution(weights, config, modes);
  const biased = { input: mixer_bias, output: mixer_bias };
  const recurrence = modalRecurrence(weights, { width, order, shortTaps, shortBias: true, biased, convolution });
  return new RecurrentStepper(recurrence, (cache) => {
    const { convInputs, convTail } = (cache as HyenaCache).parts;
    return {
      ...(shortTaps > 1 && { tail: tailOf(convTail!, shortTaps - 1) }),
      ...absorbModal(convolution, convInputs),
    };
  });
}

/** The last projections, `[(N+1)D,1,K-1]`: zeros before the text. @param convTail `[(N+1)D,at most K-1]` */
function tailOf(convTail: tf.Tensor2D, columns: number): tf.Tensor {
  const [channels, known] = convTail.shape;
  const whole = tf.pad(convTail, [
    [0, 0],
    [columns - known, 0],
  ]);
  return tf.reshape(whole, [channels, 1, columns]);
}

function tensorsOf({ channels, modes, poleRe, poleIm, residueRe, residueIm }: LayerModes): ModalConvolution['modes'] {
  const poles = new Float32Array(channels * modes * 4);
  const residues = new Float32Array(channels * modes * 2);
  for (let at = 0; at < channels * modes; at++) {
    const [re, im] = [Math.fround(poleRe[at]), Math.fround(poleIm[at])];
    poles.set([re, im, poleRe[at] - re, poleIm[at] - im], 4 * at);
    residues.set([residueRe[at], residueIm[at]], 2 * at);
  }
  return { poles: tf.tensor(poles, [channels, modes, 4]), residues: tf.tensor(residues, [channels, modes, 2]) };
}
