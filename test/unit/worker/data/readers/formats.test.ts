import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { readDocuments } from './whole-documents.ts';
import { docx, epub, pdf, placesOf, useFiles, zip } from './samples.ts';

const { state, write, read, readOne } = useFiles();
const vectors = join(import.meta.dirname, '../../../../vectors/data');

describe('plain text', () => {
  it('is kept as it is, line ends and all', async () => {
    const text = 'One\r\n\ttwo\u00a0\n\n\n  three\r';
    expect((await readOne('a.txt', text)).text).toBe(text);
  });

  it.each([
    ['utf-8', 'Größe, naïve café – “quoted” 日本語 😀'],
    ['utf-16le', 'Größe und Weite der See, 日本語 😀'],
    ['utf-16be', 'Größe und Weite der See, 日本語 😀'],
    ['utf-32le', 'Größe und Weite'],
  ])('is read in %s with a byte order mark', async (encoding, text) => {
    const marked = iconv.encode(text, encoding, { addBOM: true });
    expect((await readOne('marked.txt', marked)).text).toBe(text);
  });

  const german =
    'Nennt mich Ismael. Ein paar Jahre ist’s her – unwichtig, wie lang genau –, da hatte ich wenig bis gar kein Geld im Beutel, und an Land reizte mich nichts Besonderes, und so dacht ich mir, ich wollt ein wenig herumsegeln und mir den wässerigen Teil der Welt besehen. Größe, Süden, Öl, ähnlich.';
  it.each([
    ['utf-16le', german],
    ['utf-16be', german],
    ['windows-1252', german],
    [
      'windows-1252',
      'Longtemps, je me suis couché de bonne heure. Parfois, à peine ma bougie éteinte, mes yeux se fermaient si vite que je n’avais pas le temps de me dire : « Je m’endors. »',
    ],
    [
      'windows-1251',
      'Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему. Все смешалось в доме Облонских.',
    ],
    [
      'koi8-r',
      'Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему. Все смешалось в доме Облонских.',
    ],
    [
      'shift_jis',
      '吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。何でも薄暗いじめじめした所でニャーニャー泣いていた事だけは記憶している。',
    ],
    [
      'euc-jp',
      '吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。何でも薄暗いじめじめした所でニャーニャー泣いていた事だけは記憶している。',
    ],
    [
      'gb18030',
      '话说天下大势，分久必合，合久必分。周末七国分争，并入于秦。及秦灭之后，楚、汉分争，又并入于汉。汉朝自高祖斩白蛇而起义，一统天下。',
    ],
    [
      'big5',
      '話說天下大勢，分久必合，合久必分。周末七國分爭，並入於秦。及秦滅之後，楚、漢分爭，又並入於漢。漢朝自高祖斬白蛇而起義，一統天下。',
    ],
    [
      'euc-kr',
      '나랏말이 중국과 달라 한자와는 서로 통하지 아니하므로 어리석은 백성이 말하고자 하는 바가 있어도 마침내 제 뜻을 능히 펴지 못하는 사람이 많다.',
    ],
  ])('plain text in %s is recognised without a mark', async (encoding, text) => {
    const { documents, problems } = await read('legacy.txt', iconv.encode(text, encoding));
    expect(documents.map((document) => document.text)).toEqual([text]);
    expect(problems).toEqual([expect.objectContaining({ severity: 'note' })]);
  });

  it('is not torn at the borders of pieces, in any encoding', async () => {
    const text = '話說天下大勢😀'.repeat(200_000);
    expect((await readOne('large.txt', text)).text === text).toBe(true);
    expect((await readOne('large.txt', iconv.encode(text, 'utf-16le', { addBOM: true }))).text === text).toBe(true);
    const legacy = `x${text.replaceAll('😀', '')}`;
    const { documents } = await read('large.txt', iconv.encode(legacy, 'big5'));
    expect(documents[0].text === legacy).toBe(true);
  });

  it('plain text that is ASCII at its beginning only is looked at further on', async () => {
    const text = `${'plain words and nothing else\n'.repeat(20_000)}${german.repeat(100)}`;
    const { documents } = await read('late.txt', iconv.encode(text, 'windows-1252'));
    expect(documents[0].text === text).toBe(true);
  });

  it('plain text that is binary is refused', async () => {
    const rubbish = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * index * 31 + 7 * index) % 256));
    for (const name of ['a.txt', 'a.unknown', 'a'])
      expect((await read(name, rubbish)).problems).toEqual([
        expect.objectContaining({ severity: 'skipped', message: expect.stringContaining('Not a text file') as string }),
      ]);
    expect((await read('a.txt', readFileSync(process.execPath).subarray(0, 100_000))).problems[0].message).toMatch(
      /Programs/,
    );
  });
});

