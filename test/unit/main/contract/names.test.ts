import { describe, expect, it } from 'vitest';
import { datasetNameSchema, newDatasetNameSchema } from '../../../../main/contract/datasets.ts';
import { truncateName, datasetNames, nameKey, nameProblem, runNames } from '../../../../main/contract/names.ts';
import { newRunNameSchema, runNameSchema } from '../../../../main/contract/runs.ts';
import { toEnglish } from '../../../../main/contract/message.ts';

const both = [datasetNames, runNames];
const problemOf = (name: string, rules = runNames) => {
  const problem = nameProblem(name, rules);
  return problem && toEnglish(problem);
};

describe('names of data sets and runs', () => {
  it.each(['moby-dick', 'Käse', 'कहानियाँ', 'ข้อมูล', 'דָּבָר', 'Tiếng-Việt', '白鯨', 'می\u200cخواهم', 'v1.2_final', '2026'])(
    'may be %s',
    (name) => {
      for (const rules of both) expect(nameProblem(name, rules)).toBeNull();
    },
  );

  it('are one spelling of the same letters', () => {
    const typed = 'Käse'.normalize('NFD');
    expect(newRunNameSchema.parse(typed)).toBe('Käse'.normalize('NFC'));
    expect(newDatasetNameSchema.parse(typed)).toBe('Käse'.normalize('NFC'));
    expect(nameKey('KÄSE'.normalize('NFD'))).toBe(nameKey('käse'));
  });

  it('are as long as file systems count: in bytes, with room for what is added to them', () => {
    expect(problemOf('鯨'.repeat(66))).toBeNull();
    expect(problemOf('鯨'.repeat(100))).toBe('Names are limited to 200 bytes of UTF-8; this one has 300.');
    expect(problemOf('a'.repeat(100))).toBeNull();
    expect(problemOf('a'.repeat(101))).toBe('Names are limited to 100 characters; this one has 101.');
  });

  it('have sentences of their own for what is wrong', () => {
    expect(problemOf('')).toBe('Names must contain at least one letter or digit.');
    expect(problemOf('-x')).toBe('Names must start with a letter or digit.');
    expect(problemOf('\u0301x')).toBe('Names must start with a letter or digit.');
    expect(problemOf('a/b')).toBe(
      "Names may contain only letters, digits, dots, hyphens and underscores. Invalid character: '/'",
    );
    expect(problemOf('a\u0000b')).toContain('U+0000');
    for (const name of ['..', '../up', '.hidden', 'a.', 'con', 'NUL.txt', 'com1', 'lpt9.x', 'COM¹'])
      for (const rules of both) expect([name, nameProblem(name, rules)]).not.toEqual([name, null]);
    expect(nameProblem('a b', datasetNames)).toBeNull();
    expect(nameProblem('a ', datasetNames)).not.toBeNull();
  });

  it('names of data sets and runs that are there already are opened as they are', () => {
    const decomposed = '한국어'.normalize('NFD');
    for (const name of [decomposed, '鯨'.repeat(85), 'é'.repeat(100)]) {
      expect(runNameSchema.parse(name)).toBe(name);
      expect(datasetNameSchema.parse(name)).toBe(name);
    }
    expect(runNameSchema.safeParse('../up').success).toBe(false);
  });

  it('are cut between letters', () => {
    expect(truncateName('鯨鯨鯨', 7)).toBe('鯨鯨');
    expect(truncateName('ae\u0301b', 3)).toBe('a');
    expect(truncateName('abc', 10)).toBe('abc');
  });
});
