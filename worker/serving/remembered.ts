import type { Decoder, Text } from '../models/decoding/decoder.ts';
import { markEvery, type Past } from '../models/decoding/past.ts';
import { lookAhead, readOn } from '../models/decoding/read.ts';
import type { TextReader } from '../generation/decoder.ts';
import { commonPrefix } from '../generation/reading.ts';

/** A text that was read not long ago: its tokens, what the model keeps of them, the scores of what follows. */
interface Remembered {
  readonly ids: Int32Array;
  /** With marks, without a future. */
  readonly past: Past;
  readonly logits: Float32Array;
  readonly bytes: number;
}

/** What is kept of earlier texts, all together, and the shortest text that is worth it. */
const mostBytes = 256 * 2 ** 20;
const fewestTokens = 32;

/**
 * Reads texts as a {@link Decoder} does, and remembers the last ones: of a text that begins as one of them only the rest
 * is read. A conversation, whose every request repeats the one before, is so read once. The memory is bounded; what was
 * not used for longest is forgotten first.
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

  /** Bytes that remembered texts take. */
  get bytes(): number {
    return this.#kept.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  async read(
    ids: Int32Array,
    { onProgress }: { onProgress?: (done: number) => void } = {},
  ): Promise<{ text: Text; logits: Float32Array; reused: number }> {
    const { model, ahead } = this.#decoder;
    const found = this.#find(ids);
    // It may be forgotten while this text is being read.
    const begin = found && (found.length === found.kept.ids.length ? found.kept.past.share() : this.#cut(found));
    try {
      if (found && begin && found.length === ids.length) {
        this.#use(found.kept);
        const text = await this.#decoder.begin(await lookAhead(model, begin, ahead));
        return { text, logits: found.kept.logits.slice(), reused: ids.length };
      }
      const reused = begin?.length ?? 0;
      const { past, last } = await readOn(model, begin, ids.slice(reused), { ahead, marks: true, onProgress });
      const logits = await this.#decoder.scores(last);
      this.#keep(ids, past, logits);
      return { text: await this.#decoder.begin(past), logits, reused };
    } finally {
      begin?.release();
    }
  }

  step(texts: readonly Text[], ids: readonly number[]): Promise<Float32Array[]> {
    return this.#decoder.step(texts, ids);
  }

  dispose(): void {
    for (const { past } of this.#kept) past.release();
    this.#kept = [];
  }

  /** The remembered text that has most of these tokens, and how many of them can be taken over. */
  #find(ids: Int32Array): { kept: Remembered; length: number } | null {
    let best: { kept: Remembered; length: number } | null = null;
    for (const kept of this.#kept) {
      const shared = commonPrefix(kept.ids, ids);
      // All of it, or up to the last mark that leaves something to read.
      const whole = shared === kept.ids.length;
      const length = whole ? shared : Math.floor((Math.min(shared, ids.length) - 1) / markEvery) * markEvery;
      if (length > 0 && length > (best?.length ?? 0)) best = { kept, length };
    }
    return best;
  }

  #cut({ kept, length }: { kept: Remembered; length: number }): Past {
    return kept.past.cut(length, this.#decoder.model.config.short_filter_order - 1);
  }

  #use(kept: Remembered): void {
    this.#kept = [...this.#kept.filter((one) => one !== kept), kept];
  }

  #keep(ids: Int32Array, past: Past, logits: Float32Array): void {
    const bytes = past.bytes;
    if (ids.length < fewestTokens || bytes > this.#mostBytes) return;
    // What this text begins with need not be kept for itself.
    const covered = this.#kept.filter((one) => commonPrefix(one.ids, ids) === one.ids.length);
    this.#forget(covered);
    this.#kept.push({ ids: ids.slice(), past: past.withoutFuture(), logits: logits.slice(), bytes });
    while (this.bytes > this.#mostBytes) this.#forget([this.#kept[0]]);
  }

  #forget(some: readonly Remembered[]): void {
    this.#kept = this.#kept.filter((one) => !some.includes(one));
    for (const { past } of some) past.release();
  }
}