describe('Markdown', () => {
  it('keeps its text and finds its headings', async () => {
    const text = [
      '# One #',
      '',
      'Text',
      '===',
      'Under',
      '---',
      '```',
      '# no heading',
      '```',
      '## Two *x*',
      '#nope',
      '- item',
      '---',
      'last',
    ].join('\n');
    const document = await readOne('a.md', text);
    expect(document.text).toBe(text);
    expect(placesOf(document)).toEqual([
      'heading 1 One: # One #\n\nTex',
      'heading 1 Text: Text\n===\nUnd',
      'heading 2 Under: Under\n---\n``',
      'heading 2 Two *x*: ## Two *x*\n#',
    ]);
  });

  it('is the same however large', async () => {
    const text = Array.from(
      { length: 60_000 },
      (_, index) => `Title ${index}\n-----\nSome text of section ${index}.\n\n`,
    ).join('');
    const document = await readOne('a.md', text);
    expect(document.text === text).toBe(true);
    expect(document.places.length).toBe(60_000);
    expect(document.places.every(({ label, offset }) => text.startsWith(label, offset))).toBe(true);
    const unbroken = 'x'.repeat(3_000_000);
    expect((await readOne('a.md', unbroken)).text === unbroken).toBe(true);
  });
});

describe('HTML', () => {
  it('gives its text, title and headings', async () => {
    const document = await readOne(
      'a.html',
      `<!doctype html><html><head><title>A &amp; B</title><style>p{}</style><script>no()</script></head><body>
       <h1>Chapter <em>One</em></h1><p>First   paragraph,<br>second line.</p><p>Caf&eacute; <b>bold</b>!</p>
       <ul><li>one<li>two</ul><pre>  kept
    as is</pre><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table><h2>Next</h2>end</body></html>`,
    );
    expect(document.title).toBe('A & B');
    expect(document.text).toBe(
      'Chapter One\n\nFirst paragraph,\nsecond line.\n\nCafé bold!\n\n- one\n- two\n\n  kept\n    as is\n\na\tb\nc\td\n\nNext\n\nend',
    );
    expect(placesOf(document)).toEqual(['heading 1 Chapter One: Chapter One\n', 'heading 2 Next: Next\n\nend']);
  });

  it('believes the encoding that it names', async () => {
    const page = '<html><head><meta charset="windows-1250"></head><body>Příliš žluťoučký kůň</body></html>';
    expect((await readOne('a.html', iconv.encode(page, 'windows-1250'))).text).toBe('Příliš žluťoučký kůň');
  });

  it('refuses to nest for ever, and pages without text', async () => {
    expect((await read('deep.html', '<div>'.repeat(200_000))).problems[0].message).toMatch(/nested/);
    expect((await read('none.html', '<html><body><img></body></html>')).problems[0].message).toMatch(/no text/);
  });
});

