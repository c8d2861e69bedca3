import * as tf from '@tensorflow/tfjs-core';
import { checkTensor } from '../checks.ts';
import type { Modes } from '../modal-filter/contract.ts';
import { defineOperation, type Attributes, type Implementation } from '../operation.ts';
import { conjugate, expm1, fromParts, plus, poleFrom, realExpm1, times } from './complex.ts';

/**
 * Modes with poles and residues as StripedHyena and Evo 1 keep them: h[t] = Re Σ_s R·p^t.
 *
 * @param poles `[G,S,2]`, real and imaginary parts
 * @param residues `[G,S,2]`
 * @throws HyenaError `internal` where sizes do not fit
 */
export function complexModes(poles: tf.Tensor, residues: tf.Tensor): Modes {
  checkTensor('complexModes', 'poles', poles, [null, null, 2]);
  checkTensor('complexModes', 'residues', residues, poles.shape);
  return { poles: tf.tidy(() => tf.concat([poles, tf.zeros(poles.shape)], 2)), residues };
}

const composed: Implementation<Attributes> = {
  forward: ([logPoles]) => [poleFrom({ re: realExpm1(logPoles), im: tf.zerosLike(logPoles) })],
  backward: ([dPoles], [logPoles]) => [tf.mul(tf.exp(logPoles), fromParts(dPoles).re)],
};
const operation = defineOperation({ name: 'ExponentialPoles', composed });

/**
 * Modes with real poles as StripedHyena 2 (Hyena-LI) and Evo 2 keep them: h[t] = Σ_s R·exp(λ·t).
 *
 * @param logPoles λ, `[G,S]`
 * @param residues R, `[G,S]`
 * @throws HyenaError `internal` where sizes do not fit
 */
export function realModes(logPoles: tf.Tensor, residues: tf.Tensor): Modes {
  checkTensor(operation.name, 'logPoles', logPoles, [null, null]);
  checkTensor(operation.name, 'residues', residues, logPoles.shape);
  return {
    poles: operation.run([logPoles], {})[0],
    residues: tf.tidy(() => {
      const parts = tf.reshape(residues, [...residues.shape, 1]);
      return tf.concat([parts, tf.zeros(parts.shape)], 2);
    }),
  };
}

/** The pole is 1 + q, q = e^z - 1, z = -exp(logDecays) + i·phases. */
const decaying: Implementation<Attributes> = {
  forward: ([logDecays, phases]) => [poleFrom(expm1({ re: tf.neg(tf.exp(logDecays)), im: phases }))],
  backward([dPoles], [logDecays, phases]) {
    const rate = tf.exp(logDecays);
    const q = expm1({ re: tf.neg(rate), im: phases });
    const dz = times(conjugate(plus(q, { re: tf.ones(rate.shape), im: tf.zeros(rate.shape) })), fromParts(dPoles));
    return [tf.neg(tf.mul(rate, dz.re)), dz.im];
  },
};
const decayingOperation = defineOperation({ name: 'DecayingPoles', composed: decaying });

/**
 * Modes whose poles lie within the unit circle whatever the values, h[t] = Re Σ_s R·exp((-exp(logDecays) + i·phases)·t):
 * the stable parametrisation of linear recurrent units (arXiv 2303.06349, section 3.3). All inputs have gradients.
 *
 * @param logDecays `[G,S]`
 * @param phases `[G,S]`; null: poles and residues are real
 * @param residues `[G,S,2]`, real and imaginary parts; `[G,S]` without phases
 * @throws HyenaError `internal` where sizes do not fit
 */
export function decayingModes(logDecays: tf.Tensor, phases: tf.Tensor | null, residues: tf.Tensor): Modes {
  const { name } = decayingOperation;
  checkTensor(name, 'logDecays', logDecays, [null, null]);
  if (!phases) {
    const logPoles = tf.tidy(() => tf.neg(tf.exp(logDecays)));
    const modes = realModes(logPoles, residues);
    logPoles.dispose();
    return modes;
  }
  checkTensor(name, 'phases', phases, logDecays.shape);
  checkTensor(name, 'residues', residues, [...logDecays.shape, 2]);
  return { poles: decayingOperation.run([logDecays, phases], {})[0], residues };
}
