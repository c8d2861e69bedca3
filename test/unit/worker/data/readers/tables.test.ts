import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectFiles } from '../../../../../worker/data/inspect.ts';
import { RecordReader, recordsIn } from '../../../../../worker/data/readers/table-records.ts';
import { useFiles } from './samples.ts';
import { readDocuments } from './whole-documents.ts';
import { toEnglish } from '../../../../../main/contract/message.ts';

const { read, write } = useFiles();
const vectors = join(import.meta.dirname, '../../../../vectors/data');

async function readTable(content: string, field: string | null = null, name = 'a.csv') {
  const { documents, problems } = await read(name, content, field);
  return { texts: documents.map(({ text }) => text), said: problems.map(({ message }) => message).join('\n') };
}

describe('dialects of tables', () => {
  it.each([
    [
      'spaces before quotes',
      'id, text, n\n1, "The kettle, it speaks", a\n2, "The lamp answers", b\n',
      ['The kettle, it speaks', 'The lamp answers'],
    ],
    [
      'lines that end as on old machines',
      'id,text\r1,"Two\rlines"\r2,Last one here\r',
      ['Two\rlines', 'Last one here'],
    ],
    [
      'sep= in front',
      'sep=;\nid;text;note\n1;"One, with ; in it";a\n2;"Two\nlines";b\n',
      ['One, with ; in it', 'Two\nlines'],
    ],
    [
      'sep= in quotes',
      '"sep=\t"\r\nid\ttext\r\n1\tOne of the two\r\n2\tTwo of the two\r\n',
      ['One of the two', 'Two of the two'],
    ],
    [
      'one column with quotes',
      'text\n"First.\nSecond with ""quotes""."\n"One, with a comma"\nPlain\n',
      ['First.\nSecond with "quotes".', 'One, with a comma', 'Plain'],
    ],
    [
      'words in quotes in one column',
      'text\n"Hello," she said to him.\n"Bye" and "again" he said.\n',
      ['"Hello," she said to him.', '"Bye" and "again" he said.'],
    ],
    [
      'backslashes before quotes',
      '"id","text"\n"1","He said \\"come in\\", then he left."\n"2","A plain row."\n',
      ['He said "come in", then he left.', 'A plain row.'],
    ],
    [
      'backslashes at the end',
      'id,text\n1,"The path is C:\\"\n2,"Another row of words"\n',
      ['The path is C:\\', 'Another row of words'],
    ],
    [
      'quotes that are not doubled',
      'id,text,n\n1,"He said "hello" to me",x\n2,"And "more" here, too",y\n',
      ['He said "hello" to me', 'And "more" here, too'],
    ],
    [
      'decimal commas',
      '1;3,5;Der Kessel spricht, immer\n2;4,25;Die Lampe antwortet, nie\n',
      ['Der Kessel spricht, immer', 'Die Lampe antwortet, nie'],
    ],
    [
      'bars',
      'a|b|text\n1|2|The kettle, it speaks\n3|4|The lamp; it answers\n',
      ['The kettle, it speaks', 'The lamp; it answers'],
    ],
    [
      'comments in front',
      '# exported\n# on monday\nid,text\n1,The kettle speaks\n2,The lamp answers\n',
      ['The kettle speaks', 'The lamp answers'],
    ],
    [
      'a title in front',
      'Report of the year\n\nid,text,n\n1,The kettle speaks,a\n2,The lamp answers,b\n3,The third one,c\n',
      ['The kettle speaks', 'The lamp answers', 'The third one'],
    ],
    [
      'marks at the end of rows',
      'id,text,\n1,The kettle speaks,\n2,The lamp answers,\n',
      ['The kettle speaks', 'The lamp answers'],
    ],
  ])('%s', async (_, content, expected) => {
    expect((await readTable(content)).texts).toEqual(expected);
  });

  it('a quote that is never closed costs its own line alone, which is named', async () => {
    const rows = Array.from({ length: 10 }, (_, index) => `${index + 3},Row number ${index + 3} stands here.`);
    const { texts, said: messages } = await readTable(`sku,text\n1,Monitor 27" wide\n2,"Pipe 3\n${rows.join('\n')}\n`);
    expect(texts.length).toBe(12);
    expect(texts.slice(0, 3)).toEqual(['Monitor 27" wide', '"Pipe 3', 'Row number 3 stands here.']);
    expect(messages).toMatch(/1 row has an unclosed quote.*line 3/);
  });

  it('nor do quoted cells behind it close it', async () => {
    const { texts } = await readTable(
      'id,text,n\n1,"Pipe 3 open,x\n2,"Quoted, fine",y\n3,Plain three,z\n4,"Another, quoted",w\n',
    );
    expect(texts).toEqual(['"Pipe 3 open', 'Quoted, fine', 'Plain three', 'Another, quoted']);
    const tabs = await readTable('id\ttext\n1\t"an open inch\n2\tsecond row here"\n3\tthird row here\n', null, 'a.tsv');
    expect(tabs.texts).toEqual(['"an open inch', 'second row here"', 'third row here']);
  });

  it('cells over and cells missing are counted, and nothing of the text is cut', async () => {
    const { texts, said: messages } = await readTable('id,text\n1,Hello, world and all\n2\n3,A plain row of words\n');
    expect(texts).toEqual(['Hello, world and all', 'A plain row of words']);
    expect(messages).toMatch(/1 row has more cells.*line 2/);
    expect(messages).toMatch(/1 row has fewer cells.*line 3/);
  });

  it('records are the same however the text is cut', () => {
    const text = 'id,text\r\n1,"two\r\nlines, ""here"""\r\n2,"open\r\n3,\'x\' and "y" z\r\n4,""\r\n5,last';
    const dialect = { delimiter: ',', quote: true, backslash: false };
    const whole = recordsIn(text, dialect, Infinity, false, 2);
    expect(whole.map(({ cells }) => cells)).toEqual([
      ['id', 'text'],
      ['1', 'two\r\nlines, "here"'],
      ['2', '"open'],
      ['3', '\'x\' and "y" z'],
      ['4', ''],
      ['5', 'last'],
    ]);
    expect(whole.map(({ line }) => line)).toEqual([1, 2, 4, 5, 6, 7]);
    for (let size = 1; size < text.length; size++) {
      const reader = new RecordReader(dialect, 2);
      const records = [];
      for (let start = 0; start < text.length; start += size)
        records.push(...reader.push(text.slice(start, start + size)));
      expect([...records, ...reader.end()]).toEqual(whole);
    }
  });
});