describe('JSON and JSON lines', () => {
  const texts = (result: Awaited<ReturnType<typeof read>>) => result.documents.map(({ text }) => text);

  it.each([
    ['an array of objects', 'a.json', '[{"text":"one","id":1},{"text":"t\\u0077o"},{"text":"thr\\"ee"}]'],
    ['an array of strings', 'a.json', '["one", "two",\n "thr\\"ee"]'],
    ['an object with an array', 'a.json', '{"version":1,"data":[{"text":"one"},{"text":"two"},{"text":"thr\\"ee"}]}'],
    ['objects one after another', 'a.json', '{"text":"one"}\n{"text":"two"} {"text":"thr\\"ee"}'],
    ['lines', 'a.jsonl', '{"text":"one"}\r\n\n{"text":"two"}\n{"text":"thr\\"ee"}'],
    ['lines of strings', 'a.ndjson', '"one"\n"two"\n"thr\\"ee"\n'],
    ['an array that is called lines', 'a.jsonl', '[\n{"text":"one"},\n{"text":"two"},\n{"text":"thr\\"ee"}\n]'],
    [
      'another field, found by its length',
      'a.jsonl',
      '{"k":"x","v":"one"}\n{"k":"","v":"two"}\n{"k":"","v":"thr\\"ee"}',
    ],
  ])('%s', async (_, name, content) => {
    const result = await read(name, content);
    expect(result.problems.filter(({ severity }) => severity !== 'note')).toEqual([]);
    expect(texts(result)).toEqual(['one', 'two', 'thr"ee']);
  });

  it('takes the field that is named, by a path too', async () => {
    const rows = '{"text":"no","meta":{"body":"one"},"a.b":"x"}\n{"text":"no","meta":{"body":"two"},"a.b":"y"}';
    expect(texts(await read('a.jsonl', rows, 'meta.body'))).toEqual(['one', 'two']);
    expect(texts(await read('a.jsonl', rows, 'a.b'))).toEqual(['x', 'y']);
    const wrong = await read('a.jsonl', rows, 'nothing');
    expect(wrong.problems[0].message).toMatch(/Field 'nothing' not found.*text, meta, a\.b/);
  });

  it('leaves out what is not JSON or has no text, and tells how much', async () => {
    const result = await read('a.jsonl', '{"text":"one"}\n{"text":\n{"other":1}\n{"text":"two"}\n{"text":7}\nrubbish');
    expect(texts(result)).toEqual(['one', 'two']);
    expect(result.problems.map(({ message }) => message).join()).toMatch(
      /2 of 4 rows.*row 2.*2 lines are not valid JSON.*line 2/,
    );
  });

  it('reads a single object of another kind as the text that it is', async () => {
    const text = '{\n  "name": "a-package",\n  "version": "1.0.0"\n}\n';
    expect((await readOne('package.json', text)).text).toBe(text);
  });

  it('refuses rubbish, truncated and very deep files', async () => {
    for (const content of ['hello', '{"text": "never', '[[[[', ']', '[1,2,3]', '{"a":}'.repeat(5), '[{"text":'])
      expect((await read('a.json', content)).documents.map(({ text }) => text)).not.toContain('never');
    expect((await read('deep.json', '['.repeat(300_000))).documents).toEqual([]);
    expect((await read('deep.json', `[${'{"a":'.repeat(100_000)}`)).documents).toEqual([]);
    expect(
      (await read('deep.jsonl', `{"text":"one","deep":${'['.repeat(5000)}${']'.repeat(5000)}}`)).documents.length,
    ).toBe(1);
  });

  it('replaces an unpaired surrogate', async () => {
    const [{ text }] = (await read('a.jsonl', '{"text":"a\\ud800b"}')).documents;
    expect(Buffer.from(text, 'utf8').toString()).toBe('a\ufffdb');
  });

  it.each([
    [
      'messages',
      '{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Two?"},{"role":"assistant","content":"2"},{"role":"user","content":[{"type":"text","text":"Three?"}]},{"role":"assistant","content":"3"}]}',
    ],
    [
      'conversations',
      '{"id":1,"conversations":[{"from":"system","value":"Be brief."},{"from":"human","value":"Two?"},{"from":"gpt","value":"2"},{"from":"human","value":"Three?"},{"from":"gpt","value":"3"}]}',
    ],
  ])('reads chats in %s with the answers to be learned', async (_, row) => {
    const { text, learned, turnEnds } = await readOne('chat.jsonl', row);
    expect(text).toBe(
      '### System:\nBe brief.\n\n### Instruction:\nTwo?\n\n### Response:\n2\n\n### Instruction:\nThree?\n\n### Response:\n3',
    );
    expect(learned.map(({ start, end }) => text.slice(start, end))).toEqual(['2', '3']);
    expect(turnEnds).toEqual(learned.map(({ end }) => end));
  });

  it('reads questions with answers, and leaves out chats without any', async () => {
    const result = await read(
      'pairs.jsonl',
      '{"instruction":"Add.","input":"1 2","output":"3"}\n{"instruction":"Nothing","input":"","output":""}',
    );
    expect(result.documents.map(({ text }) => text)).toEqual(['### Instruction:\nAdd.\n\n1 2\n\n### Response:\n3']);
    expect(result.problems.length).toBe(1);
    expect((await read('c.jsonl', '{"messages":[{"role":"user","content":"?"}]}')).documents).toEqual([]);
  });
});

