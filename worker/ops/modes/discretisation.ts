import * as tf from '@tensorflow/tfjs-core';
import type { DiscretisationRule } from '../../../main/contract/mixers/state-space.ts';
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

interface DiscretisationAttributes extends Attributes {
  bilinear: boolean;
  /** Positions of the softmax; 0: none. */
  softmax: number;
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
  /** The sum of the pole's powers over the softmax's positions, times q. */
  powers: Complex | null;
  /** The residue is 2·C·B times this. */
  factor: Complex;
}

function stepsOf([logDt, logAReal, aImag]: tf.Tensor[], { bilinear, softmax }: DiscretisationAttributes): Steps {
  const dt = tf.expandDims(tf.exp(logDt), 1);
  const a = { re: tf.neg(tf.exp(logAReal)), im: aImag };
  const z = scaled(a, dt);
  const w = reciprocal({ re: tf.sub(1, tf.mul(z.re, 0.5)), im: tf.mul(z.im, -0.5) });
  const q = bilinear ? times(z, w) : expm1(z);
  const powers = softmax > 0 ? expm1(scaled(z, softmax)) : null;
  const held = () => times(q, reciprocal(powers ? times(a, powers) : a));
  return { dt, a, z, q, w, powers, factor: bilinear ? scaled(w, dt) : held() };
}

const plus1 = ({ re, im }: Complex): Complex => ({ re: tf.add(re, 1), im });

/** Gradients of complex numbers are those of their parts: of f(x), f analytic, the conjugate of f' times those of f. */
const composed: Implementation<DiscretisationAttributes> = {
  forward(inputs, attributes) {
    const { q, factor } = stepsOf(inputs, attributes);
    const [c, b] = inputs.slice(3).map(fromParts);
    const residue = times(times(c, b), scaled(factor, 2));
    return [poleFrom(q), toParts(residue.re, residue.im)];
  },

  backward([dPoles, dResidues], inputs, _outputs, attributes) {
    const { dt, a, q, w, powers, factor } = stepsOf(inputs, attributes);
    const [c, b] = inputs.slice(3).map(fromParts);
    const [slope, dPole] = [scaled(fromParts(dResidues), 2), fromParts(dPoles)];
    const dFactor = times(conjugate(times(c, b)), slope);
    const [dc, db] = [b, c].map((other) => times(conjugate(times(other, factor)), slope));
    let [dz, da, dDt]: [Complex, Complex | null, tf.Tensor | null] = [dPole, null, null];
    if (attributes.bilinear) {
      // factor = w·dt, q = z·w, dq/dz = w², dw/dz = w²/2
      const dw = scaled(dFactor, dt);
      dz = times(conjugate(times(w, w)), plus(dPole, scaled(dw, 0.5)));
      dDt = times(conjugate(w), dFactor).re;
    } else {
      // factor = q/A/powers, q = e^z - 1, powers = e^(L·z) - 1 or 1
      const below = conjugate(reciprocal(powers ? times(a, powers) : a));
      dz = times(conjugate(plus1(q)), plus(dPole, times(below, dFactor)));
      const ofFactor = times(conjugate(factor), dFactor);
      da = scaled(times(conjugate(reciprocal(a)), ofFactor), -1);
      if (powers) {
        const dPowers = times(conjugate(reciprocal(powers)), ofFactor);
        dz = plus(dz, scaled(times(conjugate(plus1(powers)), dPowers), -attributes.softmax));
      }
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
 * arXiv 2206.11893, section 3.3); with a softmax over L positions, this over e^(z·L) - 1, mode by mode (DSS, arXiv
 * 2203.14343, proposition 1 b); by the bilinear rule, h[t] = 2 Re Σ_s C·B·dt/(1-z/2)·((1+z/2)/(1-z/2))^t (S4, arXiv
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
    const softmax = typeof rule === 'object' ? rule.softmax : 0;
    return operation.run([logDt, logAReal, aImag, c, b], { bilinear: rule === 'bilinear', softmax });
  });
  return { poles, residues };
}
