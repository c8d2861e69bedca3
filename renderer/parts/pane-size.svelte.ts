/** What share of their room the first of two panes has: remembered on this computer. */
export class PaneSize {
  readonly least: number;
  readonly most: number;
  readonly #key: string;
  readonly #initial: number;
  #share = $state(0.5);

  /** @param bounds smallest and largest share */
  constructor(name: string, initial: number, [least, most]: readonly [number, number]) {
    this.#key = `hyena-studio.pane.${name}`;
    [this.#initial, this.least, this.most] = [initial, least, most];
    const kept = Number(localStorage.getItem(this.#key) ?? NaN);
    this.#share = Number.isFinite(kept) && kept > 0 ? this.#bounded(kept) : initial;
  }

  get share(): number {
    return this.#share;
  }
  set share(share: number) {
    this.#share = this.#bounded(share);
    localStorage.setItem(this.#key, this.#share.toFixed(4));
  }
  /** For a grid: the share as a length. */
  get length(): string {
    return `${(100 * this.#share).toFixed(2)}%`;
  }

  reset(): void {
    this.share = this.#initial;
  }

  #bounded(share: number): number {
    return Math.min(this.most, Math.max(this.least, share));
  }
}