describe('tables', () => {
  const texts = async (name: string, content: string, field: string | null = null) =>
    (await read(name, content, field)).documents.map(({ text }) => text);

  it.each([
    ['commas and quotes', 'a.csv', 'id,text\n1,"one, ""and"" a half"\n2,"two\nlines"\n'],
    ['semicolons', 'a.csv', 'id;text\n1;"one, ""and"" a half"\n2;"two\nlines"\n'],
    ['tabs', 'a.tsv', 'id\ttext\n1\t"one, ""and"" a half"\n2\t"two\nlines"\n'],
    ['a mark at the beginning', 'a.csv', '\ufeffid,text\n1,"one, ""and"" a half"\n2,"two\nlines"\n'],
    ['no header', 'a.csv', '1,"one, ""and"" a half"\n2,"two\nlines"\n'],
  ])('tables with %s are read', async (_, name, content) => {
    expect(await texts(name, content)).toEqual(['one, "and" a half', 'two\nlines']);
  });

  it('take the column that is named, or numbered', async () => {
    const table = 'title,body,summary\nA,the long text of a,short\nB,the long text of b,brief\n';
    expect(await texts('a.csv', table)).toEqual(['the long text of a', 'the long text of b']);
    expect(await texts('a.csv', table, 'summary')).toEqual(['short', 'brief']);
    expect(await texts('a.csv', '1,a text\n2,b text\n', '2')).toEqual(['a text', 'b text']);
    expect((await read('a.csv', table, 'nothing')).problems[0].message).toMatch(/title, body, summary/);
  });

  it('tables of one column are read line by line', async () => {
    expect(await texts('a.csv', 'text\nSome words, and more.\nOthers; too\n')).toEqual([
      'Some words, and more.',
      'Others; too',
    ]);
  });

  it('keep stray quotes', async () => {
    expect(await texts('a.tsv', 'id\ttext\n1\t"Quoted" first\n2\the said "so"\n3\t5" pipe\n')).toEqual([
      '"Quoted" first',
      'he said "so"',
      '5" pipe',
    ]);
  });
});

