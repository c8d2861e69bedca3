import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HyenaError } from '../../../../main/contract/errors.ts';
import { toEnglish } from '../../../../main/contract/message.ts';
import { tokenPieces } from '../../../../renderer/pages/data/token-pieces.ts';
import { addDataset } from '../../../../worker/data/datasets/add.ts';
import { inspectFiles } from '../../../../worker/data/inspect.ts';
import { BytePairTokenizer } from '../../../../main/library/tokenizers/byte-pair.ts';
import { learnBytePairs, WordCounter } from '../../../../worker/data/tokenizers/byte-pair-training.ts';
import { bytesTokenizer } from '../../../../main/library/tokenizers/bytes.ts';
import { epub } from './readers/samples.ts';
import { shownTokens, tokenLabel } from '../../../../main/library/tokenizers/shown-tokens.ts';

let folder: string;
const { signal } = new AbortController();
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyena-inspect-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function put(name: string, content: string): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}
const look = (paths: string[], names: string[], field: string | null = null) =>
  inspectFiles({ paths, names, tokenizers: ['bytes'], field }, signal);

function learned(text: string, size: number): BytePairTokenizer {
  const counter = new WordCounter();
  counter.push(Buffer.from(text));
  counter.end();
  const learning = learnBytePairs(counter, size);
  for (;;) {
    const step = learning.next();
    if (step.done) return new BytePairTokenizer('learned', step.value);
  }
}

describe('tokens as they are drawn', () => {
  const texts = ['Björn, 千尋', 'नमस्ते दुनिया', '👩‍👩‍👧 and 🏳️‍🌈', 'naïve — “quoted”', 'שלום עולם', 'plain'];
  const tokenizers = { bytes: bytesTokenizer, learned: learned('千尋千代の神隠し の の は は は '.repeat(40), 300) };

  it.each(Object.entries(tokenizers))('have every character whole, by %s', (_, tokenizer) => {
    const check = (text: string) => {
      const pieces = tokenPieces(shownTokens(tokenizer, tokenizer.encode(text)));
      expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      // Each character that is divided has its own bytes below it, and all of them.
      for (const piece of pieces)
        if (piece.kind === 'character')
          expect(piece.bytes.map(({ hex }) => hex).join(' ')).toBe(
            Buffer.from(piece.text).toString('hex').toUpperCase().match(/../g)!.join(' '),
          );
    };
    texts.forEach(check);
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), check));
  });

  it('tell the bytes of what is no character, and of one that is cut', () => {
    const pieces = tokenPieces(shownTokens(bytesTokenizer, [0x61, 0xff, 0x62, 0xe5, 0x8d]));
    expect(pieces.map((piece) => (piece.kind === 'text' ? piece.text : piece.bytes.map(({ hex }) => hex)))).toEqual([
      'a',
      ['FF'],
      'b',
      ['E5', '8D'],
    ]);
    expect(tokenLabel(bytesTokenizer, 0xe5)).toBe('<0xE5>');
    expect(tokenLabel(bytesTokenizer, 0x61)).toBe('a');
  });
});

