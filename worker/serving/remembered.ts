import type { TextReader } from '../generation/decoder.ts';
import { commonPrefix } from '../generation/reading.ts';
import type { Decoder, Text } from '../models/decoding/decoder.ts';
import { markEvery, type Past } from '../models/decoding/past.ts';
import { readOn } from '../models/decoding/read.ts';

/** A text that was read not long ago, and the scores of what follows it. */
interface Remembered {
  readonly ids: Int32Array;
  /** What was read at once has marks and its near future; what was taken token by token after it shares that. */
  readonly text: Text;
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
 * Reads texts as a {@link Decoder} does, and remembers the last ones: of a text that begins as one of them only the rest
 * is read. A conversation, whose every request repeats the one before, is so read once. The memory is bounded; what was
 * not used for longest is forgotten first. The last text stays, however long it is: the next one mostly goes on from it.
 */
export class RememberingReader implements TextReader<Text> {
  readonly #decoder: Decoder;
  readonly #mostBytes: number;
  /** The last one used last. */
  #kept: Remembered[] = [];

  constructor(decoder: Decoder, limitBytes = mostBytes) {
    this.#decoder = decoder;
    this.#mostBytes = limitBytes;
  }

  get limit(): number {
    return this.#decoder.limit;
  }

  /** Bytes that remembered texts take; several may go on from one that was read once. */
  get bytes(): number {
    const pasts = new Set(this.#kept.map(({ text }) => text.continuation.past));
    const read = [...pasts].reduce((sum, { bytes }) => sum + bytes, 0);
    return this.#kept.reduce((sum, { text }) => sum + text.continuation.bytes, read);
  }

  /** Whether some remembered text begins with all of these tokens. */
  knows(ids: Int32Array): boolean {
    return this.#kept.some((kept) => begins(kept.ids, ids));
  }

  async read(ids: Int32Array, hooks: ReadHooks = {}): Promise<{ text: Text; logits: Float32Array; reused: number }> {
    // What was read before kept no scores but the last.
    if (hooks.onScores) return { ...(await this.#decoder.read(ids, hooks)), reused: 0 };
    const found = this.#find(ids);
    if (found) this.#kept = [...this.#kept.filter((one) => one !== found.kept), found.kept];
    if (found?.length === ids.length)
      return { text: found.kept.text.fork(), logits: found.kept.logits.slice(), reused: ids.length };
    const read = await (found?.whole ? this.#stepOn(found, ids, hooks) : this.#readOn(found, ids, hooks));
    this.remember(ids, read.text.fork(), read.logits);
    return { ...read, reused: found?.length ?? 0 };
  }

  step(texts: readonly Text[], ids: readonly number[]): Promise<Float32Array[]> {
    return this.#decoder.step(texts, ids);
  }

  /** Keeps a text that was read, which is taken over. */
  remember(ids: Int32Array, text: Text, logits: Float32Array): void {
    if (ids.length < fewestTokens) {
      text.dispose();
      return;
    }
    // What this text begins with need not be kept for itself, but where it takes no memory of its own.
    const { past } = text.continuation;
    this.#forget(this.#kept.filter((one) => begins(ids, one.ids) && one.text.continuation.past !== past));
    this.#kept.push({ ids: ids.slice(), text, logits: logits.slice() });
    while (this.#kept.length > 1 && this.bytes > this.#mostBytes) this.#forget([this.#kept[0]]);
  }

  dispose(): void {
    this.#forget(this.#kept);
  }

  /** The remembered text that has most of these tokens, and how many of them can be taken over. */
  #find(ids: Int32Array): Found | null {
    let best: Found | null = null;
    for (const kept of this.#kept) {
      const found = this.#shared(kept, ids);
      if (found.length > (best?.length ?? 0)) best = found;
    }
    return best;
  }

  #shared(kept: Remembered, ids: Int32Array): Found {
    const { past } = kept.text.continuation;
    const shared = commonPrefix(kept.ids, ids);
    const more = ids.length - shared;
    if (shared === kept.ids.length && (more === 0 || this.#decoder.takesSteps(kept.text, more)))
      return { kept, length: shared, whole: true };
    // All that was read at once, or up to the last mark that leaves something to read.
    const length =
      shared >= past.length && ids.length > past.length
        ? past.length
        : Math.floor((Math.min(shared, ids.length) - 1) / markEvery) * markEvery;
    return { kept, length: Math.max(0, length), whole: false };
  }

  async #stepOn({ kept, length }: Found, ids: Int32Array, hooks: ReadHooks) {
    const text = kept.text.fork();
    try {
      return { text, logits: await this.#decoder.extend(text, ids.slice(length), hooks) };
    } catch (error) {
      text.dispose();
      throw error;
    }
  }

  async #readOn(found: Found | null, ids: Int32Array, hooks: ReadHooks) {
    const { model, ahead } = this.#decoder;
    // It may be forgotten while this text is being read.
    const begin = found && this.#beginning(found);
    try {
      const rest = ids.slice(begin?.length ?? 0);
      const { past, last } = await readOn(model, begin, rest, { ahead, marks: true, ...hooks });
      const logits = await this.#decoder.scores(last);
      return { text: await this.#decoder.begin(past), logits };
    } finally {
      begin?.release();
    }
  }

  #beginning({ kept, length }: Found): Past {
    const { past } = kept.text.continuation;
    return length === past.length ? past.share() : past.cut(length, this.#decoder.model.config.short_filter_order - 1);
  }

  #forget(some: readonly Remembered[]): void {
    this.#kept = this.#kept.filter((one) => !some.includes(one));
    for (const { text } of some) text.dispose();
  }
}

/** Whether a text begins with all of some tokens. */
const begins = (ids: Int32Array, first: Int32Array): boolean => commonPrefix(ids, first) === first.length;
