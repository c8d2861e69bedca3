import { describe, expect, it } from 'vitest';
import { readLengths } from '../../../../../main/shells/terminal/commands/bench-prefill.ts';

describe('lengths of texts', () => {
  it('are numbers of tokens; k and M are powers of two', () => {
    expect(readLengths('1,1k,16K,256k, 1M ,1024')).toEqual([1, 1024, 16_384, 262_144, 1_048_576, 1024]);
    expect(readLengths('16M')).toEqual([16_777_216]);
  });

  it.each(['', '0', '1.5k', '-1', '17M', '1,,2', 'k', '1g'])("of '%s' are refused", (text) => {
    expect(() => readLengths(text)).toThrow('Expected comma-separated lengths from 1 to 16777216');
  });
});