describe('Parquet', () => {
  it.each(['snappy', 'zstd', 'gzip', 'brotli', 'lz4', 'none'])(
    'WikiText packed by %s becomes articles',
    async (codec) => {
      const { documents, problems } = await readDocuments([join(vectors, `wikitext-${codec}.parquet`)]);
      expect(problems).toEqual([]);
      expect(documents.map(({ title }) => title)).toEqual(['First Article', 'Second Article']);
      expect(documents[0].text).toBe(
        ' = First Article = \n\n Its opening line . \n\n = = A Section = = \n\n More text = with signs = in it . \n\n',
      );
      expect(documents[1].text).toBe(' = Second Article = \n\n Größe , naïve , 日本語 . \n\n');
      expect(placesOf(documents[0])).toEqual([
        'heading 1 First Article:  = First Art',
        'heading 2 A Section:  = = A Secti',
      ]);
    },
  );

  it('Parquet of several groups is read by the column of text, rows without any left out', async () => {
    const { documents, problems } = await readDocuments([join(vectors, 'rows.parquet')]);
    expect(documents.length).toBe(999);
    expect(documents[999 - 1].text).toBe(`Document number 999. ${'word '.repeat(999 % 7)}`);
    expect(problems.map(({ message }) => message).join()).toMatch(/1 of 1000 rows.*row 501/);
    const named = await readDocuments([join(vectors, 'rows.parquet')], { options: { field: 'url' } });
    expect(named.documents[7].text).toBe('https://example.org/7');
  });

  it('Parquet of chats gives the answers to be learned', async () => {
    const { documents } = await readDocuments([join(vectors, 'messages.parquet')]);
    expect(documents.map(({ text, learned }) => learned.map(({ start, end }) => text.slice(start, end)))).toEqual([
      ['An animal.'],
      ['2', '3'],
    ]);
  });

  it('Parquet without text, or damaged, is refused', async () => {
    expect((await readDocuments([join(vectors, 'numbers.parquet')])).problems[0].message).toMatch(/no text column/);
    const whole = readFileSync(join(vectors, 'rows.parquet'));
    for (const part of [whole.subarray(0, 9000), whole.subarray(9000), Buffer.from('PAR1PAR1')])
      expect((await read('broken.parquet', part)).problems.length).toBe(1);
  });
});

describe('EPUB', () => {
  const chapters: [string, string, string][] = [
    ['b.xhtml', 'Loomings', '<h1>Loomings</h1><p>Call me Ishmael.</p>'],
    ['a b.xhtml', 'The Carpet-Bag', '<p>I stuffed a shirt &#233; or two.</p>'],
  ];
  it.each([2, 3] as const)('version %s gives chapters in their order', async (version) => {
    const document = await readOne('a.epub', epub(chapters, version));
    expect(document.title).toBe('The Book');
    expect(document.text).toBe('Loomings\n\nCall me Ishmael.\n\nI stuffed a shirt é or two.');
    expect(placesOf(document)).toEqual([
      'chapter 1 Loomings: Loomings\n\nCa',
      'heading 1 Loomings: Loomings\n\nCa',
      'chapter 1 The Carpet-Bag: I stuffed a ',
    ]);
  });

  it('EPUB without a package is read by its pages; without text, or protected, it is refused', async () => {
    const loose = await read('a.epub', zip({ 'b.html': '<p>two</p>', 'a.html': '<p>one</p>' }));
    expect(loose.documents[0].text).toBe('one\n\ntwo');
    expect(loose.problems[0].severity).toBe('note');
    expect((await read('b.epub', epub([['a.xhtml', 'A', '<img/>']]))).problems[0].message).toMatch(/no text/);
    const locked = zip({
      'META-INF/encryption.xml': '<encryption><CipherReference URI="OEBPS/a.xhtml"/></encryption>',
      'OEBPS/a.xhtml': 'x',
    });
    expect((await read('c.epub', locked)).problems[0].message).toMatch(/protected/);
    expect((await read('d.epub', 'no zip')).problems[0].message).toMatch(/damaged/);
  });
});

