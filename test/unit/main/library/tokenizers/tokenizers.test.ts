import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { getEncoding } from 'js-tiktoken';
import { describe, expect, it } from 'vitest';
import { BytePairTokenizer } from '../../../../../main/library/tokenizers/byte-pair.ts';
import { learnBytePairs, WordCounter } from '../../../../../worker/data/tokenizers/byte-pair-training.ts';
import { bytesTokenizer } from '../../../../../main/library/tokenizers/bytes.ts';
import { loadTokenizer, parseTokenizerChoice, tokenizerFromJSON } from '../../../../../main/library/tokenizers/load.ts';
import type { Tokenizer } from '../../../../../main/library/tokenizers/tokenizer.ts';

const root = join(import.meta.dirname, '../../../../..');
const book = readFileSync(join(root, 'resources/books/moby-dick.txt'));
const vectors = join(root, 'test/vectors/tokenizers');
const readJSON = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const expected = readJSON(join(vectors, 'expected.json')) as {
  encodings: Record<string, { text: string; ids: number[]; decoded: string }[]>;
  merges: string[];
};

function learn(bytes: Uint8Array, size: number): BytePairTokenizer {
  const counter = new WordCounter();
  counter.push(bytes);
  counter.end();
  const learning = learnBytePairs(counter, size);
  for (;;) {
    const step = learning.next();
    if (step.done) return new BytePairTokenizer(`bpe:${size}`, step.value);
  }
}

const gpt2 = await loadTokenizer({ kind: 'gpt2' });
const trained = learn(book, 1000);
const ours: [string, Tokenizer][] = [
  ['bytes', bytesTokenizer],
  ['gpt2', gpt2],
  ['trained', trained],
];

