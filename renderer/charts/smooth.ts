import { isDrawable } from './view.ts';

/** At each value the average reaches back over a tenth of those before it at most, so that a short run lags little. */
const reach = 10;

/**
 * An exponential moving average that starts without a bias to zero (as TensorBoard's), extended as values arrive.
 * Values that a chart cannot show, such as infinity, are passed over: one would hide all that follow.
 */
export class SmoothedSeries {
  readonly weight: number;
  #values = new Float64Array(1024);
  #length = 0;
  #average = 0;
  #mass = 0;
  /** Values that were averaged. */
  #counted = 0;

  /** @param weight of what was before, from 0 (no smoothing) to below 1 */
  constructor(weight: number) {
    this.weight = weight;
  }

  /** Smooths `source` as far as it goes now; what was smoothed before must not have changed. */
  extend(source: ArrayLike<number>): Float64Array {
    if (source.length > this.#values.length) {
      const larger = new Float64Array(Math.max(source.length, this.#values.length * 2));
      larger.set(this.#values.subarray(0, this.#length));
      this.#values = larger;
    }
    for (; this.#length < source.length; this.#length++) {
      const value = source[this.#length];
      if (isDrawable(value, 'linear')) {
        const weight = Math.min(this.weight, Math.max(0, 1 - reach / ++this.#counted));
        this.#average = weight * this.#average + (1 - weight) * value;
        this.#mass = weight * this.#mass + (1 - weight);
      }
      this.#values[this.#length] = this.#mass > 0 ? this.#average / this.#mass : Number.NaN;
    }
    return this.#values.subarray(0, this.#length);
  }
}
