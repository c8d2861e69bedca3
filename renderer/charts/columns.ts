/** A column of numbers that grows at its end, without a copy for every value. */
export class NumberColumn {
  #values: Float64Array;
  #length = 0;

  constructor(capacity = 1024) {
    this.#values = new Float64Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** The values; valid until the next change. */
  get values(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }

  at(index: number): number {
    return this.#values[index];
  }

  get last(): number | undefined {
    return this.#length > 0 ? this.#values[this.#length - 1] : undefined;
  }

  append(values: ArrayLike<number>): void {
    const needed = this.#length + values.length;
    if (needed > this.#values.length) {
      const larger = new Float64Array(Math.max(needed, this.#values.length * 2));
      larger.set(this.values);
      this.#values = larger;
    }
    this.#values.set(values, this.#length);
    this.#length = needed;
  }

  clear(): void {
    this.#length = 0;
  }
}

/** Index of the first value that is not below `wanted`, in ascending values. */
export function lowerBound(values: ArrayLike<number>, wanted: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the value nearest to `wanted`, in ascending values; -1 where there is none. */
export function nearest(values: ArrayLike<number>, wanted: number): number {
  if (values.length === 0) return -1;
  const after = lowerBound(values, wanted);
  if (after === 0) return 0;
  if (after === values.length) return values.length - 1;
  return wanted - values[after - 1] <= values[after] - wanted ? after - 1 : after;
}
