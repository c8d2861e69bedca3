/**
 * Text that is reported piece by piece, without any part of a stop sequence: what may be the beginning of one is held
 * back until it is clear that it is not.
 */
export class StoppedText {
  readonly #stops: readonly string[];
  #held = '';
  #told = '';
  #stopped = false;

  /** @param stops not empty strings */
  constructor(stops: readonly string[]) {
    this.#stops = stops;
  }

  /** All that may be reported so far. */
  get text(): string {
    return this.#told;
  }

  /** A stop sequence has come: nothing follows. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** @returns what may be reported now */
  push(piece: string): string {
    if (this.#stopped) return '';
    this.#held += piece;
    const found = this.#stops.map((stop) => this.#held.indexOf(stop)).filter((at) => at >= 0);
    if (found.length > 0) {
      this.#stopped = true;
      return this.#tell(Math.min(...found));
    }
    return this.#tell(this.#held.length - this.#openEnd());
  }

  /** The text is at its end. @returns what was held back */
  end(): string {
    return this.#stopped ? '' : this.#tell(this.#held.length);
  }

  #tell(length: number): string {
    const piece = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    this.#told += piece;
    return piece;
  }

  /** Length of the longest end of what is held that begins a stop sequence. */
  #openEnd(): number {
    const longest = Math.max(0, ...this.#stops.map((stop) => stop.length - 1));
    for (let length = Math.min(longest, this.#held.length); length > 0; length--) {
      const end = this.#held.slice(this.#held.length - length);
      if (this.#stops.some((stop) => stop.startsWith(end))) return length;
    }
    return 0;
  }
}
