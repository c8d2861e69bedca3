import MiniSearch from 'minisearch';
import type { LongText, Segment } from './segments.ts';

export interface FoundPassage {
  readonly passage: number;
  /** BM25+ of the words that question and passage share; 0 where they share none. */
  readonly lexical: number;
}

const mostIndexed = 20_000;
/** What a passage is: whole sentences of about this many characters. */
export const passageCharacters = 700;

/** Words of any language; of scripts that are written without spaces, pairs of characters. */
export function wordsOf(text: string): string[] {
  const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u;
  return (
    text
      .toLowerCase()
      .normalize('NFKC')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).flatMap((word) => {
    if (!unspaced.test(word)) return [word];
    const characters = [...word];
    return characters.length === 1 ? characters : characters.slice(1).map((one, index) => characters[index] + one);
  });
}

/** An index of the words of passages that can be asked many questions. */
export class PassageIndex {
  readonly #index = new MiniSearch<{ id: number; text: string }>({
    fields: ['text'],
    tokenize: wordsOf,
    processTerm: (term) => term,
  });

  add(passage: number, text: string): void {
    this.#index.add({ id: passage, text });
  }

  /** The passages that share words with a question, best first; near misses and beginnings of words count less. */
  search(question: string, count: number): FoundPassage[] {
    return this.#index
      .search(question, {
        prefix: (term) => term.length > 3,
        fuzzy: (term) => (term.length > 5 ? 0.15 : false),
        weights: { fuzzy: 0.3, prefix: 0.5 },
      })
      .slice(0, count)
      .map(({ id, score }) => ({ passage: id as number, lexical: score }));
  }
}

/**
 * The passages that share words with a question, best first. If none does, passages spread evenly, so that the model
 * alone may choose.
 *
 * @param check called often; throws where the work is to end
 */
export function lexicalCandidates(
  text: LongText,
  passages: readonly Segment[],
  question: string,
  count: number,
  check: () => void = () => undefined,
): FoundPassage[] {
  const index = new PassageIndex();
  for (const id of worthIndexing(text, passages, question, check)) {
    check();
    const { start, end } = passages[id];
    index.add(id, text.slice(start, end));
  }
  const found = index.search(question, count);
  if (found.length > 0) return found;
  const step = Math.max(1, passages.length / count);
  return Array.from({ length: Math.min(count, passages.length) }, (_, position) => ({
    passage: Math.floor(position * step),
    lexical: 0,
  }));
}

/** Of very many passages those that hold the rarest words of the question: an index of all would not fit the memory. */
function worthIndexing(text: LongText, passages: readonly Segment[], question: string, check: () => void): number[] {
  if (passages.length <= mostIndexed) return passages.map((_, id) => id);
  const words = [...new Set(wordsOf(question))];
  const held = words.map((): number[] => []);
  for (const [id, { start, end }] of passages.entries()) {
    check();
    const passage = text.slice(start, end).toLowerCase();
    for (const [which, word] of words.entries()) if (passage.includes(word)) held[which].push(id);
  }
  const rarity = new Map<number, number>();
  for (const ids of held)
    for (const id of ids) rarity.set(id, (rarity.get(id) ?? 0) + Math.log(1 + passages.length / ids.length));
  const best = [...rarity].sort(([a, x], [b, y]) => y - x || a - b).slice(0, mostIndexed);
  return best.map(([id]) => id).sort((a, b) => a - b);
}

/** Values from 0 to 1, the largest 1; all 0 where they are equal. */
export function scaledToOne(values: readonly number[]): number[] {
  const known = values.filter(Number.isFinite);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return values.map((value) => (Number.isFinite(value) && high > low ? (value - low) / (high - low) : 0));
}