describe('headings of tables', () => {
  it.each([
    [
      'shorter than the rows',
      'text,label\n"1","The first, with comma","pos"\n"2","The second one is here","neg"\n',
      'text',
      ['The first, with comma', 'The second one is here'],
    ],
    [
      'over a cell longer than what is looked at',
      `text\n"${'word, '.repeat(60_000)}end"\nA short row after it.\n`,
      'text',
      [`${'word, '.repeat(60_000)}end`, 'A short row after it.'],
    ],
    [
      "pandas' index",
      ',text,label\n0,"The first, with a comma",pos\n1,The second one is here,neg\n',
      'text',
      ['The first, with a comma', 'The second one is here'],
    ],
    [
      "pandas' numbers",
      '0\nThe first text of two\nThe second text of two\n',
      '0',
      ['The first text of two', 'The second text of two'],
    ],
    [
      'questions',
      'When,"How do you like the kettle on the shelf of the kitchen, and why is that so?",Why?\n2026/01/05 9:00,Very,"Because it is blue, and calm."\n2026/01/06 9:00,Little,Because it sings at noon.\n',
      'Why?',
      ['Because it is blue, and calm.', 'Because it sings at noon.'],
    ],
    [
      'questions over words',
      'What is your name?,Why do you like the kettle?\nAda,Because it is blue.\nBo,It sings at noon to us.\n',
      'Why do you like the kettle?',
      ['Because it is blue.', 'It sings at noon to us.'],
    ],
    [
      'doubled',
      'id,comment,comment\n1,short a,The second comment of row one.\n2,short b,The second comment of row two.\n',
      'comment_2',
      ['The second comment of row one.', 'The second comment of row two.'],
    ],
    [
      'years',
      '2019,2020\nShort one,The longer text of the row one\nShort two,The longer text of the row two\n',
      '2020',
      ['The longer text of the row one', 'The longer text of the row two'],
    ],
    [
      'long',
      `id,${'a very long name of a column '.repeat(5)}\n1,The first text of two here\n2,The second text of two here\n`,
      `${'a very long name of a column '.repeat(5)}`.trim(),
      ['The first text of two here', 'The second text of two here'],
    ],
  ])('are no rows: %s', async (_, content, field, expected) => {
    expect((await readTable(content)).texts).toEqual(expected);
    expect((await readTable(content, field)).texts).toEqual(expected);
  });

  it('headings of tables that are missing are said to be, and the first row is one', async () => {
    const { texts, said: messages } = await readTable('1,The first text of two,pos\n2,The second text of two,neg\n');
    expect(texts).toEqual(['The first text of two', 'The second text of two']);
    expect(messages).toMatch(/first row is not a header; the columns were named 1, 2, 3/);
  });

  it('are named with what is left out, doubled ones by their numbers', async () => {
    const { said: messages } = await readTable('id,comment,comment\n1,short a,The second comment of row one.\n');
    expect(messages).toMatch(/are named comment; duplicates were numbered: id, comment, comment_2/);
    expect(messages).toMatch(/Text is read from 'comment_2'\. Ignored fields: 'id', 'comment'/);
  });

  it('choose sentences rather than what is long', async () => {
    const url = `https://example.org/${'a/'.repeat(60)}`;
    expect((await readTable(`url,remark\n${url}1,A nice kettle it is\n${url}2,A lamp that answers\n`)).texts).toEqual([
      'A nice kettle it is',
      'A lamp that answers',
    ]);
  });
});

