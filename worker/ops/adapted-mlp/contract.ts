import type * as tf from '@tensorflow/tfjs-core';
import { checkTensor } from '../checks.ts';
import { defineOperation } from '../operation.ts';
import { composed, type AdaptedMlpAttributes } from './composed.ts';

const operation = defineOperation({
  name: 'AdaptedMlp',
  composed,
  savedInputs: (index) => index !== 2 && index !== 4,
  savedOutputs: (index) => index === 1,
  differentiable: (index) => index !== 1 && index !== 3,
});

/** A matrix `[Out,In]` with its adapter: W + scale·b·a, of which W is frozen. */
export interface AdaptedMatrix {
  readonly weight: tf.Tensor;
  /** `[Out]` */
  readonly bias: tf.Tensor;
  /** `[R,In]` */
  readonly a: tf.Tensor;
  /** `[Out,R]` */
  readonly b: tf.Tensor;
}

/**
 * An MLP whose matrices are frozen and have adapters of low rank (LoRA, arXiv 2106.09685, eq. 3): as `mlp` with
 * first.weight + scale·first.b·first.a and second.weight + scale·second.b·second.a for its matrices, which are never made.
 * The forward kernel returns y and hidden `[B,L,F]`, the values before the activation, which only the backward kernel
 * sees: it is given dy, x, w1, w2, a1, b1, a2, b2, hidden and returns the gradients of x, both biases and the four factors.
 *
 * @param x `[B,L,D]`
 * @param first of `[F,D]`
 * @param second of `[D,F]`
 * @returns `[B,L,D]`
 */
export function adaptedMlp(
  x: tf.Tensor,
  first: AdaptedMatrix,
  second: AdaptedMatrix,
  attributes: AdaptedMlpAttributes,
): tf.Tensor {
  const { name } = operation;
  const width = x.shape[2] ?? null;
  const [inner = null] = first.weight.shape;
  const check = (which: string, { weight, bias, a, b }: AdaptedMatrix, out: number | null, into: number | null) => {
    const [rank = null] = a.shape;
    checkTensor(name, `${which}.weight`, weight, [out, into]);
    checkTensor(name, `${which}.bias`, bias, [out]);
    checkTensor(name, `${which}.a`, a, [null, into]);
    checkTensor(name, `${which}.b`, b, [out, rank]);
  };
  checkTensor(name, 'x', x, [null, null, null]);
  check('first', first, inner, width);
  check('second', second, width, inner);
  const inputs = [first, second].flatMap(({ weight, bias }) => [weight, bias]);
  const factors = [first, second].flatMap(({ a, b }) => [a, b]);
  return operation.run([x, ...inputs, ...factors], attributes)[0];
}
