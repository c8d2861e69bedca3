/**
 * How a text that is longer than a context is read in windows: each token is scored once, in a window that knows at
 * least `known` tokens before it (in the first window those that there are). Tokens come and go: what no window needs
 * is forgotten, so that the memory does not grow with the text.
 */
export class ScoringWindows {
  readonly #length: number;
  readonly #known: number;
  #ids: Int32Array;
  #count = 0;
  /** Number of the first token that is kept. */
  #first = 0;
  /** Number of the last token that a window was given for; the very first token of a text has nothing before it. */
  #scored = 0;
  #ended = false;

  /**
   * @param length tokens that are read at once
   * @param known at most `length`
   */
  constructor(length: number, known: number) {
    this.#length = length;
    this.#known = known;
    this.#ids = new Int32Array(4 * length + 1);
  }

  push(ids: Int32Array): void {
    if (this.#count + ids.length > this.#ids.length) {
      const larger = new Int32Array(Math.max(this.#count + ids.length, 2 * this.#ids.length));
      larger.set(this.#ids.subarray(0, this.#count));
      this.#ids = larger;
    }
    this.#ids.set(ids, this.#count);
    this.#count += ids.length;
  }

  /** No more tokens follow: what is left is read too. */
  end(): void {
    this.#ended = true;
  }

  /** The next window whose tokens are all there; null if there is none yet, or none. */
  next(): Window | null {
    const last = this.#first + this.#count - 1;
    if (this.#scored >= last) return null;
    let start = Math.max(0, this.#scored + 1 - this.#known);
    if (start + this.#length > last) {
      if (!this.#ended) return null;
      // The last window is moved back: it then knows more.
      start = Math.max(0, last - this.#length);
    }
    const length = Math.min(this.#length, last - start);
    const from = start - this.#first;
    const window = {
      start,
      ids: this.#ids.slice(from, from + length),
      targets: this.#ids.slice(from + 1, from + length + 1),
      counted: this.#scored + 1 - (start + 1),
    };
    this.#scored = start + length;
    this.#forget();
    return window;
  }

  /** A last window may begin a whole length before its end. */
  #forget(): void {
    const unneeded = Math.max(0, this.#scored - this.#length) - this.#first;
    if (unneeded < 4 * this.#length && unneeded < this.#count / 2) return;
    this.#ids.copyWithin(0, unneeded, this.#count);
    this.#first += unneeded;
    this.#count -= unneeded;
  }
}

export interface Window {
  /** Number of its first token. Its targets are the tokens from `start + 1` on. */
  readonly start: number;
  readonly ids: Int32Array;
  readonly targets: Int32Array;
  /** The first of its targets that counts: earlier ones were scored by the window before. */
  readonly counted: number;
}