describe('what is looked at before data are added', () => {
  it('covers every file, counts its rows and documents and names the column', async () => {
    const book = await put('long.txt', 'The ship went on. '.repeat(60_000));
    const rows = Array.from({ length: 300 }, (_, row) => `${row},"Hello, the app crashes for the ${row}th time."`);
    const table = await put('tickets.csv', `ticket,body\n${rows.join('\n')}\n`);
    const note = await put('note.md', '# Björn\n\nA note.');
    const found = await look([book, table, note], ['long.txt', 'tickets.csv', 'note.md']);
    expect(found.byFile?.map(({ source }) => source)).toEqual(['long.txt', 'tickets.csv', 'note.md']);
    expect(found.byFile?.[1]).toMatchObject({ rows: 300, count: 300, columns: ['body'], complete: true });
    expect(found.byFile?.[1].documents[0].text).toBe('Hello, the app crashes for the 0th time.');
    expect(found.byFile?.[2].documents[0].text).toContain('A note.');
    expect(found.tokenizers[0].byFile?.map(({ file }) => file)).toEqual([0, 1, 2]);
  });

  it('tells what is wrong at the end of a file too, and what a column that is not there leaves', async () => {
    const rows = Array.from({ length: 40 }, (_, row) =>
      JSON.stringify(row < 38 ? { text: `Line ${row}` } : { text: '' }),
    );
    const lines = await put('lines.jsonl', rows.join('\n'));
    const found = await look([lines], ['lines.jsonl']);
    expect(found.problems.map(({ message }) => toEnglish(message)).join()).toMatch(/2 of 40 rows/);
    const none = await look([lines], ['lines.jsonl'], 'nonsense');
    expect(none.sampledBytes).toBe(0);
    expect(toEnglish(none.problems[0].message)).toMatch(/nonsense.*text/s);
  });

  it('names files as a person does, everywhere', async () => {
    const table = await put('.uploads/0f-1/deep/tickets.csv', 'ticket,body\n1,Hello there\n');
    await put('.uploads/0f-1/deep/empty.txt', '');
    const up = path.join(folder, '.uploads', '0f-1', 'deep');
    for (const field of [null, 'nonsense']) {
      const found = await look([table, up], ['tickets.csv', 'deep'], field);
      expect(JSON.stringify(found)).not.toContain('.uploads');
      expect(found.problems.map(({ source }) => source)).toContain(path.join('deep', 'empty.txt'));
    }
    const options = { library: path.join(folder, 'library'), tokenizer: 'bytes', validation: 0 };
    const events: unknown[] = [];
    const context = { signal, emit: (event: unknown) => void events.push(event) };
    const failed = await addDataset(
      { ...options, name: 'none', paths: [table], names: ['tickets.csv'], field: 'nonsense' },
      context,
    ).catch((thrown: unknown) => HyenaError.from(thrown));
    const { message } = failed as HyenaError;
    expect(message).not.toContain('.uploads');
    expect(message.split('tickets.csv')).toHaveLength(2);
    const record = await addDataset(
      { ...options, name: 'some', paths: [up], names: ['deep'], field: null },
      { signal, emit: () => undefined },
    );
    const sources = record.problems.map(({ source }) => source);
    expect(sources.sort()).toEqual([path.join('deep', 'empty.txt'), path.join('deep', 'tickets.csv')]);
    expect(record.statistics.longestDocument?.source).toBe(path.join('deep', 'tickets.csv'));
  });
});

describe('what is left out of a large file', () => {
  const ruby = '<p><ruby>東京<rt>とうきょう</rt></ruby> is far. </p>';
  const page = `<html><body>${ruby.repeat(30)}${'<p>The sea is wide and grey.</p>'.repeat(400_000)}</body></html>`;
  const chapter = (body: string) => `<html xmlns="http://www.w3.org/1999/xhtml"><body>${body}</body></html>`;

  it('is counted in the preview of a page, as far as it was read', async () => {
    const found = await look([await put('large.html', page)], ['large.html']);
    expect(found.problems.map(({ message }) => toEnglish(message)).join()).toMatch(/30 ruby annotations/);
  });

  it('is counted in the preview of a book', async () => {
    const book = epub([
      ['one.xhtml', 'One', chapter(ruby.repeat(30))],
      ['two.xhtml', 'Two', chapter('<p>The sea is wide and grey.</p>'.repeat(400_000))],
    ]);
    const file = await put('large.epub', '');
    await writeFile(file, book);
    const found = await look([file], ['large.epub']);
    expect(found.problems.map(({ message }) => toEnglish(message)).join()).toMatch(/30 ruby annotations/);
  });

  it('is counted in the preview of a text', async () => {
    const file = await put('large.txt', '');
    const bad = Buffer.from(`${'Größe '.repeat(40)}\n`);
    const text = 'The sea is wide and grey, schön.\n'.repeat(400_000);
    await writeFile(file, Buffer.concat([bad, Buffer.of(0xff, 0x0a), Buffer.from(text)]));
    const found = await look([file], ['large.txt']);
    expect(found.problems.map(({ message }) => toEnglish(message)).join()).toMatch(
      /1 byte sequence is not valid UTF-8/,
    );
  });
});
