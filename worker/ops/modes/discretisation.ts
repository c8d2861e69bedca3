import * as tf from '@tensorflow/tfjs-core';
import { checkTensor } from '../checks.ts';
import type { Modes } from '../modal-filter/contract.ts';
import { defineOperation, type Attributes, type Implementation } from '../operation.ts';
import {
  conjugate,
  expm1,
  fromParts,
  plus,
  poleFrom,
  reciprocal,
  scaled,
  times,
  toParts,
  type Complex,
} from './complex.ts';

/** How a continuous system becomes one of steps. */
export type DiscretisationRule = 'zero-order-hold' | 'bilinear';

interface DiscretisationAttributes extends Attributes {
  rule: DiscretisationRule;
}

interface Steps {
  dt: tf.Tensor;
  a: Complex;
  /** A·dt */
  z: Complex;
  /** The pole less 1. */
  q: Complex;
  /** 1/(1 - z/2), of the bilinear rule. */
  w: Complex;
  /** The residue is 2·C·B times this. */
  factor: Complex;
}

function stepsOf([logDt, logAReal, aImag]: tf.Tensor[], rule: DiscretisationRule): Steps {
  const dt = tf.expandDims(tf.exp(logDt), 1);
  const a = { re: tf.neg(tf.exp(logAReal)), im: aImag };
  const z = scaled(a, dt);
  const w = reciprocal({ re: tf.sub(1, tf.mul(z.re, 0.5)), im: tf.mul(z.im, -0.5) });
  const held = rule === 'zero-order-hold';
  const q = held ? expm1(z) : times(z, w);
  return { dt, a, z, q, w, factor: held ? times(q, reciprocal(a)) : scaled(w, dt) };
}

/** Gradients of complex numbers are those of their parts: of f(x), f analytic, the conjugate of f' times those of f. */
const composed: Implementation<DiscretisationAttributes> = {
  forward(inputs, { rule }) {
    const { q, factor } = stepsOf(inputs, rule);
    const [c, b] = inputs.slice(3).map(fromParts);
    const residue = times(times(c, b), scaled(factor, 2));
    return [poleFrom(q), toParts(residue.re, residue.im)];
  },

  backward([dPoles, dResidues], inputs, _outputs, { rule }) {
    const { dt, a, q, w, factor } = stepsOf(inputs, rule);
    const [c, b] = inputs.slice(3).map(fromParts);
    const [slope, dPole] = [scaled(fromParts(dResidues), 2), fromParts(dPoles)];
    const dFactor = times(conjugate(times(c, b)), slope);
    const [dc, db] = [b, c].map((other) => times(conjugate(times(other, factor)), slope));
    let [dz, da, dDt]: [Complex, Complex | null, tf.Tensor | null] = [dPole, null, null];
    if (rule === 'zero-order-hold') {
      // factor = q/A, q = e^z - 1
      const inverse = conjugate(reciprocal(a));
      const dq = plus(dPole, times(inverse, dFactor));
      dz = times(conjugate({ re: tf.add(q.re, 1), im: q.im }), dq);
      da = scaled(times(times(conjugate(factor), inverse), dFactor), -1);
    } else {
      // factor = w·dt, q = z·w, dq/dz = w², dw/dz = w²/2
      const dw = scaled(dFactor, dt);
      dz = times(conjugate(times(w, w)), plus(dPole, scaled(dw, 0.5)));
      dDt = times(conjugate(w), dFactor).re;
    }
    const ofStep = scaled(dz, dt);
    const dA = da ? plus(da, ofStep) : ofStep;
    const timesA = times(conjugate(a), dz).re;
    return [
      tf.sum(tf.mul(dt, dDt ? tf.add(dDt, timesA) : timesA), 1),
      tf.mul(dA.re, a.re),
      dA.im,
      toParts(dc.re, dc.im),
      toParts(db.re, db.im),
    ];
  },
};

const operation = defineOperation({ name: 'DiscreteModes', composed, visibleOutputs: 2 });

/** A diagonal state space of G systems of S complex states and their conjugates, A = -exp(logAReal) + i·aImag. */
export interface DiagonalSystem {
  /** Logarithm of the length of a step, `[G]`. */
  logDt: tf.Tensor;
  /** `[G,S]` */
  logAReal: tf.Tensor;
  /** `[G,S]` */
  aImag: tf.Tensor;
  /** Real and imaginary parts, `[G,S,2]`. */
  c: tf.Tensor;
  /** `[G,S,2]`; default: 1. */
  b?: tf.Tensor;
}

/**
 * A diagonal state space as modes, with z = A·exp(logDt). By zero-order hold, h[t] = 2 Re Σ_s C·B·(e^z - 1)/A·e^(z·t) (S4D,
 * arXiv 2206.11893, section 3.3); by the bilinear rule, h[t] = 2 Re Σ_s C·B·dt/(1-z/2)·((1+z/2)/(1-z/2))^t (S4, arXiv
 * 2111.00396, equation 3), as the published H3 models have it. All inputs have gradients.
 *
 * @throws HyenaError `internal` where sizes do not fit
 */
export function diagonalModes(system: DiagonalSystem, rule: DiscretisationRule): Modes {
  const { name } = operation;
  const { logDt, logAReal, aImag, c } = system;
  checkTensor(name, 'logAReal', logAReal, [null, null]);
  const [groups, modes] = logAReal.shape as [number, number];
  checkTensor(name, 'logDt', logDt, [groups]);
  checkTensor(name, 'aImag', aImag, [groups, modes]);
  checkTensor(name, 'c', c, [groups, modes, 2]);
  if (system.b) checkTensor(name, 'b', system.b, [groups, modes, 2]);
  const [poles, residues] = tf.tidy(() => {
    const b = system.b ?? toParts(tf.ones([groups, modes]), tf.zeros([groups, modes]));
    return operation.run([logDt, logAReal, aImag, c, b], { rule });
  });
  return { poles, residues };
}
