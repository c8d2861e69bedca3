import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { loadTokenizer, tokenizerFromJSON } from '../../../../../main/library/tokenizers/load.ts';
import { tokenizerWarnings } from '../../../../../worker/data/tokenizers/warnings.ts';
import { toEnglish } from '../../../../../main/contract/message.ts';

interface Case {
  json: { added_tokens: { content: string; special: boolean }[]; model: object };
  ids: number[][];
  decoded: string[];
}
const { texts, cases } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../../vectors/tokenizers/kinds.json'), 'utf8'),
) as { texts: string[]; cases: Record<string, Case> };

describe('every part of a tokenizer.json as in Hugging Face’s library', () => {
  it.each(Object.keys(cases))('%s', async (name) => {
    const { json, ids, decoded } = cases[name];
    const tokenizer = await tokenizerFromJSON(json, name);
    texts.forEach((text, index) => {
      expect([...tokenizer.encode(text)], JSON.stringify(text)).toEqual(ids[index]);
      expect(tokenizer.decode(ids[index]), JSON.stringify(text)).toBe(decoded[index]);
    });
  });
});

const words = (vocab: Record<string, number>, more: object = {}) => ({
  added_tokens: [],
  pre_tokenizer: { type: 'Whitespace' },
  model: { type: 'WordLevel', vocab, unk_token: '[UNK]' },
  ...more,
});
const special = (id: number, content: string) => ({ id, content, special: true });
const idOfEnd = async (...contents: string[]) => {
  const json = words({ a: 0, b: 1 }, { added_tokens: contents.map((content, index) => special(2 + index, content)) });
  return (await tokenizerFromJSON(json, 'x')).endOfText;
};

describe('the end of text', () => {
  it('is found by its name, in brackets and bars of any kind', async () => {
    for (const name of [
      '<|endoftext|>',
      '<｜end▁of▁sentence｜>',
      '<|end_of_text|>',
      '</s>',
      '<eos>',
      '<EOS>',
      '<|eos|>',
      '<|im_end|>',
      '<|eot_id|>',
      '<end_of_turn>',
      '[SEP]',
      '[EOS]',
    ])
      expect(await idOfEnd('<pad>', name), name).toBe(3);
    expect(await idOfEnd('[SEP]', '</s>')).toBe(3);
    expect(await idOfEnd('<pad>', '<mask>')).toBeNull();
    expect((await tokenizerFromJSON(words({ '[UNK]': 0, eos: 1, end: 2 }), 'x')).endOfText).toBeNull();
  });

  let folder: string | undefined;
  afterEach(async () => {
    if (folder) await rm(folder, { recursive: true });
    folder = undefined;
  });

  it('is what the files beside the tokenizer say', async () => {
    folder = await mkdtemp(join(tmpdir(), 'tokenizer-'));
    const path = join(folder, 'tokenizer.json');
    const json = words({ a: 0, b: 1 }, { added_tokens: [special(2, '</s>'), special(3, '<|stop|>')] });
    await writeFile(path, JSON.stringify(json));
    const load = () => loadTokenizer({ kind: 'file', path });
    expect((await load()).endOfText).toBe(2);
    await writeFile(join(folder, 'generation_config.json'), JSON.stringify({ eos_token_id: [3, 2] }));
    expect((await load()).endOfText).toBe(3);
    await writeFile(join(folder, 'tokenizer_config.json'), JSON.stringify({ eos_token: { content: '</s>' } }));
    expect((await load()).endOfText).toBe(2);
    await writeFile(join(folder, 'tokenizer_config.json'), '{');
    expect((await load()).endOfText).toBe(3);
  });

  it('is told where there is none', async () => {
    const tokenizer = await tokenizerFromJSON(words({ '[UNK]': 0, b: 1 }), 'x');
    const warnings = tokenizerWarnings(tokenizer, 0, 3);
    expect(warnings).toMatchObject([{ source: 'x', severity: 'note' }]);
    expect(toEnglish(warnings[0].message)).toMatch(/the 3 documents are concatenated/);
  });
});

it('counts the characters that it has no token for', async () => {
  const tokenizer = await tokenizerFromJSON({ ...words({ a: 0, b: 1 }) }, 'x');
  const encoder = tokenizer.streamEncoder();
  const ids = [...encoder.push(Buffer.from('a Äö b 😀')), ...encoder.end()];
  expect(ids).toEqual([0, 1]);
  expect(encoder.lost).toBe(3);
  expect(tokenizerWarnings(tokenizer, 3, 1).map(({ message }) => toEnglish(message))).toContainEqual(
    expect.stringMatching(/skipped: 3/),
  );
});

it('names the part that it does not have, and numbers out of bounds', async () => {
  const wrong: [object, RegExp][] = [
    [words({ a: 0, b: 1 }, { normalizer: { type: 'Spell' } }), /normalizer 'Spell' is not supported/],
    [words({ a: 0, b: 1 }, { pre_tokenizer: { type: 'UnicodeScripts' } }), /pre-tokenizer 'UnicodeScripts'/],
    [words({ a: 0, b: 1 }, { decoder: { type: 'Odd' } }), /decoder 'Odd'/],
    [words({ a: 0, b: 1 }, { model: { type: 'Odd' } }), /model 'Odd'/],
    [words({ a: 0, b: 2 ** 31 }), /'b' has id 2147483648/],
    [words({ a: 0, b: 2 ** 24 - 1 }), /id 16777215 of token 'b' is too large for a vocabulary of 2 tokens/],
    [words({ a: 0, b: 1.5 }), /'b' has id 1.5/],
    [words({ a: 0, b: 1 }, { added_tokens: [special(2 ** 31, '</s>')] }), /added_tokens/],
    [
      words({ a: 0 }, { pre_tokenizer: { type: 'Split', behavior: 'Isolated', pattern: { Regex: '(' } } }),
      /'Split': pattern \(/,
    ],
    [
      words({ a: 0 }, { pre_tokenizer: { type: 'Split', behavior: 'Odd', pattern: { String: 'a' } } }),
      /behavior: "Odd"/,
    ],
  ];
  for (const [json, message] of wrong)
    await expect(tokenizerFromJSON(json, 'x'), message.source).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(message) as string,
    });
});
