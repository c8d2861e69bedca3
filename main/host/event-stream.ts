/**
 * A stream of events that anyone may join at any time: who joins late gets the earlier events first, then the new
 * ones as they come, none twice and none left out.
 */
export class EventStream<Event> {
  readonly #events: Event[] = [];
  #ended = false;
  #waiting: (() => void)[] = [];

  /** What has been reported so far. */
  get history(): readonly Event[] {
    return this.#events;
  }

  get ended(): boolean {
    return this.#ended;
  }

  push(event: Event): void {
    if (this.#ended) return;
    this.#events.push(event);
    this.#wake();
  }

  /** No more events follow; everyone who joined reads on to the last one. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  /** All events from the one with the index `from` on (0: the first), until the stream ends or the reader leaves. */
  async *join(from = 0): AsyncGenerator<Event, void, undefined> {
    for (let next = from; ;) {
      if (next < this.#events.length) yield this.#events[next++];
      else if (this.#ended) return;
      else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
}
