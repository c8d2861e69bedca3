/**
 * An exponential moving average that starts without a bias to zero (as TensorBoard's), extended as values arrive.
 * Values that are not finite are passed over.
 */
export class Smoothed {
  readonly weight: number;
  #values = new Float64Array(1024);
  #length = 0;
  #average = 0;
  #mass = 0;

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
      if (Number.isFinite(value)) {
        this.#average = this.weight * this.#average + (1 - this.weight) * value;
        this.#mass = this.weight * this.#mass + (1 - this.weight);
      }
      this.#values[this.#length] = this.#mass > 0 ? this.#average / this.#mass : Number.NaN;
    }
    return this.#values.subarray(0, this.#length);
  }
}
