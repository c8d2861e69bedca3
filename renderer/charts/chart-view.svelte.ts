import { clamped, panned, zoomed, type Range, type XAxis, type YAxis } from './view.ts';

const viewKey = 'hyena-studio.charts';

interface ViewSettings {
  x: XAxis;
  smoothing: number;
  y: YAxis;
}

/** How the charts of a page are looked at together: axes, smoothing, the stretch shown, the place read. */
export class ChartView {
  #x = $state<XAxis>('step');
  #y = $state<YAxis>('linear');
  #smoothing = $state(0.8);
  #range = $state.raw<Range | null>(null);
  #crosshair = $state<number | null>(null);

  constructor() {
    try {
      const saved = JSON.parse(localStorage.getItem(viewKey) ?? '{}') as Partial<ViewSettings>;
      if (saved.x === 'tokens' || saved.x === 'time') this.#x = saved.x;
      if (saved.y === 'logarithmic') this.#y = saved.y;
      if (typeof saved.smoothing === 'number' && saved.smoothing >= 0 && saved.smoothing < 1)
        this.#smoothing = saved.smoothing;
    } catch {
      // What was kept is no longer readable; the view starts as new.
    }
  }

  get x(): XAxis {
    return this.#x;
  }
  set x(x: XAxis) {
    this.#x = x;
    this.#range = null;
    this.#crosshair = null;
    this.#keep();
  }
  get y(): YAxis {
    return this.#y;
  }
  set y(y: YAxis) {
    this.#y = y;
    this.#keep();
  }
  get smoothing(): number {
    return this.#smoothing;
  }
  set smoothing(smoothing: number) {
    this.#smoothing = smoothing;
    this.#keep();
  }
  get range(): Range | null {
    return this.#range;
  }

  /** The stretch to show of what there is: all of it where nothing of it lies in the stretch that was chosen. */
  within(limits: Range): Range | null {
    const chosen = this.#range;
    return chosen && chosen.min < limits.max && chosen.max > limits.min ? chosen : null;
  }

  get crosshair(): number | null {
    return this.#crosshair;
  }
  set crosshair(x: number | null) {
    this.#crosshair = x;
  }

  show(range: Range, limits: Range): void {
    const held = clamped(range, limits);
    this.#range = held.min <= limits.min && held.max >= limits.max ? null : held;
  }

  zoom(about: number, factor: number, limits: Range): void {
    this.show(zoomed(this.within(limits) ?? limits, about, factor, limits), limits);
  }

  pan(share: number, limits: Range): void {
    const shown = this.within(limits);
    if (shown) this.#range = panned(shown, share, limits);
  }

  all(): void {
    this.#range = null;
  }

  #keep(): void {
    localStorage.setItem(
      viewKey,
      JSON.stringify({ x: this.#x, y: this.#y, smoothing: this.#smoothing } satisfies ViewSettings),
    );
  }
}