describe('columns of Parquet', () => {
  const readVector = async (name: string, field: string | null = null) => {
    const { documents, problems } = await readDocuments([join(vectors, name)], { options: { field } });
    return { texts: documents.map(({ text }) => text), said: problems.map(({ message }) => message).join('\n') };
  };
  const texts = ['The first sentence of this file.', 'The second sentence of this file.'];

  it('are text by their types; bytes are not, unless they are UTF-8, which is said', async () => {
    const pictures = await readVector('pictures.parquet');
    expect(pictures.texts).toEqual(texts);
    expect(pictures.said).toBe("Text is read from 'caption'. Ignored fields: 'kind', 'picture', 'image'.");
    const bytes = await readVector('bytes.parquet');
    expect(bytes.texts).toEqual(texts);
    expect(bytes.said).toMatch(/Column words is not marked as text/);
    expect((await readVector('bytes.parquet', 'picture')).said).toMatch(
      /Column 'picture' contains no text\. Text columns: id, words/,
    );
  });

  it('have dots in their names, or paths through structures', async () => {
    expect((await readVector('dots.parquet', 'text.en')).texts).toEqual(texts);
    expect((await readVector('dots.parquet', 'text')).said).toMatch(
      /Text column 'text' not found\. Text columns: text\.en, text\.de/,
    );
    expect((await readVector('nested.parquet', 'meta.text')).texts).toEqual(texts);
    expect((await readVector('nested.parquet', 'other')).said).toMatch(
      /Text columns: meta\.text, meta\.language, parts/,
    );
    expect((await readVector('nested.parquet')).texts[0]).toBe(`${texts[0]}\n\nMore of it to read.`);
  });

  it('columns of Parquet that are compressed in a way that is not read are named', async () => {
    const bytes = Uint8Array.from(readFileSync(join(vectors, 'dots.parquet')));
    // The codec of each column is a field of its metadata: Snappy (1 as a zigzag number is 2) to LZO (3 is 6).
    let changed = 0;
    const footer = bytes.length - 8 - new DataView(bytes.buffer).getUint32(bytes.length - 8, true);
    for (let at = footer; at < bytes.length - 8; at++)
      if (bytes[at] === 0x15 && bytes[at + 1] === 2 && bytes[at + 2] === 0x16) {
        bytes[at + 1] = 6;
        changed++;
      }
    expect(changed).toBeGreaterThan(0);
    const { problems } = await read('lzo.parquet', bytes);
    expect(problems[0].message).toMatch(/compressed with LZO, which is not supported.*Snappy, gzip or Zstandard/s);
  });
});

