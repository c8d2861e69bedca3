import { describe, expect, it } from 'vitest';
import { samplingSchema, type Sampling } from '../../../../main/contract/sampling.ts';
import { HyenaError } from '../../../../main/contract/errors.ts';
import { bytesTokenizer } from '../../../../main/library/tokenizers/bytes.ts';
import type { TextReader } from '../../../../worker/generation/text-reader.ts';
import { generate, promptTokens } from '../../../../worker/generation/generate.ts';

interface Recitation {
  at: number;
  readonly read: number[];
  fork(): Recitation;
  dispose(): void;
}

/** Writes a fixed text, byte by byte, whatever was asked; remembers what it was given to read. */
class Reciter implements TextReader<Recitation> {
  readonly limit: number;
  readonly prefill: TextReader<Recitation>['prefill'];
  readonly texts: number[][] = [];
  /** Texts that were not disposed of. */
  open = 0;
  readonly #bytes: number[];
  #next = 0;

  constructor(text: string, limit = 1000) {
    this.limit = limit;
    this.#bytes = [...Buffer.from(text), 0];
    this.prefill = (ids) => {
      const text = this.#text([...ids], this.#next);
      return Promise.resolve({ text, logits: this.#scores(text) });
    };
  }

  step(texts: readonly Recitation[], ids: readonly number[]): Promise<Float32Array[]> {
    return Promise.resolve(
      texts.map((text, index) => {
        text.read.push(ids[index]);
        return this.#scores(text);
      }),
    );
  }

  #text(read: number[], at: number): Recitation {
    this.texts.push(read);
    this.open++;
    const text: Recitation = {
      at,
      read,
      fork: () => this.#text([...text.read], text.at),
      dispose: () => this.open--,
    };
    return text;
  }

  #scores(text: Recitation): Float32Array {
    const logits = new Float32Array(256).fill(-30);
    logits[this.#bytes[Math.min(text.at++, this.#bytes.length - 1)]] = 30;
    this.#next = text.at;
    return logits;
  }
}

async function written(
  text: string,
  sampling: Partial<Sampling> = {},
  more: { limit?: number; stopAfter?: number } = {},
) {
  const pieces: string[] = [];
  const decoder = new Reciter(text, more.limit);
  let checks = 0;
  const answers = await generate({
    decoder,
    tokenizer: bytesTokenizer,
    prompt: promptTokens(bytesTokenizer, 'Hi'),
    sampling: { ...samplingSchema.parse({}), ...sampling },
    onText: (piece, answer) => {
      if (answer === 0) pieces.push(piece);
    },
    check: () => {
      if (++checks > (more.stopAfter ?? Infinity)) throw new HyenaError('interrupted', 'stop');
    },
  });
  const [generated] = answers;
  expect(pieces.join('')).toBe(generated.text);
  expect(pieces).not.toContain('');
  expect(decoder.open).toBe(0);
  return { ...generated, answers, pieces, decoder };
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
    expect(decoder.texts).toEqual([[...Buffer.from('Hiabc')]]);
  });
  it('writes several answers side by side from one reading', async () => {
    const { answers, decoder } = await written('abcé', { n: 3 });
    expect(answers).toEqual(Array.from({ length: 3 }, () => ({ text: 'abcé', tokens: 5, reason: 'end' })));
    expect(decoder.texts.map((ids) => Buffer.from(ids).toString())).toEqual(['Hiabcé', 'Hiabcé', 'Hiabcé']);
  });
  it('goes on from the last half of the context where that is full', async () => {
    const { decoder, text } = await written('abcdefghij', {}, { limit: 6 });
    expect(text).toBe('abcdefghij');
    expect(decoder.texts.map((ids) => Buffer.from(ids).toString())).toEqual(['Hiabcd', 'cdefgh', 'ghij']);
  });
  it('refuses a prompt that is longer than the context', async () => {
    await expect(written('abc', {}, { limit: 1 })).rejects.toMatchObject({ code: 'bad-input' });
  });
  it('begins a new text where the prompt is empty', () => {
    expect([...promptTokens(bytesTokenizer, '')]).toEqual([0]);
    expect([...promptTokens({ ...bytesTokenizer, endOfText: null, encode: () => new Int32Array(0) }, '')]).toEqual([]);
  });
});
