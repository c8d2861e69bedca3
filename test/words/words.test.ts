import { describe, expect, it } from 'vitest';
import { avoided } from './glossary.ts';
import { prose } from './prose.ts';

const pieces = await prose();

describe('texts for people', () => {
  it.each(avoided)("don't say: $word ($instead)", ({ word, pattern, instead }) => {
    const hits = pieces.filter(({ text }) => pattern.test(text));
    const list = hits.map(({ file, line, text }) => `${file}:${line}: ${text.trim().slice(0, 160)}`);
    expect(hits.length, `${word}: ${hits.length} times; write: ${instead}\n${list.join('\n')}`).toBe(0);
  });
});
