/** Wakes everyone who waits whenever something has changed; who looks too seldom misses nothing but the steps between. */
export class VersionSignal {
  #version = 0;
  #waiting = new Set<() => void>();

  raise(): void {
    this.#version++;
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const wake of waiting) wake();
  }

  get version(): number {
    return this.#version;
  }

  /** Resolves when the version is no longer the one that was seen, or the signal is aborted. */
  async changed(seen: number, signal: AbortSignal): Promise<void> {
    if (this.#version !== seen || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        signal.removeEventListener('abort', wake);
        this.#waiting.delete(wake);
        resolve();
      };
      signal.addEventListener('abort', wake, { once: true });
      this.#waiting.add(wake);
    });
  }
}
