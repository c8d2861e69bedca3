import { describe, expect, it } from 'vitest';
import { samplingSchema, type Sampling } from '../../../main/contract/jobs.ts';
import { HyenaError } from '../../../main/contract/errors.ts';
import { bytesTokenizer } from '../../../worker/data/tokenizers/bytes.ts';
import type { Decoder } from '../../../worker/generation/decoder.ts';
import { generate, promptTokens } from '../../../worker/generation/generate.ts';

/** Writes a fixed text, byte by byte, whatever was asked; remembers what it was given to read. */
function reciter(text: string, limit = 1000): Decoder & { read: number[][]; resets: number } {
  const bytes = [...Buffer.from(text), 0];
  let next = 0;
  const scores = () => {
    const logits = new Float32Array(256).fill(-30);
    logits[bytes[Math.min(next++, bytes.length - 1)]] = 30;
    return Promise.resolve(logits);
  };
  const decoder = {
    limit,
    read: [] as number[][],
    resets: 0,
    prefill(ids: Int32Array) {
      decoder.read.push([...ids]);
      return scores();
    },
    step(id: number) {
      decoder.read.at(-1)?.push(id);
      return scores();
    },
    reset() {
      decoder.resets++;
    },
  };
  return decoder;
}

async function written(
  text: string,
  sampling: Partial<Sampling> = {},
  more: { limit?: number; stopAfter?: number } = {},
) {
  const pieces: string[] = [];
  const decoder = reciter(text, more.limit);
  let checks = 0;
  const generated = await generate({
    decoder,
    tokenizer: bytesTokenizer,
    prompt: promptTokens(bytesTokenizer, 'Hi'),
    sampling: { ...samplingSchema.parse({}), ...sampling },
    onText: (piece) => pieces.push(piece),
    check: () => {
      if (++checks > (more.stopAfter ?? Infinity)) throw new HyenaError('interrupted', 'stop');
    },
  });
  expect(pieces.join('')).toBe(generated.text);
  expect(pieces).not.toContain('');
  expect(decoder.resets).toBe(1);
  return { ...generated, pieces, decoder };
}

describe('writing', () => {
  it('ends with the end of text', async () => {
    expect(await written('abc')).toMatchObject({ text: 'abc', tokens: 3, reason: 'end' });
  });
  it('ends after so many tokens', async () => {
    expect(await written('abcdef', { max_tokens: 4 })).toMatchObject({ text: 'abcd', tokens: 4, reason: 'length' });
  });
  it('ends before a stop text', async () => {
    expect(await written('one\n\ntwo', { stop: ['\n\n'] })).toMatchObject({ text: 'one', tokens: 5, reason: 'stop' });
  });
  it('ends with the text so far when asked to', async () => {
    expect(await written('abcdef', {}, { stopAfter: 3 })).toMatchObject({ text: 'abc', reason: 'stopped' });
  });
  it('never tells half a character', async () => {
    const { pieces, text } = await written('aé漢😀👩‍👩‍👧z');
    expect(text).toBe('aé漢😀👩‍👩‍👧z');
    for (const piece of pieces) expect(piece).not.toContain('�');
    // Cut within a character, the end is told as what it is.
    expect((await written('a漢', { max_tokens: 2 })).text).toBe('a�');
  });
  it('reads the prompt once, then token by token', async () => {
    const { decoder } = await written('abc');
    expect(decoder.read).toEqual([[...Buffer.from('Hiabc')]]);
  });
  it('goes on from the last half of the context where that is full', async () => {
    const { decoder, text } = await written('abcdefghij', {}, { limit: 6 });
    expect(text).toBe('abcdefghij');
    expect(decoder.read.map((ids) => Buffer.from(ids).toString())).toEqual(['Hiabcd', 'cdefgh', 'ghij']);
  });
  it('refuses a prompt that is longer than the context', async () => {
    await expect(written('abc', {}, { limit: 1 })).rejects.toMatchObject({ code: 'bad-input' });
  });
  it('begins a new text where the prompt is empty', () => {
    expect([...promptTokens(bytesTokenizer, '')]).toEqual([0]);
    expect([...promptTokens({ ...bytesTokenizer, endOfText: null, encode: () => new Int32Array(0) }, '')]).toEqual([]);
  });
});