describe('Word documents', () => {
  it('give paragraphs and headings', async () => {
    const document = await readOne(
      'a.docx',
      docx([
        ['A Report', 'Title'],
        ['Part One', 'Heading1'],
        ['Some text &amp; more.'],
        ['Detail', 'Heading2'],
        ['End.'],
      ]),
    );
    expect(document.text).toBe('A Report\n\nPart One\n\nSome text & more.\n\nDetail\n\nEnd.');
    expect(document.title).toBe('A Report');
    expect(document.places.map(({ label, level }) => `${label} ${level}`)).toEqual([
      'A Report 1',
      'Part One 1',
      'Detail 2',
    ]);
  });

  it('are refused where they are none', async () => {
    expect((await read('a.docx', zip({ 'x.txt': 'hello' }))).problems[0].message).toMatch(/Not a Word document/);
    expect((await read('b.docx', docx([['']]))).problems[0].message).toMatch(/no text/);
    expect((await read('c.docx', docx([['text']]).subarray(0, 900))).problems[0].message).toMatch(/damaged/);
  });
});

describe('archives', () => {
  it('give their files in order, by the readers of their formats', async () => {
    const inner = zip({ 'deep.txt': 'from within' });
    const { documents, problems } = await read(
      'a.zip',
      zip({
        'z.txt': 'last',
        'a/rows.jsonl': '{"text":"one"}\n{"text":"two"}',
        'a/inner.zip': inner,
        '.hidden': 'no',
        '__MACOSX/x.txt': 'no',
        'picture.png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]),
        'paper.pdf': pdf([['A page']]),
      }),
    );
    expect(documents.map(({ text }) => text)).toEqual(['from within', 'one', 'two', 'A page', 'last']);
    expect(documents[0].source).toBe(join(state.folder, 'a.zip/a/inner.zip/deep.txt'));
    expect(problems.map(({ message }) => message)).toEqual([
      '1 system file was skipped: __MACOSX/x.txt.',
      'Hidden file, ignored.',
      'PNG images are not supported.',
    ]);
  });

  it('give what gzip packed', async () => {
    expect((await readOne('a.txt.gz', gzipSync('hello'))).text).toBe('hello');
    expect((await readOne('b.gz', gzipSync('hello'))).text).toBe('hello');
    const rows = await read('c.jsonl.gz', Buffer.concat([gzipSync('{"text":"one"}\n'), gzipSync('{"text":"two"}\n')]));
    expect(rows.documents.map(({ text }) => text)).toEqual(['one', 'two']);
  });

  it('keep the rows before the damage', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) =>
      JSON.stringify({ text: `row ${index} ${(index * 7919) % 10007}` }),
    );
    const packed = gzipSync(lines.join('\n'));
    const { documents, problems } = await read('cut.jsonl.gz', packed.subarray(0, packed.length / 2));
    expect(documents.length).toBeGreaterThan(5000);
    expect(problems).toEqual([expect.objectContaining({ severity: 'partly-read' })]);
  });

  it('archives that are bombs are refused without filling memory or disk', async () => {
    const zeros = Buffer.alloc(80_000_000, 0x20);
    const bomb = zip({ 'bomb.txt': zeros });
    expect((await read('bomb.zip', bomb)).problems[0].message).toMatch(/zip bomb/);
    expect((await read('bomb.txt.gz', gzipSync(zeros))).problems[0].message).toMatch(/zip bomb/);
    let nested = zip({ 'a.txt': 'x' });
    for (let depth = 0; depth < 6; depth++) nested = zip({ [`${depth}.zip`]: nested });
    expect((await read('nested.zip', nested)).problems[0].message).toMatch(/archives deep/);
  }, 60_000);
});

describe('what cannot be read', () => {
  it('is named with the reason', async () => {
    expect((await read('empty.txt', '')).problems[0].message).toBe('The file is empty.');
    expect((await read('a.xlsx', zip({ x: 'y' }))).problems[0].message).toMatch(/Spreadsheets/);
    expect((await read('a.rtf', '{\\rtf1 hello}')).problems[0].message).toMatch(/RTF/);
    expect((await read('one.txt', 'x')).documents[0].text).toBe('x');
    expect((await read('zero.txt', Buffer.from([0]))).documents).toEqual([]);
    write('x.txt', '');
  });
});