/** Texts made of what tokenizers stumble over. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        ' ',
        '  ',
        '\n',
        '\t',
        '\u00a0',
        '\u3000',
        "'s",
        "'re",
        "'",
        'the',
        'É',
        '日',
        '7',
        '٣',
        '!',
        '😀',
        '\u0301',
      ),
    )
    .map((parts) => parts.join('')),
);

describe.each(ours)('%s', (_, tokenizer) => {
  it('gives every text back', () => {
    fc.assert(
      fc.property(anyText, (text) => tokenizer.decode(tokenizer.encode(text)) === text),
      { numRuns: 500 },
    );
  });

  it('gives any bytes back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const ids = tokenizer.encodeBytes(bytes);
        expect(tokenizer.byteLengthOf(ids)).toBe(bytes.length);
        return Buffer.from(tokenizer.decodeBytes(ids)).equals(bytes);
      }),
      { numRuns: 500 },
    );
  });

  it('encodes a text in pieces, cut anywhere, as the whole', () => {
    fc.assert(
      fc.property(anyText, fc.array(fc.nat({ max: 7 }), { maxLength: 30 }), (text, lengths) => {
        const bytes = Buffer.from(text.repeat(3), 'utf8');
        const encoder = tokenizer.streamEncoder();
        const ids: number[] = [];
        let at = 0;
        for (const length of lengths) ids.push(...encoder.push(bytes.subarray(at, (at += length))));
        ids.push(...encoder.push(bytes.subarray(at)), ...encoder.end());
        expect(ids).toEqual([...tokenizer.encodeBytes(bytes)]);
      }),
    );
  });

  it('decodes id by id without ever splitting a character', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const decoder = tokenizer.streamDecoder();
        const pieces = [...tokenizer.encode(text)].map((id) => decoder.push(id));
        expect(pieces.join('') + decoder.end()).toBe(text);
        if (!text.includes('\ufffd')) for (const piece of pieces) expect(piece).not.toContain('\ufffd');
      }),
    );
  });

  it('becomes the same tokenizer again from its JSON', async () => {
    const again = await tokenizerFromJSON(JSON.parse(JSON.stringify(tokenizer.toJSON())), tokenizer.name);
    expect(again.constructor).toBe(tokenizer.constructor);
    const { name, vocabularySize, endOfText } = tokenizer;
    expect(again).toMatchObject({ name, vocabularySize, endOfText });
    const sample = book.subarray(0, 20_000);
    expect(again.encodeBytes(sample)).toEqual(tokenizer.encodeBytes(sample));
  });

  it('takes an unpaired surrogate for U+FFFD', () => {
    expect(tokenizer.decode(tokenizer.encode('a\ud800b'))).toBe('a\ufffdb');
  });

  it('refuses ids that it does not have', () => {
    for (const id of [-1, tokenizer.vocabularySize, 0.5, NaN])
      expect(() => tokenizer.decode([id]), String(id)).toThrow(/has ids 0 to/);
  });
});

describe('the ids of Hugging Face’s library', () => {
  it.each(Object.keys(expected.encodings))('%s', async (name) => {
    const path =
      name === 'gpt2' ? join(root, 'resources/tokenizers/gpt2/tokenizer.json') : join(vectors, `${name}.json`);
    const tokenizer = await tokenizerFromJSON(readJSON(path), name);
    for (const { text, ids, decoded } of expected.encodings[name]) {
      expect([...tokenizer.encode(text)], JSON.stringify(text)).toEqual(ids);
      expect(tokenizer.decode(ids), JSON.stringify(text)).toBe(decoded);
      const decoder = tokenizer.streamDecoder();
      expect(ids.map((id) => decoder.push(id)).join('') + decoder.end()).toBe(decoded);
    }
  });

  it('are those of the bytes tokenizer as it is written', () => {
    expect(readJSON(join(vectors, 'bytes.json'))).toEqual(bytesTokenizer.toJSON());
  });
});

describe('GPT-2’s tokenizer', () => {
  it('encodes a book as tiktoken does', () => {
    const text = book.toString('utf8');
    expect([...gpt2.encode(text)]).toEqual(getEncoding('gpt2').encode(text));
    expect([gpt2.vocabularySize, gpt2.endOfText]).toEqual([50257, 50256]);
  });

  it('encodes a quarter of a megabyte without a space in reasonable time, the same by either way of merging', () => {
    const words = 'abcdefghijklmnopqrstuvwxyz'.repeat(10_000);
    const started = performance.now();
    const ids = gpt2.encode(words);
    expect(performance.now() - started).toBeLessThan(5000);
    expect(gpt2.decode(ids)).toBe(words);
    const reference = getEncoding('gpt2');
    for (const length of [100, 128, 129, 200, 400]) {
      const word = Array.from({ length }, (_, index) => 'etaoinshrdlu'[(index * index * 7 + index) % 12]).join('');
      expect([...gpt2.encode(word)]).toEqual(reference.encode(word));
    }
  });

  it('takes the end of text written out for ordinary text', () => {
    const ids = gpt2.encode('<|endoftext|>');
    expect([...ids]).not.toContain(50256);
    expect(gpt2.decode([...ids, 50256])).toBe('<|endoftext|>');
  });
});

describe('a tokenizer learned from text', () => {
  it('makes the merges that Hugging Face’s trainer makes', () => {
    const { model } = learn(book, 2000).toJSON() as { model: { merges: string[] } };
    expect(model.merges).toEqual(expected.merges);
  });

  it('has the size that was asked for, with every byte and the end of text', () => {
    expect(trained.vocabularySize).toBe(1000);
    expect(trained.endOfText).toBe(999);
    expect(trained.decode([999])).toBe('');
    expect(
      new Set(Array.from({ length: 256 }, (_, byte) => trained.encodeBytes(Uint8Array.of(byte)).join())).size,
    ).toBe(256);
  });

  it('stays smaller where there is little to learn', () => {
    const small = learn(Buffer.from('ab ab'), 1000);
    expect(small.vocabularySize).toBe(258);
    expect(small.decode(small.encode('ab'))).toBe('ab');
  });
});

describe('choosing a tokenizer', () => {
  it('reads what the command line says', () => {
    expect(parseTokenizerChoice('bytes')).toEqual({ kind: 'bytes' });
    expect(parseTokenizerChoice('bpe:4096')).toEqual({ kind: 'bpe', size: 4096 });
    expect(parseTokenizerChoice('some/file.json')).toEqual({ kind: 'file', path: 'some/file.json' });
    for (const wrong of ['bpe', 'bpe:', 'bpe:100', 'bpe:1e9', 'bpe:x'])
      expect(() => parseTokenizerChoice(wrong), wrong).toThrow(/bpe:4096|must specify a vocabulary size/);
  });

  it('says what is wrong with a file', async () => {
    await expect(loadTokenizer({ kind: 'file', path: '/nowhere/t.json' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(tokenizerFromJSON({ hello: 1 }, 'x')).rejects.toMatchObject({ code: 'bad-input' });
    await expect(tokenizerFromJSON([], 'x')).rejects.toMatchObject({ code: 'bad-input' });
    await expect(tokenizerFromJSON(null, 'x')).rejects.toMatchObject({ code: 'bad-input' });
    const json = trained.toJSON() as { model: { merges: string[]; vocab: Record<string, number> } };
    for (const merges of [['x'], ['zz qq'], [['a', 'b', 'c']], [7]])
      await expect(tokenizerFromJSON({ ...json, model: { ...json.model, merges } }, 'x')).rejects.toMatchObject({
        code: 'bad-input',
      });
    const vocab = { ...json.model.vocab, a: -4 };
    await expect(tokenizerFromJSON({ ...json, model: { ...json.model, vocab } }, 'x')).rejects.toMatchObject({
      code: 'bad-input',
    });
  });
});
