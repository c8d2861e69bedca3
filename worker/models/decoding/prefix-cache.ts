import type { LayerCache } from '../mixers/mixer.ts';

/** A prefix that was read with snapshots can be cut at multiples of this many positions. */
export const snapshotInterval = 256;

/** A text that has been read: never changed, shared by all that continue from it, freed when the last lets go. */
export class PrefixCache {
  /** Positions. */
  readonly length: number;
  /** Further positions for which all is prepared. */
  readonly lookahead: number;
  readonly layers: readonly LayerCache[];
  #users = 1;

  /** Takes the layers over. */
  constructor(
    length: number,
    layers: readonly LayerCache[],
    lookahead = Math.min(...layers.map((layer) => layer.lookahead)),
  ) {
    this.length = length;
    this.layers = layers;
    this.lookahead = lookahead;
  }

  /**
   * The first positions of a prefix that was read with snapshots, prepared for nothing: the most that all layers can be
   * cut at.
   *
   * @param most a multiple of {@link snapshotInterval}, at least one
   * @returns at most this many; null where a layer cannot be cut
   */
  cut(most: number): PrefixCache | null {
    let length = most;
    for (let before = 0; before !== length;) {
      before = length;
      for (const layer of this.layers) length = layer.longestCut?.(length) ?? length;
    }
    if (length === 0) return null;
    const layers: LayerCache[] = [];
    for (const layer of this.layers) {
      const one = layer.cut(length);
      if (!one) {
        for (const made of layers) made.dispose();
        return null;
      }
      layers.push(one);
    }
    return new PrefixCache(length, layers);
  }

  get bytes(): number {
    return this.layers.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** One user more. */
  share(): this {
    this.#users++;
    return this;
  }

  /** One user less. */
  release(): void {
    if (--this.#users > 0) return;
    for (const layer of this.layers) layer.dispose();
  }
}
