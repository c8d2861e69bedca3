import { randomNormal, randomUniform, type RandomKey } from './random.ts';
import { symmetricEigenvalues } from './symmetric-eigenvalues.ts';

/**
 * Initial values of the mixers that are recurrences, as their papers and programs have them. Pure functions of a key of
 * random numbers: two parameters must not be given the same one. Row-major, in the shapes of the published files.
 */

/**
 * How the eigenvalues of a diagonal state space lie: `lin` and `inv` of S4D (arXiv 2206.11893, equations 8 and 9), and
 * `legs`, those of HiPPO-LegS without its part of low rank, which `inv` comes near to.
 */
export type Spectrum = 'lin' | 'inv' | 'legs';

/**
 * Imaginary parts of A for S complex states and their conjugates (real parts are -1/2), rising but for `inv`, which falls:
 * π·n, or N/π·(N/(2n+1) - 1) with N = 2S.
 */
export function imaginaryParts(spectrum: Spectrum, modes: number): Float64Array {
  const size = 2 * modes;
  switch (spectrum) {
    case 'lin':
      return Float64Array.from({ length: modes }, (_, n) => Math.PI * n);
    case 'inv':
      return Float64Array.from({ length: modes }, (_, n) => (size / Math.PI) * (size / (2 * n + 1) - 1));
    case 'legs':
      return hippoFrequencies(size);
  }
}

/**
 * HiPPO-LegS has A[n,k] = -√((2n+1)(2k+1)) below the diagonal and -(n+1) on it. With half of the outer product of √(2n+1)
 * added, it is -1/2 and a skew-symmetric matrix K, whose eigenvalues are ±iω (S4D, section 2.3); KᵀK has each ω² twice.
 */
function hippoFrequencies(size: number): Float64Array {
  const skew = (n: number, k: number) => (Math.sign(k - n) * Math.sqrt((2 * n + 1) * (2 * k + 1))) / 2;
  const squares = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += skew(k, i) * skew(k, j);
      squares[i * size + j] = sum;
    }
  const sorted = symmetricEigenvalues(squares, size).sort();
  return Float64Array.from({ length: size / 2 }, (_, index) => Math.sqrt(Math.max(0, sorted[2 * index])));
}

export interface InitialSystem {
  /** `[G]`, uniform between the logarithms of 0.001 and 0.1. */
  logDt: Float32Array;
  /** log 1/2, `[G,S]`. */
  logAReal: Float32Array;
  /** `[G,S]` */
  aImag: Float32Array;
  /** Complex normal, `[G,S,2]`: the variance of both parts together is 1. */
  c: Float32Array;
}

/** The initial diagonal state space of S4D (`s4d.py`) and of H3 (arXiv 2212.14052, appendix F; B = 1). */
export function initialSystem(
  { groups, modes }: { groups: number; modes: number },
  spectrum: Spectrum,
  keys: { logDt: RandomKey; c: RandomKey },
): InitialSystem {
  const [least, most] = [Math.log(0.001), Math.log(0.1)];
  const frequencies = imaginaryParts(spectrum, modes);
  return {
    logDt: Float32Array.from({ length: groups }, (_, g) => least + randomUniform(keys.logDt, g) * (most - least)),
    logAReal: new Float32Array(groups * modes).fill(Math.log(0.5)),
    aImag: Float32Array.from({ length: groups * modes }, (_, index) => frequencies[index % modes]),
    c: Float32Array.from({ length: groups * modes * 2 }, (_, index) => Math.SQRT1_2 * randomNormal(keys.c, index)),
  };
}

/**
 * Logarithms of the decay rates of StripedHyena 2's Hyena-LI, whose poles are exp(-rate) (the authors' training program,
 * `ImplicitModalFilter`): the rate is γ/e, γ uniform from 0.01 to 0.1, `[G,S]`. Filters decay within some 30 to 270
 * positions.
 */
export function initialRealDecays({ groups, modes }: { groups: number; modes: number }, key: RandomKey): Float32Array {
  return Float32Array.from(
    { length: groups * modes },
    (_, index) => Math.log(0.01 + 0.09 * randomUniform(key, index)) - 1,
  );
}

/** Residues beside them: normal, 0.1/√S, `[G,S]`, or `[G,S,2]` where `parts` is 2. */
export function initialResidues(
  { groups, modes, parts }: { groups: number; modes: number; parts: 1 | 2 },
  key: RandomKey,
): Float32Array {
  const deviation = 0.1 / Math.sqrt(modes * parts);
  return Float32Array.from({ length: groups * modes * parts }, (_, index) => deviation * randomNormal(key, index));
}

/**
 * Logarithms of the decay rates of complex poles that lie uniformly on a ring within the unit circle, `[G,S]`; beside
 * {@link initialPhases}. The program that trained StripedHyena's is not published; these are those of linear recurrent
 * units (arXiv 2303.06349, section 3.2.2, lemma 3.2).
 */
export function initialRingDecays(
  { groups, modes }: { groups: number; modes: number },
  { least, most }: { least: number; most: number },
  key: RandomKey,
): Float32Array {
  return Float32Array.from({ length: groups * modes }, (_, index) =>
    Math.log(-Math.log(least ** 2 + randomUniform(key, index) * (most ** 2 - least ** 2)) / 2),
  );
}

/** Uniform from 0 to π, `[G,S]`. */
export function initialPhases({ groups, modes }: { groups: number; modes: number }, key: RandomKey): Float32Array {
  return Float32Array.from({ length: groups * modes }, (_, index) => Math.PI * randomUniform(key, index));
}

/**
 * Explicit filters of StripedHyena 2's Hyena-MR, `[G,1,K]`, the first tap that of the present (`ExplicitSingleDecayFilter`,
 * preset 'strong'): normal/√K, times `scale`, times exp(-r·t) with t from 0 to 1 and r from 1 to 100 over the groups. The
 * authors scale by 1e-5: at first the layer is its skip alone.
 */
export function initialMediumFilters(
  { groups, taps, scale }: { groups: number; taps: number; scale: number },
  key: RandomKey,
): Float32Array {
  return Float32Array.from({ length: groups * taps }, (_, index) => {
    const rate = 10 ** ((2 * Math.floor(index / taps)) / Math.max(1, groups - 1));
    const time = (index % taps) / Math.max(1, taps - 1);
    return ((scale * randomNormal(key, index)) / Math.sqrt(taps)) * Math.exp(-rate * time);
  });
}

/** The shift state space of H3 (arXiv 2212.14052, section 3.1): B = e₁, C uniform within ±1/√N, `[D,N]` both. */
export function initialShift(
  { width, order }: { width: number; order: number },
  key: RandomKey,
): { b: Float32Array; c: Float32Array } {
  const bound = 1 / Math.sqrt(order);
  return {
    b: Float32Array.from({ length: width * order }, (_, index) => (index % order === 0 ? 1 : 0)),
    c: Float32Array.from({ length: width * order }, (_, index) => bound * (2 * randomUniform(key, index) - 1)),
  };
}
