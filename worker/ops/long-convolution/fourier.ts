/**
 * Causal convolution of real rows by a fast Fourier transform on typed arrays.
 *
 * Rows are transformed modulo x^n - i: row j is multiplied by ω^j, ω = exp(iπ/2n), before a complex transform of length
 * n ≥ L. What of the full convolution lies past n comes back multiplied by i and is dropped with the imaginary part, so
 * there is no padding to twice the length and no unpacking of real transforms.
 *
 * Spectra stay in the order in which decimation in frequency leaves them; the inverse takes that order.
 */
export interface Spectrum {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

interface Stage {
  readonly size: number;
  /** cos and sin of w, w², w³ for each j below size/4, w = exp(-2πij/size). */
  readonly twiddles: Float64Array;
}

export class RowTransform {
  /** Length of a spectrum: the power of two from the length of the rows up. */
  readonly size: number;
  readonly length: number;
  readonly #stages: readonly Stage[];
  /** Whether a radix-2 stage is left after the radix-4 stages. */
  readonly #odd: boolean;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;

  constructor(length: number) {
    this.length = length;
    this.size = 2 ** Math.ceil(Math.log2(length));
    const stages: Stage[] = [];
    let size = this.size;
    for (; size >= 4; size /= 4) stages.push({ size, twiddles: stageTwiddles(size) });
    this.#stages = stages;
    this.#odd = size === 2;
    this.#cos = Float64Array.from({ length: this.size }, (_, j) => Math.cos((Math.PI * j) / (2 * this.size)));
    this.#sin = Float64Array.from({ length: this.size }, (_, j) => Math.sin((Math.PI * j) / (2 * this.size)));
  }

  newSpectrum(): Spectrum {
    return { re: new Float64Array(this.size), im: new Float64Array(this.size) };
  }

