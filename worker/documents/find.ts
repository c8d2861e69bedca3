import type { DocumentPlace } from '../../main/contract/documents.ts';
import { lexicalCandidates, passageCharacters, wordsOf } from '../../main/contract/logic/reading/lexical.ts';
import { passagesOf, type LongText, type Segment } from '../../main/contract/logic/reading/segments.ts';

/** A passage that shares words with a question. */
export interface RankedPassage extends Segment {
  /** BM25+. */
  readonly lexical: number;
}

/** Passages that a model puts in order at least. */
export const candidateCount = 24;

/** Longer texts are not divided into passages as a whole: that takes minutes. */
const longest = 4_000_000;
/** Of them stretches of this many characters are chosen, together about as long. */
const stretch = 1 << 14;
/** So near to its end a stretch is ended behind a line. */
const lineCharacters = 2000;

/**
 * The passages of a text that share words with a question, best first; if none does, some spread evenly. Of a very
 * long text only the stretches that hold the rarest words of the question are divided into passages.
 *
 * @param check called often; throws where the work is to end
 */
export function findPassages(
  text: LongText,
  places: readonly DocumentPlace[],
  question: string,
  count: number,
  check: () => void = () => undefined,
): RankedPassage[] {
  const parts =
    text.length <= longest
      ? [{ start: 0, end: text.length }]
      : promising(text, stretchesOfLines(text), question, check);
  const passages = parts.flatMap((part) => passagesOf(text, places, passageCharacters, check, part));
  return lexicalCandidates(text, passages, question, count, check).map(({ passage, lexical }) => ({
    ...passages[passage],
    lexical,
  }));
}

/** A text in stretches of about the same length that end behind a line where one ends nearby. */
function stretchesOfLines(text: LongText): Segment[] {
  const found: Segment[] = [];
  for (let start = 0; start < text.length;) {
    let end = Math.min(text.length, start + stretch);
    if (end < text.length) {
      const line = text.slice(end - lineCharacters, end).lastIndexOf('\n') + 1;
      if (line > 0) end += line - lineCharacters;
    }
    found.push({ start, end });
    start = end;
  }
  return found;
}

/** The stretches whose words of the question are the rarest together, in the order of the text. */
function promising(text: LongText, stretches: readonly Segment[], question: string, check: () => void): Segment[] {
  const words = [...new Set(wordsOf(question))];
  const held = words.map((): number[] => []);
  for (const [id, { start, end }] of stretches.entries()) {
    check();
    const piece = text.slice(start, end).normalize('NFKC').toLowerCase();
    for (const [which, word] of words.entries()) if (piece.includes(word)) held[which].push(id);
  }
  const rarity = new Float64Array(stretches.length);
  for (const ids of held) for (const id of ids) rarity[id] += Math.log(1 + stretches.length / ids.length);
  const room = Math.floor(longest / stretch);
  const ranked = [...stretches.keys()].sort((a, b) => rarity[b] - rarity[a] || a - b);
  const none = rarity[ranked[0]] === 0;
  const chosen = none
    ? Array.from({ length: room }, (_, index) => Math.floor((index * stretches.length) / room))
    : ranked.slice(0, room).filter((id) => rarity[id] > 0);
  return chosen.sort((a, b) => a - b).map((id) => stretches[id]);
}
