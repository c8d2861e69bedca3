import type { Task } from './task.ts';
import { emptyRow, numerals, type Row } from './task.ts';

/**
 * The vocabulary of safari's synthetic tasks: the texts of the numbers and two special ones, sorted as texts, so that the
 * first id is `.`, the last one `=>`.
 */
const safariVocabulary = (size: number): string[] => [...numerals(size - 2), '.', '=>'].sort();

/** A row from a text of tokens: each is predicted from those before it; only the last is asked. */
function fromText(text: readonly number[]): Row {
  const row = emptyRow(text.length - 1);
  row.inputs.set(text.slice(0, -1));
  row.targets.set(text.slice(1));
  row.learned.fill(1);
  row.asked[row.asked.length - 1] = 1;
  return row;
}

/**
 * Associative recall as HazyResearch/safari makes it (`generate_assoc_recall`, one key, `allow_dot` false): the first half
 * of the plain tokens are keys, the others values; each row draws its own value for every key. Pairs with random keys fill
 * the length, then follow `=>`, a key that has occurred, and its value. All tokens are learned; the last is asked.
 */
export const recall: Task<'recall'> = {
  version: 1,
  distinct: true,
  vocabulary: ({ vocabulary }) => safariVocabulary(vocabulary),
  length: ({ length }) => 2 * Math.floor(length / 2) + 2,
  row({ vocabulary, length }, random) {
    const plain = vocabulary - 2;
    const keys = Math.floor(plain / 2);
    // Id 0 is the full stop.
    const valueOf = Array.from({ length: keys }, () => 1 + keys + random.below(plain - keys));
    const text: number[] = [];
    const present: number[] = [];
    for (let pair = 0; pair < Math.floor(length / 2); pair++) {
      const key = random.below(keys);
      text.push(1 + key, valueOf[key]);
      if (!present.includes(key)) present.push(key);
    }
    const drawn = random.below(keys);
    const asked = present.includes(drawn) ? drawn : random.choice(present);
    return fromText([...text, vocabulary - 1, 1 + asked, valueOf[asked]]);
  },
};

/**
 * Induction heads as HazyResearch/safari makes them (`generate_induction_head`, one trigger): random plain tokens, one of
 * them replaced by `=>`, and `=>` at the end: the token that followed the first one. All tokens are learned; the last is
 * asked.
 */
export const induction: Task<'induction'> = {
  version: 1,
  distinct: true,
  vocabulary: ({ vocabulary }) => safariVocabulary(vocabulary),
  length: ({ length }) => length + 1,
  row({ vocabulary, length }, random) {
    const text = Array.from({ length }, () => 1 + random.below(vocabulary - 2));
    const place = random.below(length - 2);
    text[place] = vocabulary - 1;
    return fromText([...text, vocabulary - 1, text[place + 1]]);
  },
};
