import type { DatasetRecord } from '../../../main/contract/datasets.ts';

/** The words of a filter; `tag:"two words"` is one. */
export const filterWords = (filter: string): string[] =>
  [...filter.toLowerCase().matchAll(/tag:"([^"]*)"|\S+/g)].map(([word, quoted]) =>
    quoted === undefined ? word : `tag:${quoted}`,
  );

/** Whether a data set fits every word: in its name, its tokenizer or its tags; `tag:x` looks at tags alone. */
export function fitsFilter(
  { name, tags, tokenizer }: Pick<DatasetRecord, 'name' | 'tags'> & { tokenizer: { name: string } },
  words: readonly string[],
): boolean {
  const own = tags.map((tag) => tag.toLowerCase());
  const text = [name, tokenizer.name, ...own].join('\n').toLowerCase();
  return words.every((word) => (word.startsWith('tag:') ? own.includes(word.slice(4)) : text.includes(word)));
}

/** A filter with a tag, or without it if it is there. */
export function toggledTag(filter: string, tag: string): string {
  const word = `tag:${tag.toLowerCase()}`;
  const words = filterWords(filter);
  const left = words.includes(word) ? words.filter((one) => one !== word) : [...words, word];
  return left.map((one) => (/\s/.test(one) ? `tag:"${one.slice(4)}"` : one)).join(' ');
}
