/** What tokenizers call the end of a text, without brackets and bars, the commonest first. */
const endNames = [
  'endoftext',
  'end_of_text',
  '/s',
  'eos',
  'end_of_sentence',
  'endofsentence',
  'end_of_document',
  'eod',
  'im_end',
  'eot_id',
  'eot',
  'end_of_turn',
  'turn_end',
  'eos_token',
  'end',
  'sep',
];

/**
 * The name within the brackets of a special token: `<｜end▁of▁sentence｜>` and `<|end_of_sentence|>` are one. Null for
 * what stands in no brackets.
 */
function bareName(token: string): string | null {
  const plain = token.normalize('NFKC').replaceAll('\u2581', '_').replaceAll(' ', '_').toLowerCase();
  return /^(?:<\|?|\[|\{\{?|\|)([^<>[\]{}|]+?)(?:\|?>|\]|\}\}?|\|)$/.exec(plain)?.[1] ?? null;
}

/** The token that ends texts, by its name: special tokens first, null if none has such a name. */
export function endByName(added: Iterable<string>, vocabulary: Iterable<string>): string | null {
  for (const tokens of [added, vocabulary]) {
    const byName = new Map<string, string>();
    for (const token of tokens) {
      const name = bareName(token);
      if (name !== null && endNames.includes(name) && !byName.has(name)) byName.set(name, token);
    }
    const name = endNames.find((candidate) => byName.has(candidate));
    if (name !== undefined) return byName.get(name)!;
  }
  return null;
}
