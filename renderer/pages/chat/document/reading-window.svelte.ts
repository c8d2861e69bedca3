import type { DocumentOutline } from '../../../../main/contract/documents.ts';
import { Heights } from './heights.ts';

/** As tall as a scrolled element may be in every browser, with room to spare. */
const tallest = 8_000_000;
/** Beyond what is seen so much is drawn too. */
const margin = 500;
/** Letters of a line that the host counted lines by. */
const countedWidth = 68;

/** Which blocks of a text are drawn, and where: few, however long the text is. */
export class ReadingWindow {
  readonly #outline: DocumentOutline;
  #lineHeight: number;
  /** First block of each volume: a text that is too tall for one scrolled element is divided. */
  readonly volumes: readonly number[];
  #volume = $state(0);
  #heights: Heights;
  #version = $state(0);
  #top = $state(0);
  #height = $state(600);
  #letters = countedWidth;

  /** @param lineHeight pixels */
  constructor(outline: DocumentOutline, lineHeight: number) {
    this.#outline = outline;
    this.#lineHeight = lineHeight;
    const volumes = [0];
    let height = 0;
    outline.blocks.lines.forEach((lines, block) => {
      height += lines * lineHeight;
      if (height > tallest && block > 0) {
        volumes.push(block);
        height = lines * lineHeight;
      }
    });
    this.volumes = volumes;
    this.#heights = this.#guess();
  }

  get volume(): number {
    return this.#volume;
  }
  /** Grows whenever heights change. */
  get version(): number {
    return this.#version;
  }
  get total(): number {
    void this.#version;
    return this.#heights.total;
  }
  get first(): number {
    return this.volumes[this.#volume];
  }
  get end(): number {
    return this.volumes[this.#volume + 1] ?? this.#outline.blocks.starts.length;
  }

  /** The blocks that are drawn. */
  readonly blocks = $derived.by((): { from: number; to: number } => {
    void this.#version;
    if (this.#heights.length === 0) return { from: 0, to: -1 };
    return {
      from: this.first + this.#heights.at(this.#top - margin),
      to: this.first + this.#heights.at(this.#top + this.#height + margin),
    };
  });

  top(block: number): number {
    void this.#version;
    return this.#heights.top(block - this.first);
  }
  heightOf(block: number): number {
    void this.#version;
    return this.#heights.of(block - this.first);
  }
  /** The block at a height of what is scrolled. */
  at(height: number): number {
    return this.first + this.#heights.at(height);
  }

  scrolled(top: number, height: number): void {
    this.#top = top;
    this.#height = height;
  }

  /** The block that holds a position of the text; its volume is then the one shown. */
  open(position: number): number {
    const { starts } = this.#outline.blocks;
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= position) low = middle;
      else high = middle;
    }
    this.turnTo(this.volumes.findLastIndex((first) => first <= low));
    return low;
  }

  turnTo(volume: number): void {
    if (volume === this.#volume || volume < 0 || volume >= this.volumes.length) return;
    this.#volume = volume;
    this.#heights = this.#guess();
    this.#version++;
  }

  /** How many letters a line holds, or how high it is, has changed: what was measured is void. */
  restyle(letters: number, lineHeight: number): void {
    if (Math.abs(letters - this.#letters) < 2 && lineHeight === this.#lineHeight) return;
    this.#letters = letters;
    this.#lineHeight = lineHeight;
    this.#heights = this.#guess();
    this.#version++;
  }

  /**
   * Takes in measured heights.
   *
   * @param top of what is scrolled
   * @returns where it is to be scrolled to, so that what is read stays where it is
   */
  measure(heights: readonly { block: number; height: number }[], top: number): number {
    const anchor = this.#heights.at(top);
    const within = top - this.#heights.top(anchor);
    let changed = false;
    for (const { block, height } of heights) {
      const own = block - this.first;
      if (own < 0 || own >= this.#heights.length || Math.abs(height - this.#heights.of(own)) < 0.5) continue;
      this.#heights.set(own, height);
      changed = true;
    }
    if (!changed) return top;
    this.#version++;
    return this.#heights.top(anchor) + Math.min(within, this.#heights.of(anchor));
  }

  #guess(): Heights {
    const { lines } = this.#outline.blocks;
    const factor = Math.max(0.6, countedWidth / this.#letters) * this.#lineHeight;
    return new Heights(lines.slice(this.first, this.end).map((count) => count * factor));
  }
}
