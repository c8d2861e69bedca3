import { alphabetOrder } from '../../../main/library/tokenizers/byte-alphabet.ts';
import { WordStream } from '../../../main/library/tokenizers/pre-tokenize.ts';
import { TokenBytes, type BytePairVocabulary } from '../../../main/library/tokenizers/vocabulary.ts';
import { WordHashTable } from '../../../main/library/tokenizers/word-table.ts';

/** Longer words are not words; they are not learned from. */
const LONGEST_WORD = 512;
/** What occurs less often is not worth an id. */
const LEAST_COUNT = 2;
const PAIR_BASE = 2 ** 24;

/** Counts the words of a text: all that a byte-level BPE is learned from. */
export class WordCounter {
  readonly words = new WordHashTable();
  counts = new Float64Array(1 << 12);
  private readonly stream = new WordStream((bytes, start, end) => {
    if (end - start > LONGEST_WORD) return;
    const word = this.words.add(bytes, start, end);
    if (word === this.counts.length) {
      const larger = new Float64Array(2 * word);
      larger.set(this.counts);
      this.counts = larger;
    }
    this.counts[word]++;
  });

  push(bytes: Uint8Array): void {
    this.stream.push(bytes);
  }

  /** The end of a document: the next word does not continue the last. */
  end(): void {
    this.stream.end();
  }
}

interface Pair {
  left: number;
  right: number;
  /** Occurrences in the text. */
  count: number;
  /** Words it occurs in, or occurred in; some more than once. */
  words: number[];
}

/** The words as sequences of ids in one flat array, and where each pair of neighbours occurs. */
class Corpus {
  private readonly symbols: Int32Array;
  private readonly starts: Uint32Array;
  private readonly lengths: Uint16Array;
  private readonly counts: Float64Array;
  readonly pairs = new Map<number, Pair>();

  constructor({ words, counts }: WordCounter) {
    const idOfByte = new Int32Array(256);
    alphabetOrder.forEach((byte, id) => (idOfByte[byte] = id));
    this.symbols = Int32Array.from(words.storage.subarray(0, words.byteLength), (byte) => idOfByte[byte]);
    this.starts = Uint32Array.from({ length: words.size }, (_, word) => words.start(word));
    this.lengths = Uint16Array.from({ length: words.size }, (_, word) => words.end(word) - words.start(word));
    this.counts = counts;
    for (let word = 0; word < words.size; word++) this.countPairs(word, 1);
  }

  /** Replaces a pair by an id wherever it occurs; returns the pairs that came to be or grew. */
  merge({ left, right, words }: Pair, merged: number): Set<Pair> {
    const grown = new Set<Pair>();
    for (const word of new Set(words)) {
      const { symbols } = this;
      const start = this.starts[word];
      const end = start + this.lengths[word];
      let to = start;
      let changed = false;
      // Neighbours' counts are taken off for the whole word and put on again: words are short.
      for (let from = start; from < end; from++, to++) {
        if (symbols[from] === left && from + 1 < end && symbols[from + 1] === right) {
          if (!changed) this.countPairs(word, -1);
          changed = true;
          symbols[to] = merged;
          from++;
        } else if (changed) symbols[to] = symbols[from];
      }
      if (!changed) continue;
      this.lengths[word] = to - start;
      this.countPairs(word, 1, grown, merged);
    }
    return grown;
  }

  private countPairs(word: number, sign: 1 | -1, grown?: Set<Pair>, merged?: number): void {
    const { symbols, pairs } = this;
    const start = this.starts[word];
    const end = start + this.lengths[word];
    const by = sign * this.counts[word];
    for (let at = start; at + 1 < end; at++) {
      const [left, right] = [symbols[at], symbols[at + 1]];
      const key = left * PAIR_BASE + right;
      let pair = pairs.get(key);
      if (!pair) pairs.set(key, (pair = { left, right, count: 0, words: [] }));
      pair.count += by;
      if (sign < 0) continue;
      if (grown && left !== merged && right !== merged) continue;
      if (pair.words.at(-1) !== word) pair.words.push(word);
      grown?.add(pair);
    }
  }
}

/** The most frequent pair first; of equals the one of lower ids. Counts may have fallen since a pair was put in. */
class PairQueue {
  private readonly items: { pair: Pair; count: number }[] = [];

  push(pair: Pair): void {
    const { items } = this;
    const item = { pair, count: pair.count };
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(item, items[parent])) break;
      items[at] = items[parent];
      at = parent;
    }
    items[at] = item;
  }

  pop(): Pair | null {
    for (;;) {
      const item = this.take();
      if (!item) return null;
      if (item.count === item.pair.count) return item.pair;
      if (item.pair.count > 0 && item.count > item.pair.count) this.push(item.pair);
    }
  }

  private take(): { pair: Pair; count: number } | null {
    const { items } = this;
    if (items.length === 0) return null;
    const first = items[0];
    const item = items.pop()!;
    if (items.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && isBefore(items[child + 1], items[child])) child++;
      if (!isBefore(items[child], item)) break;
      items[at] = items[child];
      at = child;
    }
    items[at] = item;
    return first;
  }
}

function isBefore(a: { pair: Pair; count: number }, b: { pair: Pair; count: number }): boolean {
  return a.count !== b.count
    ? a.count > b.count
    : a.pair.left !== b.pair.left
      ? a.pair.left < b.pair.left
      : a.pair.right < b.pair.right;
}

/**
 * Learns a byte-level BPE of `size` ids from counted words: the 256 bytes in GPT-2's order, then the pair that occurs
 * most often, again and again (of equals the one of lower ids, as Hugging Face's trainer chooses), last the end of
 * text. Fewer ids where no pair occurs twice. Yields the number of ids at intervals, for progress and cancelling.
 */
export function* learnBytePairs(counter: WordCounter, size: number): Generator<number, BytePairVocabulary> {
  const tokens: Uint8Array[] = alphabetOrder.map((byte) => Uint8Array.of(byte));
  const idOf = new Map<string, number>();
  const merges: number[] = [];
  const corpus = new Corpus(counter);
  const queue = new PairQueue();
  for (const pair of corpus.pairs.values()) queue.push(pair);
  while (tokens.length < size - 1) {
    const pair = queue.pop();
    if (!pair || pair.count < LEAST_COUNT) break;
    const bytes = Buffer.concat([tokens[pair.left], tokens[pair.right]]);
    const text = bytes.toString('latin1');
    // The same bytes may come together in two ways; they are one id.
    const merged = idOf.get(text) ?? tokens.length;
    if (merged === tokens.length) {
      tokens.push(bytes);
      idOf.set(text, merged);
    }
    merges.push(pair.left, pair.right, merged);
    const { left, right } = pair;
    for (const other of corpus.merge(pair, merged)) queue.push(other);
    corpus.pairs.delete(left * PAIR_BASE + right);
    if (tokens.length % 64 === 0) yield tokens.length;
  }
  tokens.push(new Uint8Array(0));
  return { tokens: TokenBytes.from(tokens), merges: Int32Array.from(merges), endOfText: tokens.length - 1 };
}
