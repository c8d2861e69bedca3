import { describe, expect, it } from 'vitest';
import { recommendedTokenizer } from '../../../../../renderer/pages/data/recommended-tokenizer.ts';

const offered = [
  { tokenizer: 'bytes', bytesPerToken: 1, vocabularySize: 256 },
  { tokenizer: 'bpe:1024', bytesPerToken: 2.4, vocabularySize: 1024 },
  { tokenizer: 'bpe:4096', bytesPerToken: 3.2, vocabularySize: 4096 },
  { tokenizer: 'gpt2', bytesPerToken: 4.4, vocabularySize: 50_257 },
];
const forBytes = (bytes: number, some = offered) => recommendedTokenizer({ bytes }, some);

describe('the tokenizer that is recommended', () => {
  it('has a vocabulary that grows with the data', () => {
    expect([20_000, 1_200_000, 20_000_000, 500_000_000].map((bytes) => forBytes(bytes))).toEqual([
      ...['bytes', 'bpe:1024', 'bpe:4096', 'gpt2'],
    ]);
  });

  it('is not the published one where that hardly says more with a token', () => {
    const japanese = offered.map((one) => (one.tokenizer === 'gpt2' ? { ...one, bytesPerToken: 1.9 } : one));
    expect(forBytes(500_000_000, japanese)).toBe('bpe:4096');
  });

  it('is that of the model that is to learn from the data', () => {
    const run = { tokenizer: 'run:whale', bytesPerToken: 2, vocabularySize: 512 };
    expect(forBytes(500_000_000, [run, ...offered])).toBe('run:whale');
    expect(forBytes(20_000, [])).toBeNull();
  });
});
