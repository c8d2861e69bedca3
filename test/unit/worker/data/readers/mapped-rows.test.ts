import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { templateColumns, templatePieces, type Columns } from '../../../../../main/contract/columns.ts';
import { inspectFiles } from '../../../../../worker/data/inspect.ts';
import { useFiles } from './samples.ts';
import { readDocuments } from './whole-documents.ts';

const { write } = useFiles();
const vectors = join(import.meta.dirname, '../../../../vectors/data');

async function readMapped(name: string, content: string | Uint8Array, field: Columns) {
  const { documents, problems } = await readDocuments([write(name, content)], { options: { field } });
  return {
    texts: documents.map(({ text }) => text),
    learned: documents.map(({ text, learned }) => learned.map(({ start, end }) => text.slice(start, end))),
    said: problems.map(({ message }) => message).join('\n'),
  };
}
const rows = [
  { ask: 'What is a hyena?', say: 'An animal.', rules: 'Be brief.', n: 7 },
  { ask: 'And a lamp?', say: 'A light.', rules: '', n: null },
  { ask: 'Unanswered?', say: '', rules: '', n: 9 },
];
const csv = `ask,say,rules,n\n${rows.map(({ ask, say, rules, n }) => `${ask},${say},${rules},${n ?? ''}`).join('\n')}\n`;
const forms: [name: string, content: string][] = [
  ['rows.csv', csv],
  ['rows.tsv', csv.replaceAll(',', '\t')],
  ['rows.jsonl', rows.map((row) => JSON.stringify(row)).join('\n')],
  ['rows.json', JSON.stringify(rows)],
  ['wrapped.json', JSON.stringify({ version: 1, data: rows })],
  [
    'columns.json',
    JSON.stringify(Object.fromEntries(Object.keys(rows[0]).map((key) => [key, rows.map((row) => row[key as 'ask'])]))),
  ],
];

describe('columns of a question and its answer', () => {
  it.each(forms)('become chats whose replies alone are learned: %s', async (name, content) => {
    const { texts, learned, said } = await readMapped(name, content, { prompt: 'ask', reply: 'say', system: 'rules' });
    expect(texts).toEqual([
      '### System:\nBe brief.\n\n### Instruction:\nWhat is a hyena?\n\n### Response:\nAn animal.',
      '### Instruction:\nAnd a lamp?\n\n### Response:\nA light.',
    ]);
    expect(learned).toEqual([['An animal.'], ['A light.']]);
    expect(said).toContain('1 of 3 rows contains no text and was skipped (first: row 3).');
  });

  it('are found whatever their capitals, and by a path', async () => {
    const table = await readMapped('a.csv', csv, { prompt: 'Ask ', reply: 'SAY', system: null });
    expect(table.texts[1]).toBe('### Instruction:\nAnd a lamp?\n\n### Response:\nA light.');
    const nested = JSON.stringify({ turn: { in: 'Who?', out: 'Maren.' } });
    const { texts } = await readMapped('a.jsonl', nested, { prompt: 'turn.in', reply: 'turn.out', system: null });
    expect(texts).toEqual(['### Instruction:\nWho?\n\n### Response:\nMaren.']);
  });

  it.each(forms)('that are not there are named beside those that are: %s', async (name, content) => {
    const { texts, said } = await readMapped(name, content, { prompt: 'ask', reply: 'answer', system: null });
    expect(texts).toEqual([]);
    expect(said).toMatch(/answer/);
    expect(said).toMatch(name.includes('wrapped') ? /Available fields: .*data/ : /Available fields: ask, say, rules/);
  });
});

describe('a template', () => {
  it.each(forms)('has the values of a row in its places: %s', async (name, content) => {
    const { texts, learned } = await readMapped(name, content, { template: '{{{n}}} {ask}\n> { say }!' });
    expect(texts).toEqual([
      '{7} What is a hyena?\n> An animal.!',
      '{} And a lamp?\n> A light.!',
      '{9} Unanswered?\n> !',
    ]);
    expect(learned[0]).toEqual([texts[0]]);
  });

  it('is left out where all values are empty, and counted', async () => {
    const { texts, said } = await readMapped('a.csv', 'name,text\nMaren,A lamp.\n , \n', {
      template: '{name}: {text}',
    });
    expect(texts).toEqual(['Maren: A lamp.']);
    expect(said).toContain('1 of 2 rows contains no text');
  });

  it('keeps braces that name nothing, and objects as JSON', async () => {
    expect(templatePieces('{"q": "{ask}"}')).toEqual([{ text: '{"q": "' }, { column: 'ask' }, { text: '"}' }]);
    expect(templateColumns('{a} {b} {a} {} {{c}}')).toEqual(['a', 'b']);
    const { texts } = await readMapped('a.jsonl', '{"a": {"b": [1, true]}, "c": ["x", "y"]}', { template: '{a} {c}' });
    expect(texts).toEqual(['{"b":[1,true]} x\n\ny']);
  });
});

describe('columns of a Parquet file', () => {
  const file = readFileSync(join(vectors, 'rows.parquet'));
  it('are put together, those that are no text among them', async () => {
    const { byFile } = await inspectFiles(
      { paths: [join(vectors, 'rows.parquet')], tokenizers: ['bytes'], field: null },
      new AbortController().signal,
    );
    const names = byFile![0].available!.map(({ name }) => name);
    expect(names).toContain('url');
    const { texts } = await readMapped('a.parquet', file, { template: `{${names.join('}|{')}}` });
    expect(texts[0].split('|')).toHaveLength(names.length);
    expect(texts[0]).not.toContain('undefined');
  });

  it('that are not there are named beside those that are', async () => {
    const { said } = await readMapped('a.parquet', file, { prompt: 'url', reply: 'nothing', system: null });
    expect(said).toMatch(/Column 'nothing' not found\. Available columns: .*url/);
  });
});

describe('what is found in a table before it is added', () => {
  it('is every column with an example, even where the chosen ones are not there', async () => {
    const paths = [write('rows.csv', csv)];
    const look = (columns: Columns | null) =>
      inspectFiles({ paths, tokenizers: ['bytes'], field: null, columns }, new AbortController().signal);
    const available = [
      { name: 'ask', example: 'What is a hyena?' },
      { name: 'say', example: 'An animal.' },
      { name: 'rules', example: 'Be brief.' },
      { name: 'n', example: '7' },
    ];
    expect((await look(null)).byFile![0].available).toEqual(available);
    const missing = (await look({ template: '{nothing}' })).byFile![0];
    expect(missing).toMatchObject({ available, count: 0, documents: [] });
    const mapped = (await look({ prompt: 'ask', reply: 'say', system: null })).byFile![0];
    expect(mapped).toMatchObject({ rows: 3, count: 2, columns: ['ask', 'say'] });
    expect(mapped.documents[1].text).toBe('### Instruction:\nAnd a lamp?\n\n### Response:\nA light.');
  });
});
