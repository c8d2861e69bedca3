import { describe, expect, it } from 'vitest';
import { longestContext } from '../../../../main/contract/mixers/index.ts';
import { samplingSchema, chatSamplingSchema } from '../../../../main/contract/sampling.ts';

describe.each([
  ['an answer', samplingSchema],
  ['an answer of a chat', chatSamplingSchema],
])('the length of %s', (_, schema) => {
  it('may be that of the longest context, and no longer', () => {
    expect(schema.parse({ max_tokens: longestContext }).max_tokens).toBe(longestContext);
    for (const max_tokens of [longestContext + 1, 0, -1, 1.5])
      expect(schema.safeParse({ max_tokens }).success).toBe(false);
  });
});