describe('the preview', () => {
  it('shows what is left out of rows before anything is kept', async () => {
    const rows = Array.from({ length: 40_000 }, (_, index) =>
      JSON.stringify({
        messages: [
          { role: 'user', content: `Question ${index}?` },
          { role: 'assistant', content: `The answer is ${index}.`, thinking: 'Hm.' },
        ],
        id: index,
      }),
    );
    const paths = [write('long.jsonl', rows.join('\n'))];
    const seen = await inspectFiles({ paths, tokenizers: ['bytes'], field: null }, new AbortController().signal);
    const messages = seen.problems.map(({ message }) => toEnglish(message)).join('\n');
    expect(messages).toMatch(/Chats are read from 'messages'\. Ignored fields: 'id'/);
    expect(messages).toMatch(/unsupported fields, which were ignored: thinking/);
    expect(seen.sampledBytes).toBeLessThan(1 << 20);
    expect(seen.documents.length).toBe(4);
  });
});

describe('tables of many programs', () => {
  const texts = ['A dark sea, and no lamp.', 'The keeper slept; nobody called.', 'Then it was morning.'];

  it('a heading that is repeated where tables were joined is no document', async () => {
    const { texts: read, said } = await readTable(
      `id,text\n1,"${texts[0]}"\n2,"${texts[1]}"\n\ufeffid,text\n3,"${texts[2]}"\nid,text\n`,
    );
    expect(read).toEqual(texts);
    expect(said).toContain('2 rows repeat the header and were skipped (first: line 4).');
  });

  it.each([['^'], ['::'], ['~']])('columns with %s between them', async (mark) => {
    const rows = texts.map((text, index) => [index + 1, text, index].join(mark));
    expect((await readTable(`${['id', 'text', 'n'].join(mark)}\n${rows.join('\n')}\n`)).texts).toEqual(texts);
  });

  it('a line that names a delimiter which the rows do not have', async () => {
    expect((await readTable('sep=,\nid;text\n1;A dark sea\n2;The keeper slept\n')).texts).toEqual([
      'A dark sea',
      'The keeper slept',
    ]);
  });

  it('a comma after a backslash belongs to its cell, a folder ends with one', async () => {
    expect(
      (await readTable('id,text\n1,A dark sea\\, and no lamp\n2,The keeper\\, asleep\n3,Morning came\n')).texts,
    ).toEqual(['A dark sea, and no lamp', 'The keeper, asleep', 'Morning came']);
    const folders = 'id,folder,text\n1,C:\\dir\\,The first text\n2,D:\\x\\,The second text\n3,E:\\y\\,The third text\n';
    expect((await readTable(folders)).texts).toEqual(['The first text', 'The second text', 'The third text']);
  });
});

describe('Parquet that says little of its columns', () => {
  it('a number says which chat is preferred', async () => {
    const { documents } = await readDocuments([join(vectors, 'preferred.parquet')]);
    expect(documents.map(({ text }) => text)).toEqual([
      '### Instruction:\nWho is there?\n\n### Response:\nThe keeper.',
    ]);
  });

  it('bytes that are no text after all are counted', async () => {
    const { documents, problems } = await readDocuments([join(vectors, 'late-bytes.parquet')]);
    expect(documents.at(-1)!.text).toBe('Words \ufffd\ufffd and more.');
    expect(problems.map(({ message }) => toEnglish(message))).toContain(
      '2 byte sequences are not valid UTF-8 and were replaced with U+FFFD.',
    );
  });
});
