import { perplexityOf } from '../../main/contract/logic/perplexity.ts';
import type { SurpriseMap } from '../../main/contract/documents.ts';
import { sentencesOf, type LongText, type Segment } from '../../main/contract/logic/reading/segments.ts';
import { WordLosses } from '../../main/library/documents/map-files.ts';

/**
 * Words; of scripts that are written without spaces, characters; of what has no end, pieces. The space before a word
 * counts as its own.
 */
const words =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]\p{M}*|[^\s\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]{1,64}/gu;

/** So much of the text is held at once. */
const pieceCharacters = 1 << 16;
const stripParts = 480;
/** Words together whose loss is compared with that of others. */
const peakWords = 8;
const peakCount = 10;
/** This many words tell what is usual. */
const scaleWords = 200_000;

/** Puts the losses of tokens together to losses of words, stretches and passages. */
export class Surprise {
  readonly words = new WordLosses();
  readonly #text: LongText;
  /** What of it words are looked for in. */
  #piece = { start: 0, text: '' };
  readonly #start: number;
  readonly #end: number;
  readonly #strip: { loss: Float64Array; tokens: Float64Array };
  readonly #groups: { start: number; end: number; loss: number; tokens: number }[] = [];
  #total = 0;
  #tokens = 0;
  #scored: number;
  #lastWord = false;
  #word: { start: number; end: number; loss: number; tokens: number } | null = null;

  constructor(text: LongText, start: number, end: number) {
    this.#text = text;
    this.#start = start;
    this.#end = end;
    this.#scored = start;
    this.#strip = { loss: new Float64Array(stripParts), tokens: new Float64Array(stripParts) };
  }

  /** How far in the text tokens were reported. */
  get scored(): number {
    return this.#scored;
  }
  get tokens(): number {
    return this.#tokens;
  }
  /** Mean loss of the tokens, nats. */
  get loss(): number {
    return this.#tokens === 0 ? 0 : this.#total / this.#tokens;
  }
  get total(): number {
    return this.#total;
  }

