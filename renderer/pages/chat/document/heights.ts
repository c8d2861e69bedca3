/** Heights of blocks under each other: guessed until they are measured. Both questions take a few steps, however many. */
export class Heights {
  readonly #heights: Float64Array;
  /** Sums over stretches, as in a Fenwick tree. */
  readonly #sums: Float64Array;
  readonly #highest: number;

  constructor(guesses: ArrayLike<number>) {
    this.#heights = Float64Array.from(guesses);
    this.#sums = new Float64Array(guesses.length + 1);
    for (let index = 1; index <= guesses.length; index++) {
      this.#sums[index] += this.#heights[index - 1];
      const above = index + (index & -index);
      if (above <= guesses.length) this.#sums[above] += this.#sums[index];
    }
    this.#highest = 2 ** Math.floor(Math.log2(Math.max(1, guesses.length)));
  }

  get length(): number {
    return this.#heights.length;
  }
  get total(): number {
    return this.top(this.length);
  }

  of(index: number): number {
    return this.#heights[index];
  }

  /** @returns by how much it changes */
  set(index: number, height: number): number {
    const change = height - this.#heights[index];
    if (change === 0) return 0;
    this.#heights[index] = height;
    for (let at = index + 1; at <= this.length; at += at & -at) this.#sums[at] += change;
    return change;
  }

  /** Where a block begins. */
  top(index: number): number {
    let sum = 0;
    for (let at = Math.min(index, this.length); at > 0; at -= at & -at) sum += this.#sums[at];
    return sum;
  }

  /** The block at a height; the first or last beyond the ends. */
  at(height: number): number {
    let index = 0;
    let left = height;
    for (let step = this.#highest; step > 0; step >>= 1)
      if (index + step <= this.length && this.#sums[index + step] <= left) {
        index += step;
        left -= this.#sums[index];
      }
    return Math.max(0, Math.min(index, this.length - 1));
  }
}
