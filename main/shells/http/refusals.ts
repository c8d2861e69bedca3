import { HyenaError } from '../../contract/errors.ts';
import { msg, toMessage } from '../../contract/message.ts';

/** What a stranger sent, to be shown on a terminal: printable ASCII of a bounded length. */
export function escapeControls(text: string, most = 100): string {
  const shown = text.slice(0, most).replaceAll(/[^\x20-\x7e]/g, '?');
  return text.length > most ? `${shown}...` : shown;
}

interface Limits {
  most: number;
  seconds: number;
}

/**
 * Reports refused requests without letting a stranger flood the terminal: this many per period, then one line with the
 * count of the rest.
 */
export class RefusalLog {
  readonly #report: (error: HyenaError) => void;
  readonly #limits: Limits;
  #reported = 0;
  #suppressed = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(report: (error: HyenaError) => void, limits: Limits = { most: 5, seconds: 10 }) {
    this.#report = report;
    this.#limits = limits;
  }

  add(status: number, message: string): void {
    this.#timer ??= setTimeout(() => this.#endPeriod(), this.#limits.seconds * 1000).unref();
    if (++this.#reported > this.#limits.most) this.#suppressed++;
    else this.#report(new HyenaError('usage', msg`Refused with ${status}: ${toMessage(message)}`));
  }

  #endPeriod(): void {
    this.#timer = undefined;
    if (this.#suppressed > 0)
      this.#report(
        new HyenaError('usage', msg`${this.#suppressed} more {0|one: request was|other: requests were} refused.`),
      );
    this.#reported = this.#suppressed = 0;
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