  /**
   * The next token.
   *
   * @param from where it begins in the text, and `to` where it ends; the same within a character that takes several
   * @param loss NaN: nothing went before it, so it has none
   */
  add(from: number, to: number, loss: number): void {
    const at = to > from ? to - 1 : from;
    while (!this.#lastWord && (this.#word === null || at >= this.#word.end)) this.#nextWord();
    this.#scored = Math.max(this.#scored, to);
    if (Number.isNaN(loss)) return;
    this.#total += loss;
    this.#tokens++;
    const part = Math.min(
      stripParts - 1,
      Math.floor(((at - this.#start) / Math.max(1, this.#end - this.#start)) * stripParts),
    );
    this.#strip.loss[part] += loss;
    this.#strip.tokens[part]++;
    if (this.#word === null) return;
    this.#word.loss += loss;
    this.#word.tokens++;
  }

  /** No more tokens follow. */
  end(): void {
    this.#keepWord();
    this.#word = null;
  }

  strip(): SurpriseMap['strip'] {
    const width = (this.#end - this.#start) / stripParts;
    return Array.from({ length: stripParts }, (_, part) => ({
      start: Math.round(this.#start + part * width),
      end: Math.round(this.#start + (part + 1) * width),
      loss: this.#strip.loss[part] / this.#strip.tokens[part],
    })).filter(({ loss }) => Number.isFinite(loss));
  }

  /** Losses that half, three quarters, 9, 19 and 99 of 100 words stay below. */
  scale(): number[] {
    const step = Math.max(1, this.words.length / scaleWords);
    const losses = Float32Array.from({ length: Math.floor(this.words.length / step) }, (_, index) =>
      this.words.loss(Math.floor(index * step)),
    ).sort();
    return [0.5, 0.75, 0.9, 0.95, 0.99].map((share) => losses[Math.floor(share * (losses.length - 1))] ?? 0);
  }

  /** The passages that were expected least, in the order of the text: whole sentences where they are not too long. */
  peaks(): (Segment & { loss: number })[] {
    const ranked = this.#groups
      .filter(({ tokens }) => tokens > 0)
      .map(({ start, end, loss, tokens }) => ({ start, end, loss: loss / tokens }))
      .sort((a, b) => b.loss - a.loss);
    const found: (Segment & { loss: number })[] = [];
    for (const group of ranked.slice(0, 6 * peakCount)) {
      const { start, end } = this.#sentence(group);
      if (found.some((other) => start < other.end && other.start < end)) continue;
      found.push({ start, end, loss: this.words.meanLoss(start, end) });
    }
    return found
      .sort((a, b) => b.loss - a.loss)
      .slice(0, peakCount)
      .sort((a, b) => a.start - b.start);
  }

  #sentence(group: Segment): Segment {
    const middle = (group.start + group.end) / 2;
    const near = sentencesOf(this.#text, Math.max(0, group.start - 400), Math.min(this.#text.length, group.end + 400));
    const sentence = near.find(({ start, end }) => start <= middle && middle < end);
    return sentence && sentence.end - sentence.start >= 20 && sentence.end - sentence.start < 600 ? sentence : group;
  }

  /** Space behind the last word belongs to it. */
  #nextWord(): void {
    const found = this.#wordFrom(this.#word?.end ?? this.#start);
    if (!found || found.start >= this.#end) this.#lastWord = true;
    else {
      this.#keepWord();
      this.#word = { start: found.start, end: Math.min(found.end, this.#end), loss: 0, tokens: 0 };
    }
  }

  #wordFrom(from: number): Segment | null {
    for (let at = from; ;) {
      if (at < this.#piece.start || at >= this.#piece.start + this.#piece.text.length)
        this.#piece = { start: at, text: this.#text.slice(at, Math.min(this.#text.length, at + pieceCharacters)) };
      const { start, text } = this.#piece;
      words.lastIndex = at - start;
      const match = words.exec(text);
      const atEnd = start + text.length >= this.#text.length;
      // What touches the end of a piece may continue in the next one.
      if (match && (words.lastIndex < text.length || atEnd || match.index === 0))
        return { start: start + match.index, end: start + words.lastIndex };
      if (atEnd) return null;
      at = match ? start + match.index : start + text.length;
      this.#piece = { start: at, text: this.#text.slice(at, Math.min(this.#text.length, at + pieceCharacters)) };
    }
  }

  #keepWord(): void {
    if (this.#word === null || this.#word.tokens === 0) return;
    const { start, end, loss, tokens } = this.#word;
    this.words.add(start, end, loss, tokens);
    const group = this.#groups.at(-1);
    if (group && this.words.length % peakWords !== 1) {
      group.end = end;
      group.loss += loss;
      group.tokens += tokens;
    } else this.#groups.push({ start, end, loss, tokens });
  }
}

/** Losses by place in a window, in stretches that grow with the place. */
export class LossByPosition {
  readonly #edges: number[] = [1];
  readonly #loss: Float64Array;
  readonly #tokens: Float64Array;
  #longest = 0;

  /** @param length of a window */
  constructor(length: number) {
    for (let edge = 2; edge <= length; edge = Math.max(edge + 1, Math.round(edge * Math.SQRT2))) this.#edges.push(edge);
    this.#loss = new Float64Array(this.#edges.length);
    this.#tokens = new Float64Array(this.#edges.length);
  }

  /** @param losses of the targets of a window: the first has one token before it */
  add(losses: Float32Array): void {
    this.#longest = Math.max(this.#longest, losses.length);
    for (let bucket = 0; bucket < this.#edges.length; bucket++) {
      const to = Math.min(losses.length + 1, this.#edges[bucket + 1] ?? Infinity);
      for (let known = this.#edges[bucket]; known < to; known++) {
        this.#loss[bucket] += losses[known - 1];
        this.#tokens[bucket]++;
      }
    }
  }

  stretches(): SurpriseMap['byPosition'] {
    return this.#edges.flatMap((from, bucket) => {
      const tokens = this.#tokens[bucket];
      if (tokens === 0) return [];
      const loss = this.#loss[bucket] / tokens;
      const to = Math.min(this.#edges[bucket + 1] ?? Infinity, this.#longest + 1);
      return [{ from, to, loss, perplexity: perplexityOf(loss), tokens }];
    });
  }
}
