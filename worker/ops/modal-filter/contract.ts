import type * as tf from '@tensorflow/tfjs-core';
import { checkTensor, checkThat } from '../checks.ts';
import { defineOperation } from '../operation.ts';
import { composed } from './composed.ts';

const operation = defineOperation({ name: 'ModalFilter', composed });

/**
 * A sum of modes for each of G filters: complex exponentials with complex weights. It is a linear recurrence of S complex
 * numbers, so that a filter of any length needs no memory in its length when it is decoded with.
 */
export interface Modes {
  /**
   * `[G,S,4]`: real part, imaginary part, and what these lack of the pole in double. A pole near the unit circle is
   * raised to powers as high as the text is long; in fp32 alone it would be off by as many roundings.
   */
  readonly poles: tf.Tensor;
  /** `[G,S,2]`: real and imaginary parts. */
  readonly residues: tf.Tensor;
}

/** @throws HyenaError `internal` */
export function checkModes(name: string, { poles, residues }: Modes): { groups: number; modes: number } {
  checkTensor(name, 'poles', poles, [null, null, 4]);
  const [groups, modes] = poles.shape as [number, number];
  checkTensor(name, 'residues', residues, [groups, modes, 2]);
  return { groups, modes };
}

/**
 * Taps of modal filters: h[g,t] = Re Σ_s R[g,s]·p[g,s]^t. Laughing Hyena, arXiv 2310.18780, equation 3.2; the long
 * filters of StripedHyena and of StripedHyena 2 (Hyena-LI). Gradients with respect to poles come in the first two of
 * their four places. In O(G·S·T); powers are taken in more than fp32.
 *
 * @returns `[G,T]`
 */
export function modalFilter(modes: Modes, { length }: { length: number }): tf.Tensor {
  const { name } = operation;
  checkModes(name, modes);
  checkThat(name, Number.isInteger(length) && length >= 1, () => `a filter of ${length} taps is none`);
  return operation.run([modes.poles, modes.residues], { length })[0];
}