  /** Transforms `count` values from `start` on, at most `length`; fewer are followed by zeros. */
  forward(row: ArrayLike<number>, start: number, count: number, { re, im }: Spectrum): void {
    for (let j = 0; j < count; j++) {
      const value = row[start + j];
      re[j] = value * this.#cos[j];
      im[j] = value * this.#sin[j];
    }
    re.fill(0, count);
    im.fill(0, count);
    for (const stage of this.#stages) forwardStage(stage, re, im);
    if (this.#odd) pairs(re, im);
  }

  /** Writes the first `length` values of the row that has this spectrum; the spectrum is used up. */
  inverse({ re, im }: Spectrum, row: Float64Array): void {
    if (this.#odd) pairs(re, im);
    for (let index = this.#stages.length - 1; index >= 0; index--) inverseStage(this.#stages[index], re, im);
    const scale = 1 / this.size;
    for (let j = 0; j < this.length; j++) row[j] = (re[j] * this.#cos[j] + im[j] * this.#sin[j]) * scale;
  }
}

function stageTwiddles(size: number): Float64Array {
  const quarter = size / 4;
  const twiddles = new Float64Array(6 * quarter);
  for (let j = 0; j < quarter; j++)
    for (let power = 1; power <= 3; power++) {
      const angle = (-2 * Math.PI * j * power) / size;
      twiddles[6 * j + 2 * power - 2] = Math.cos(angle);
      twiddles[6 * j + 2 * power - 1] = Math.sin(angle);
    }
  return twiddles;
}

/** One radix-4 stage, decimation in frequency. */
function forwardStage({ size, twiddles: w }: Stage, re: Float64Array, im: Float64Array): void {
  const quarter = size >> 2;
  for (let base = 0; base < re.length; base += size) {
    for (let j = 0, t = 0; j < quarter; j++, t += 6) {
      const i0 = base + j;
      const i1 = i0 + quarter;
      const i2 = i1 + quarter;
      const i3 = i2 + quarter;
      const sumR = re[i0] + re[i2];
      const sumI = im[i0] + im[i2];
      const differenceR = re[i0] - re[i2];
      const differenceI = im[i0] - im[i2];
      const oddSumR = re[i1] + re[i3];
      const oddSumI = im[i1] + im[i3];
      // -i times the difference of the odd ones.
      const turnedR = im[i1] - im[i3];
      const turnedI = re[i3] - re[i1];
      re[i0] = sumR + oddSumR;
      im[i0] = sumI + oddSumI;
      const aR = differenceR + turnedR;
      const aI = differenceI + turnedI;
      re[i1] = aR * w[t] - aI * w[t + 1];
      im[i1] = aR * w[t + 1] + aI * w[t];
      const bR = sumR - oddSumR;
      const bI = sumI - oddSumI;
      re[i2] = bR * w[t + 2] - bI * w[t + 3];
      im[i2] = bR * w[t + 3] + bI * w[t + 2];
      const cR = differenceR - turnedR;
      const cI = differenceI - turnedI;
      re[i3] = cR * w[t + 4] - cI * w[t + 5];
      im[i3] = cR * w[t + 5] + cI * w[t + 4];
    }
  }
}

/** Undoes `forwardStage`, times 4. */
function inverseStage({ size, twiddles: w }: Stage, re: Float64Array, im: Float64Array): void {
  const quarter = size >> 2;
  for (let base = 0; base < re.length; base += size) {
    for (let j = 0, t = 0; j < quarter; j++, t += 6) {
      const i0 = base + j;
      const i1 = i0 + quarter;
      const i2 = i1 + quarter;
      const i3 = i2 + quarter;
      const aR = re[i1] * w[t] + im[i1] * w[t + 1];
      const aI = im[i1] * w[t] - re[i1] * w[t + 1];
      const bR = re[i2] * w[t + 2] + im[i2] * w[t + 3];
      const bI = im[i2] * w[t + 2] - re[i2] * w[t + 3];
      const cR = re[i3] * w[t + 4] + im[i3] * w[t + 5];
      const cI = im[i3] * w[t + 4] - re[i3] * w[t + 5];
      const sumR = re[i0] + bR;
      const sumI = im[i0] + bI;
      const differenceR = re[i0] - bR;
      const differenceI = im[i0] - bI;
      const oddSumR = aR + cR;
      const oddSumI = aI + cI;
      // i times the difference of the odd ones.
      const turnedR = cI - aI;
      const turnedI = aR - cR;
      re[i0] = sumR + oddSumR;
      im[i0] = sumI + oddSumI;
      re[i1] = differenceR + turnedR;
      im[i1] = differenceI + turnedI;
      re[i2] = sumR - oddSumR;
      im[i2] = sumI - oddSumI;
      re[i3] = differenceR - turnedR;
      im[i3] = differenceI - turnedI;
    }
  }
}

/** The radix-2 stage of neighbours; its own inverse, times 2. */
function pairs(re: Float64Array, im: Float64Array): void {
  for (let i = 0; i < re.length; i += 2) {
    const r = re[i];
    const m = im[i];
    re[i] = r + re[i + 1];
    im[i] = m + im[i + 1];
    re[i + 1] = r - re[i + 1];
    im[i + 1] = m - im[i + 1];
  }
}

/** to = a·b, which may be the same. */
export function multiplySpectra(a: Spectrum, b: Spectrum, to: Spectrum): void {
  const { re: aR, im: aI } = a;
  const { re: bR, im: bI } = b;
  const { re, im } = to;
  for (let i = 0; i < re.length; i++) {
    const r = aR[i] * bR[i] - aI[i] * bI[i];
    im[i] = aR[i] * bI[i] + aI[i] * bR[i];
    re[i] = r;
  }
}

/** to += a·b. */
export function addProduct(a: Spectrum, b: Spectrum, to: Spectrum): void {
  const { re: aR, im: aI } = a;
  const { re: bR, im: bI } = b;
  const { re, im } = to;
  for (let i = 0; i < re.length; i++) {
    re[i] += aR[i] * bR[i] - aI[i] * bI[i];
    im[i] += aR[i] * bI[i] + aI[i] * bR[i];
  }
}

const transforms = new Map<number, RowTransform>();

/** The transform of rows of this length; the last few lengths keep their tables. */
export function rowTransform(length: number): RowTransform {
  let transform = transforms.get(length);
  if (!transform) {
    if (transforms.size >= 4) transforms.delete(transforms.keys().next().value!);
    transform = new RowTransform(length);
    transforms.set(length, transform);
  }
  return transform;
}
