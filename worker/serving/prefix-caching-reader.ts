import type { TextReader } from '../generation/text-reader.ts';
import { commonPrefix } from '../generation/cached-prefill.ts';
import type { Decoder, Sequence } from '../models/decoding/decoder.ts';
import { snapshotInterval, type PrefixCache } from '../models/decoding/prefix-cache.ts';
import { prefill } from '../models/decoding/prefill.ts';

/** A text that was read not long ago, and the scores of what follows it. */
interface Remembered {
  readonly ids: Int32Array;
  /** What was read at once has marks and its near future; what was taken token by token after it shares that. */
  readonly text: Sequence;
  readonly logits: Float32Array;
}

/** What of a remembered text another begins with: all of it, or the first tokens of what was read at once. */
interface Found {
  readonly kept: Remembered;
  readonly length: number;
  readonly whole: boolean;
}

interface ReadHooks {
  readonly onProgress?: (done: number) => void;
  readonly onScores?: (scores: Float32Array, position: number) => void;
}

/** What is kept of earlier texts, all together, and the shortest text that is worth it. */
const mostBytes = 256 * 2 ** 20;
const fewestTokens = 32;

/**
 * Reads texts as a {@link Decoder} does, and remembers the last ones: of a text that begins as one of them only the
 * rest is read. A conversation, whose every request repeats the one before, is so read once. The memory is bounded;
 * what was not used for longest is forgotten first. The last text stays, however long it is: the next one mostly
 * continues from it.
 */
export class PrefixCachingReader implements TextReader<Sequence> {
  readonly #decoder: Decoder;
  readonly #mostBytes: number;
  /** The last one used last. */
  #cached: Remembered[] = [];

  constructor(decoder: Decoder, limitBytes = mostBytes) {
    this.#decoder = decoder;
    this.#mostBytes = limitBytes;
  }

  get limit(): number {
    return this.#decoder.limit;
  }

  /** Bytes that remembered texts take; several may continue from one that was read once. */
  get bytes(): number {
    const pasts = new Set(this.#cached.map(({ text }) => text.state.prefix));
    const read = [...pasts].reduce((sum, { bytes }) => sum + bytes, 0);
    return this.#cached.reduce((sum, { text }) => sum + text.state.bytes, read);
  }

  /** Whether some remembered text begins with all of these tokens. */
  knows(ids: Int32Array): boolean {
    return this.#cached.some((kept) => begins(kept.ids, ids));
  }

  async prefill(
    ids: Int32Array,
    hooks: ReadHooks = {},
  ): Promise<{ text: Sequence; logits: Float32Array; reused: number }> {
    // What was read before kept no scores but the last.
    if (hooks.onScores) return { ...(await this.#decoder.prefill(ids, hooks)), reused: 0 };
    const found = this.#find(ids);
    if (found) this.#cached = [...this.#cached.filter((one) => one !== found.kept), found.kept];
    if (found?.length === ids.length)
      return { text: found.kept.text.fork(), logits: found.kept.logits.slice(), reused: ids.length };
    const read = await (found?.whole ? this.#stepOn(found, ids, hooks) : this.#readOn(found, ids, hooks));
    this.remember(ids, read.text.fork(), read.logits);
    return read;
  }

  step(texts: readonly Sequence[], ids: readonly number[]): Promise<Float32Array[]> {
    return this.#decoder.step(texts, ids);
  }

  /** Keeps a text that was read, which is taken over. */
  remember(ids: Int32Array, text: Sequence, logits: Float32Array): void {
    if (ids.length < fewestTokens) {
      text.dispose();
      return;
    }
    // What this text begins with need not be kept for itself, but where it takes no memory of its own.
    const { prefix: cache } = text.state;
    this.#forget(this.#cached.filter((one) => begins(ids, one.ids) && one.text.state.prefix !== cache));
    this.#cached.push({ ids: ids.slice(), text, logits: logits.slice() });
    while (this.#cached.length > 1 && this.bytes > this.#mostBytes) this.#forget([this.#cached[0]]);
  }

  dispose(): void {
    this.#forget(this.#cached);
  }

  /** The remembered text that has most of these tokens, and how many of them can be taken over. */
  #find(ids: Int32Array): Found | null {
    let best: Found | null = null;
    for (const kept of this.#cached) {
      const found = this.#shared(kept, ids);
      if (found.length > (best?.length ?? 0)) best = found;
    }
    return best;
  }

  #shared(kept: Remembered, ids: Int32Array): Found {
    const { prefix: cache } = kept.text.state;
    const shared = commonPrefix(kept.ids, ids);
    const more = ids.length - shared;
    if (shared === kept.ids.length && (more === 0 || this.#decoder.takesSteps(kept.text, more)))
      return { kept, length: shared, whole: true };
    // All that was read at once, or up to the last mark that leaves something to read.
    const length =
      shared >= cache.length && ids.length > cache.length
        ? cache.length
        : Math.floor((Math.min(shared, ids.length) - 1) / snapshotInterval) * snapshotInterval;
    return { kept, length: Math.max(0, length), whole: false };
  }

  async #stepOn({ kept, length }: Found, ids: Int32Array, hooks: ReadHooks) {
    const text = kept.text.fork();
    try {
      return { text, logits: await this.#decoder.prefillMore(text, ids.slice(length), hooks), reused: length };
    } catch (error) {
      text.dispose();
      throw error;
    }
  }

  async #readOn(found: Found | null, ids: Int32Array, hooks: ReadHooks) {
    const { model, prefillOptions } = this.#decoder;
    // It may be forgotten while this text is being read.
    const begin = found && this.#beginning(found);
    try {
      const rest = ids.slice(begin?.length ?? 0);
      const { past: cache, last } = await prefill(model, begin, rest, { ...prefillOptions, snapshots: true, ...hooks });
      const logits = await this.#decoder.scores(last);
      return { text: await this.#decoder.begin(cache), logits, reused: begin?.length ?? 0 };
    } finally {
      begin?.release();
    }
  }

  /** At most so much, or null: as far as what was read can be cut. */
  #beginning({ kept, length }: Found): PrefixCache | null {
    const { prefix: cache } = kept.text.state;
    return length === cache.length ? cache.share() : cache.cut(length);
  }

  #forget(some: readonly Remembered[]): void {
    this.#cached = this.#cached.filter((one) => !some.includes(one));
    for (const { text } of some) text.dispose();
  }
}

/** Whether a text begins with all of some tokens. */
const begins = (ids: Int32Array, first: Int32Array): boolean => commonPrefix(ids, first) === first.length;
