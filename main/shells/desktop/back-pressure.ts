/** Holds a sender back while a receiver has too much before it. */
export class BackPressure {
  readonly #limit: number;
  #outstanding = 0;
  #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Counts a message; resolves when the next may be sent. */
  async sent(): Promise<void> {
    this.#outstanding++;
    if (this.#outstanding >= this.#limit) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** The receiver has taken one. */
  received(): void {
    this.#outstanding = Math.max(0, this.#outstanding - 1);
    if (this.#outstanding < this.#limit) this.#release();
  }

  /** The receiver has gone: nobody waits for it. */
  end(): void {
    this.#outstanding = 0;
    this.#release();
  }

  #release(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const go of waiting) go();
  }
}
