import type { BrowserWindow, PowerSaveBlocker } from 'electron';
import type { Activity } from '../../contract/views.ts';

/** Beyond 1 the task bar shows that something goes on, but not how far it is. */
const unknownShare = 2;

/** Shows outside of the page that a run trains: in the task bar, and by keeping the machine awake. */
export class ActivitySigns {
  readonly #window: Pick<BrowserWindow, 'setProgressBar' | 'isDestroyed'>;
  readonly #power: Pick<PowerSaveBlocker, 'start' | 'stop'>;
  #blocker: number | null = null;

  constructor(
    window: Pick<BrowserWindow, 'setProgressBar' | 'isDestroyed'>,
    power: Pick<PowerSaveBlocker, 'start' | 'stop'>,
  ) {
    this.#window = window;
    this.#power = power;
  }

  show({ active }: Activity): void {
    if (!this.#window.isDestroyed()) {
      if (!active) this.#window.setProgressBar(-1);
      else
        this.#window.setProgressBar(active.fraction ?? unknownShare, {
          mode: active.phase === 'stopping' ? 'paused' : active.fraction === null ? 'indeterminate' : 'normal',
        });
    }
    // The display may sleep; the computation must not.
    if (active && this.#blocker === null) this.#blocker = this.#power.start('prevent-app-suspension');
    if (!active) this.end();
  }

  end(): void {
    if (this.#blocker !== null) this.#power.stop(this.#blocker);
    this.#blocker = null;
  }
}
