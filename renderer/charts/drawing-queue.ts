/**
 * Draws charts one after the other, each in a task of its own: however many charts a page has, a key or a click waits
 * for one of them at most. A chart that asks again before its turn is drawn once, as it was asked last.
 */
class DrawingQueue {
  readonly #waiting = new Map<object, () => void>();
  #scheduled = false;

  ask(chart: object, draw: () => void): void {
    this.#waiting.set(chart, draw);
    this.#schedule();
  }

  /** Forgets a chart that is no longer there. */
  drop(chart: object): void {
    this.#waiting.delete(chart);
  }

  #schedule(): void {
    if (this.#scheduled || this.#waiting.size === 0) return;
    this.#scheduled = true;
    setTimeout(() => {
      this.#scheduled = false;
      const [first] = this.#waiting;
      if (!first) return;
      const [chart, draw] = first;
      this.#waiting.delete(chart);
      try {
        draw();
      } finally {
        this.#schedule();
      }
    });
  }
}

/** The one that all charts of the window share. */
export const drawingQueue = new DrawingQueue();
