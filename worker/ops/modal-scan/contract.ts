import * as tf from '@tensorflow/tfjs-core';
import { checkTensor, checkThat } from '../checks.ts';
import { checkModes, type Modes } from '../modal-filter/contract.ts';
import { defineOperation, type Attributes, type Implementation } from '../operation.ts';
import { scan, sizesOf } from './scan.ts';

/** On the CPU, in double, for devices whose tensors it can read at once. */
const composed: Implementation<Attributes> = {
  forward(inputs) {
    const [u, poles, residues, skip, before] = inputs as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor?];
    const sizes = sizesOf(u, poles);
    const { channels, batch, modes } = sizes;
    const y = new Float32Array(u.size);
    const after = new Float32Array(channels * batch * modes * 4);
    const values = (tensor: tf.Tensor) => tensor.dataSync<'float32'>();
    scan(sizes, {
      ...{ u: values(u), poles: values(poles), residues: values(residues), skip: values(skip) },
      ...{ before: before ? values(before) : null, y, after },
    });
    return [tf.tensor(y, u.shape), tf.tensor(after, [channels, batch, modes, 4])];
  },
};

const operation = defineOperation({ name: 'ModalScan', composed, visibleOutputs: 2 });

export interface ModalScanInputs {
  /** `[C,B,L]`, L of any length, 1 for a step */
  u: tf.Tensor;
  /** Of G filters, each for C/G neighbouring channels. */
  modes: Modes;
  /** `[G]` */
  skip: tf.Tensor;
  /** What the call for the positions before gave as `after`; null where the sequence begins. */
  before: tf.Tensor | null;
}

/**
 * Convolution with modal filters as a recurrence: S ← p·S + u[t], y[t] = Re Σ_s R·S_s + skip·u[t], which is
 * `longConvolution` with `modalFilter` and continues where it stopped: memory and time for a position are the same at
 * any length (Laughing Hyena, arXiv 2310.18780, section 3.1). Has no gradient: models are trained by the convolution.
 *
 * The state `[C,B,S,4]` (real part, imaginary part, and what these lack of the number in double) is exact enough that a
 * text in parts, down to single positions, gives what the whole gives.
 *
 * @returns y `[C,B,L]`, after `[C,B,S,4]`
 * @throws HyenaError `internal` where sizes do not fit
 */
export function modalScan({ u, modes, skip, before }: ModalScanInputs): { y: tf.Tensor; after: tf.Tensor } {
  const { name } = operation;
  checkTensor(name, 'u', u, [null, null, null]);
  const [channels, batch] = u.shape as [number, number];
  const { groups, modes: count } = checkModes(name, modes);
  checkThat(
    name,
    groups >= 1 && channels % groups === 0,
    () => `${channels} channels do not divide into ${groups} groups`,
  );
  checkTensor(name, 'skip', skip, [groups]);
  if (before) checkTensor(name, 'before', before, [channels, batch, count, 4]);
  const [y, after] = operation.run([u, modes.poles, modes.residues, skip, ...(before ? [before] : [])], {});
  return { y, after };
}
