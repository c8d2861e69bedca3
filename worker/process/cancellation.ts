import { HyenaError } from '../../main/contract/errors.ts';

/** What a job throws where it was asked to stop. */
const interruption = () => new HyenaError('interrupted', 'The job was stopped on request.');
export const isInterruption = (error: unknown): boolean => error instanceof HyenaError && error.code === 'interrupted';

/**
 * The request to end a job in order. It is seen at once, between two kernels of a long step too, because it is a flag
 * in memory shared with the thread that listens to the host: it does not wait for the event loop. Free of tfjs.
 */
export class Cancellation {
  /** For interfaces that take a signal; it follows the flag as soon as the event loop turns. */
  readonly signal: AbortSignal;
  readonly #flag: Int32Array;
  readonly #controller = new AbortController();
  #interruptible = 0;
  #drop: () => Promise<void> = () => Promise.resolve();
  #dropped: Promise<void> | undefined;

  /** @param flag one shared integer, set to 1 by whoever asks for the end */
  constructor(flag: Int32Array = new Int32Array(1)) {
    this.#flag = flag;
    this.signal = this.#controller.signal;
  }

  get requested(): boolean {
    return Atomics.load(this.#flag, 0) !== 0;
  }

  request(): void {
    Atomics.store(this.#flag, 0, 1);
    if (!this.signal.aborted && this.#interruptible > 0) this.#dropped = this.#drop();
    this.#controller.abort(interruption());
  }

  /**
   * @param drop called once when the end is requested within {@link interruptible}: drops what is enqueued, and never
   *   rejects
   */
  onInterruption(drop: () => Promise<void>): void {
    this.#drop = drop;
  }

  /** @throws HyenaError `interrupted` where the end was requested */
  check(): void {
    if (!this.requested) return;
    this.request();
    throw interruption();
  }

  /** Like `check`, but within {@link interruptible} only: called before every kernel. */
  checkKernel(): void {
    if (this.#interruptible > 0) this.check();
  }

  /** Work that changes nothing which must be whole, and so may end at any kernel; the device is at rest then. */
  async interruptible<T>(work: () => Promise<T>): Promise<T> {
    this.check();
    this.#interruptible++;
    try {
      return await work();
    } finally {
      this.#interruptible--;
      await this.#dropped;
    }
  }
}
