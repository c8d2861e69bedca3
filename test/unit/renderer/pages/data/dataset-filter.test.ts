import { describe, expect, it } from 'vitest';
import { filterWords, fitsFilter, toggledTag } from '../../../../../renderer/pages/data/dataset-filter.ts';

describe('the filter of data sets', () => {
  const lamps = { name: 'Old lamps', tags: ['Bright things', 'small'], tokenizer: { name: 'bpe:1024' } };
  const fits = (filter: string) => fitsFilter(lamps, filterWords(filter));

  it('looks at names, tokenizers and tags, at tags alone if asked to', () => {
    expect(['', 'lamp', 'LAMPS old', 'bpe', 'bright', 'tag:small', 'tag:"bright things"'].map(fits)).toEqual(
      Array(7).fill(true),
    );
    expect(['ship', 'lamp ship', 'tag:lamps', 'tag:bright'].map(fits)).toEqual(Array(4).fill(false));
  });

  it('takes a tag in and out, beside what is written', () => {
    expect(toggledTag('old', 'Bright things')).toBe('old tag:"bright things"');
    expect(toggledTag('old tag:"bright things"', 'Bright things')).toBe('old');
    expect(toggledTag('', 'small')).toBe('tag:small');
  });
});
