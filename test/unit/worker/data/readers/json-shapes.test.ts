import { describe, expect, it } from 'vitest';
import { useFiles } from './samples.ts';

const { read } = useFiles();
const one = 'The kettle speaks at noon.';
const two = 'The lamp answers at one.';

async function readJson(content: unknown, field: string | null = null, name = 'a.json') {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const { documents, problems } = await read(name, text, field);
  return { texts: documents.map((document) => document.text), said: problems.map(({ message }) => message).join('\n') };
}

describe('shapes of JSON', () => {
  it.each([
    ['records by id', { id01: { text: one, label: 0 }, id02: { text: two, label: 1 } }],
    ['texts by id', { '1': one, '2': two }],
    ['lists by id', { a: [one], b: [two] }],
    ['a list per column', { text: [one, two], label: [0, 1] }],
    ['an index per column', { text: { '0': one, '1': two }, label: { '0': 0, '1': 1 } }],
    ['an index of names per column', { text: { a: one, b: two }, label: { a: 0, b: 1 } }],
    [
      'columns and data',
      {
        columns: ['text', 'label'],
        index: [0, 1],
        data: [
          [one, 0],
          [two, 1],
        ],
      },
    ],
    [
      'a schema and data',
      {
        schema: { fields: [{ name: 'text' }] },
        data: [
          { index: 0, text: one },
          { index: 1, text: two },
        ],
      },
    ],
    [
      'lists with a heading',
      [
        ['text', 'label'],
        [one, 0],
        [two, 1],
      ],
    ],
    [
      'lists without one',
      [
        [one, 0],
        [two, 1],
      ],
    ],
    ['a list of strings in an object', { name: 'two sentences', items: [one, two] }],
    ['a list deep within', { a: { b: { c: [{ remark: one }, { remark: two }] } } }],
    ['the splits of a collection', { train: [{ text: one }], test: [{ text: two }] }],
    [
      'rows within rows',
      {
        rows: [
          { row_idx: 0, row: { text: one } },
          { row_idx: 1, row: { text: two } },
        ],
      },
    ],
    ['hits of a search', { hits: { total: 2, hits: [{ _source: { body: one } }, { _source: { body: two } }] } }],
    ['comments and commas', `// [ "\n[{"text": "${one}"}, /* { */ {"text": "${two}",},]`],
    ['one after another', `{"text": "${one}", "n": NaN}\n{"text": "${two}", "n": -Infinity}`],
  ])('%s', async (_, content) => {
    expect((await readJson(content)).texts).toEqual([one, two]);
  });

  it('a sequence with marks between its values', async () => {
    const texts = Array.from({ length: 3 }, (_, index) => `${one} `.repeat(20 + index).trim());
    const content = texts.map((text) => `\u001e${JSON.stringify({ text })}\n`).join('');
    expect((await readJson(content)).texts).toEqual(texts);
  });

  it('an array of one element is no text of its own', async () => {
    expect((await readJson([{ remark: one }])).texts).toEqual([one]);
    expect((await readJson([one])).texts).toEqual([one]);
    expect((await readJson({ remark: one, id: 7 })).texts).toEqual([one]);
  });

  it('passages within passages are found, and the rest is named', async () => {
    const articles = [
      {
        title: 'Kitchen',
        paragraphs: [
          { context: one, qas: [{ question: 'When?', answers: [{ text: 'noon' }] }] },
          { context: two, qas: [] },
        ],
      },
    ];
    for (const content of [articles, { version: '1.0', data: articles }]) {
      const { texts, said: messages } = await readJson(content);
      expect(texts).toEqual([`${one}\n\n${two}`]);
      expect(messages).toMatch(/read from 'paragraphs\.context'\. Ignored fields: .*'paragraphs\.qas\.question'/);
    }
    expect((await readJson(articles, 'paragraphs.qas.question')).texts).toEqual(['When?']);
  });

  it('says what is read and what is left out', async () => {
    const { said: messages } = await readJson([{ text: one, id: 1, note: 'x' }]);
    expect(messages).toBe("Text is read from 'text'. Ignored fields: 'id', 'note'.");
    expect((await readJson([{ text: one, id: 1 }], 'text')).said).toBe('');
    expect((await readJson([{ text: one }])).said).toBe('');
  });

  it('joins lists of paragraphs and of words, and says so', async () => {
    const { texts, said: messages } = await readJson([{ text: [one, two] }, { text: 'A string.' }]);
    expect(texts).toEqual([`${one}\n\n${two}`, 'A string.']);
    expect(messages).toMatch(/1 row contains a list of texts in text/);
    expect((await readJson([{ tokens: ['The', 'kettle', 'speaks', '.'] }])).texts).toEqual(['The kettle speaks .']);
  });

  it('reads a configuration file as the text that it is, and says so', async () => {
    const file =
      '{\n  "name": "a-package",\n  "description": "A package of great use to all.",\n  "files": ["dist", "src"],\n  "scripts": {"build": "tsc -p . && node x"}\n}\n';
    const { texts, said: messages } = await readJson(file);
    expect(texts).toEqual([file]);
    expect(messages).toMatch(/like a configuration file\. Available fields: name, description, files, scripts/);
  });

  it('refuses what holds no text, and names what is in it', async () => {
    const map = {
      type: 'FeatureCollection',
      features: [{ type: 'Feature', properties: { name: 'X' }, geometry: { type: 'Point', coordinates: [1, 2] } }],
    };
    const large = { columns: Array.from({ length: 20_000 }, (_, index) => index), id: 'x' };
    for (const content of [map, large]) {
      const { texts, said: messages } = await readJson(content);
      expect(texts).toEqual([]);
      expect(messages).toMatch(/object without rows of text\. Available fields:/);
    }
    expect((await readJson({ a: [{ b: one }] }, 'nothing')).said).toMatch(/No field 'nothing'.*Available fields: a\./);
  });

  it('reads lines that are not strict JSON as they are meant, with a count', async () => {
    const lines = `{"text": "${one}", "score": NaN}\n{"text": "${two}"},\n{'text': "It's a lamp.", 'ok': True, 'no': None}\nrubbish\n`;
    const { texts, said: messages } = await readJson(lines, null, 'a.jsonl');
    expect(texts).toEqual([one, two, "It's a lamp."]);
    expect(messages).toMatch(/3 lines are not strict JSON .* first: line 1/);
    expect(messages).toMatch(/1 line is not valid JSON and was skipped; line 4/);
  });
});

