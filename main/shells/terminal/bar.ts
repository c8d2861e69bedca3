import { formatDuration } from './format.ts';
import { stripControls, type Output } from './output.ts';

export interface BarState {
  /** 0 to 1; null if it cannot be known. */
  share: number | null;
  /** What is reported beside the bar, the most important first; what does not fit is left out. */
  parts: readonly string[];
  secondsLeft: number | null;
}

const separator = '  ';
const widestBar = 24;
const narrowestBar = 6;

/** The line of a bar, never wider than `width`: the parts that fit, and the bar in the room that they leave. */
export function barLine({ share, parts, secondsLeft }: BarState, width: number): string {
  const candidates = [...parts];
  // The time left is the last thing to go after the first part.
  if (secondsLeft !== null) candidates.splice(1, 0, `${formatDuration(secondsLeft)} left`);
  const shown = share === null ? [] : [`${String(Math.floor(share * 100)).padStart(3)}%`];
  const lengthWith = (part: string): number => [...shown, part].join(separator).length;
  const least = share === null ? 0 : narrowestBar + 1;
  for (const part of candidates) if (lengthWith(part) + least <= width) shown.push(part);
  const text = shown.join(separator);
  const barWidth = share === null ? 0 : Math.min(widestBar, width - text.length - 1);
  if (share === null || barWidth < narrowestBar) return text.slice(0, width);
  const filled = Math.round(share * barWidth);
  return `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${text}`;
}

/** How often a line is written where no person watches a moving bar. */
const quietInterval = 10_000;
const frameInterval = 100;

/** A moving bar at the foot of a terminal with lines above it; plain lines now and then where nobody watches. */
export class ProgressBar {
  readonly #output: Output;
  #state: BarState | undefined;
  #drawn = -Infinity;
  #notedAt = performance.now();

  constructor(output: Output) {
    this.#output = output;
  }

  update(state: BarState): void {
    this.#state = state;
    const now = performance.now();
    if (this.#output.interactive) {
      if (now - this.#drawn >= frameInterval) this.#draw();
    } else if (now - this.#notedAt >= quietInterval) {
      this.#notedAt = now;
      this.#output.note(plainLine(state));
    }
  }

  /** Writes lines above the bar. */
  note(text: string): void {
    this.#clear();
    this.#output.note(text);
    if (this.#output.interactive) this.#draw();
  }

  /** Takes the bar away; what was noted stays. */
  stop(): void {
    this.#clear();
    this.#state = undefined;
  }

  #draw(): void {
    if (!this.#state) return;
    this.#drawn = performance.now();
    // One column stays free: a full line would wrap in some terminals.
    this.#output.progressStream.write(
      `\r\u001b[2K${stripControls(barLine(this.#state, this.#output.progressWidth - 1))}`,
    );
  }

  #clear(): void {
    if (this.#output.interactive && this.#state) this.#output.progressStream.write('\r\u001b[2K');
  }
}

function plainLine({ share, parts, secondsLeft }: BarState): string {
  const percent = share === null ? [] : [`${Math.floor(share * 100)}%`];
  const left = secondsLeft === null ? [] : [`${formatDuration(secondsLeft)} left`];
  return [...percent, ...parts, ...left].join('  ');
}
