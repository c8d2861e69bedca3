import { longestRange, type DocumentOutline, type SurpriseWords } from '../../../../main/contract/documents.ts';
import type { ErrorReport } from '../../../../main/contract/errors.ts';
import { reportOf } from '../../../connection/client.ts';
import type { AppState } from '../../../state/app-state.svelte.ts';

/** So many blocks are kept; those that were shown longest ago go first. */
const mostKept = 300;

/** Text of blocks, and the losses of their words, fetched where they are looked at. */
export class BlockTexts {
  readonly #app: AppState;
  readonly #outline: DocumentOutline;
  #texts = $state.raw<ReadonlyMap<number, string>>(new Map());
  #words = $state.raw<ReadonlyMap<number, SurpriseWords>>(new Map());
  #map: string | null = null;
  #error = $state.raw<ErrorReport | null>(null);
  readonly #wanted = new Set<string>();

  constructor(app: AppState, outline: DocumentOutline) {
    this.#app = app;
    this.#outline = outline;
  }

  get error(): ErrorReport | null {
    return this.#error;
  }

  text(block: number): string | undefined {
    return this.#texts.get(block);
  }
  words(block: number): SurpriseWords | undefined {
    return this.#words.get(block);
  }

  startOf(block: number): number {
    const { blocks, record } = this.#outline;
    return blocks.starts[block] ?? record.characters;
  }

  /** Fetches what is missing of some blocks next to each other. */
  async fetch(first: number, last: number): Promise<void> {
    await this.#each(
      first,
      last,
      'text',
      () => this.#texts,
      async (start, end) => {
        const { text } = await this.#app.client.request('documents.text', {
          document: this.#outline.record.id,
          start,
          end,
        });
        return (block) => text.slice(this.startOf(block) - start, this.startOf(block + 1) - start);
      },
      (texts) => (this.#texts = texts),
    );
  }

  /** As {@link fetch}, the losses of a map. */
  async fetchWords(first: number, last: number, map: string): Promise<void> {
    if (this.#map !== map) {
      this.#map = map;
      this.#words = new Map();
    }
    await this.#each(
      first,
      last,
      map,
      () => this.#words,
      async (start, end) => {
        const words = await this.#app.client.request('documents.words', {
          document: this.#outline.record.id,
          map,
          start,
          end,
        });
        return (block) => (this.#map === map ? within(words, this.startOf(block), this.startOf(block + 1)) : null);
      },
      (kept) => (this.#words = kept),
    );
  }

  /** Maps are made anew under the same name. */
  forgetWords(): void {
    this.#map = null;
    this.#words = new Map();
  }

  async #each<Value>(
    first: number,
    last: number,
    what: string,
    known: () => ReadonlyMap<number, Value>,
    ask: (start: number, end: number) => Promise<(block: number) => Value | null>,
    keep: (kept: ReadonlyMap<number, Value>) => void,
  ): Promise<void> {
    const missing: number[] = [];
    for (let block = first; block <= last; block++)
      if (!known().has(block) && !this.#wanted.has(`${what} ${block}`)) missing.push(block);
    for (const [from, to] of stretches(missing, (block) => this.startOf(block))) {
      const keys = Array.from({ length: to - from + 1 }, (_, index) => `${what} ${from + index}`);
      for (const key of keys) this.#wanted.add(key);
      try {
        const valueOf = await ask(this.startOf(from), this.startOf(to + 1));
        const kept = new Map(known());
        for (let block = from; block <= to; block++) {
          const value = valueOf(block);
          kept.delete(block);
          if (value !== null) kept.set(block, value);
        }
        for (const block of [...kept.keys()].slice(0, Math.max(0, kept.size - mostKept))) kept.delete(block);
        keep(kept);
        this.#error = null;
      } catch (error) {
        this.#error = reportOf(error);
      } finally {
        for (const key of keys) this.#wanted.delete(key);
      }
    }
  }
}

/** Numbers next to each other, in stretches that can be asked for at once. */
function stretches(blocks: readonly number[], startOf: (block: number) => number): [number, number][] {
  const found: [number, number][] = [];
  for (const block of blocks) {
    const last = found.at(-1);
    if (last?.[1] === block - 1 && startOf(block + 1) - startOf(last[0]) <= longestRange) last[1] = block;
    else found.push([block, block]);
  }
  return found;
}

/** The words that end within a stretch. */
function within(words: SurpriseWords, start: number, end: number): SurpriseWords {
  const some = words.start
    .map((_, index) => index)
    .filter((index) => words.end[index] > start && words.start[index] < end);
  const pick = (column: readonly number[]) => some.map((index) => column[index]);
  return { start: pick(words.start), end: pick(words.end), loss: pick(words.loss), tokens: pick(words.tokens) };
}