describe('more shapes', () => {
  const texts = [
    'The harbour froze in that winter.',
    'Nobody rang the bell for days.',
    'Then the ice broke with a roar.',
  ];
  const readJson = async (name: string, content: string) => {
    const { documents, problems } = await read(name, content);
    return { texts: documents.map(({ text }) => text), said: problems.map(({ message }) => message).join('\n') };
  };

  it("pandas' columns whose index is words", async () => {
    const columns = { remark: { a: texts[0], b: texts[1], c: texts[2] }, n: { a: 1, b: 2, c: 3 } };
    expect((await readJson('a.json', JSON.stringify(columns))).texts).toEqual(texts);
  });

  it('lists of paragraphs of different lengths are no table', async () => {
    const { texts: read, said } = await readJson('a.json', JSON.stringify([[texts[0], texts[1]], [texts[2]]]));
    expect(read).toEqual([`${texts[0]}\n\n${texts[1]}`, texts[2]]);
    expect(said).toContain('1 row is a list of texts');
  });

  it('a row without the field of the others is read from its own sentences', async () => {
    const rows = [{ text: texts[0] }, { remark: texts[1] }, [texts[2]], { n: 5 }];
    const { texts: read, said } = await readJson('a.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
    expect(read).toEqual(texts);
    expect(said).toContain('1 row has different fields and was read from remark (first: row 2).');
    expect(said).toContain('1 of 4 rows contains no text and was skipped (first: row 4).');
  });

  it('rows however deep', async () => {
    const deep = { a: { b: { c: { d: { e: { f: { rows: texts.map((text) => ({ text })) } } } } } } };
    expect((await readJson('a.json', JSON.stringify(deep))).texts).toEqual(texts);
  });

  it('an object that is not strict JSON is said to be so', async () => {
    const { texts: read, said } = await readJson('a.json', `{\n// rows\nrows: [{text: '${texts[0]}'},],}`);
    expect(read).toEqual([texts[0]]);
    expect(said).toContain('1 value is not strict JSON');
  });

  it('an empty object holds nothing', async () => {
    const { texts: read, said } = await readJson('a.json', '{}');
    expect(read).toEqual([]);
    expect(said).toBe('No rows found.');
  });

  it('a field that was guessed is named though it is the only one', async () => {
    expect((await readJson('a.jsonl', JSON.stringify({ image: { path: 'a.png' } }))).said).toContain(
      "Text is read from 'image.path'.",
    );
  });
});
