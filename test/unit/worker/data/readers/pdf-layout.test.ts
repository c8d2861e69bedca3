import { describe, expect, it } from 'vitest';
import { pageLines } from '../../../../../worker/data/readers/pdf-layout.ts';
import { column, placedPdf, type Placed } from './placed-pdf.ts';
import { useFiles } from './samples.ts';

const { read, readOne } = useFiles();
let files = 0;
const textOf = async (...pages: Placed[][]) => (await readOne(`placed-${++files}.pdf`, placedPdf(pages))).text;

/** Row by row, as many programs write columns. */
const byRows = (...columns: Placed[][]): Placed[] =>
  Array.from({ length: Math.max(...columns.map(({ length }) => length)) }, (_, row) =>
    columns.flatMap((texts) => texts.slice(row, row + 1)),
  ).flat();

const left = [
  'The left column speaks of kettles',
  'and of nothing else, because the',
  'caretaker wrote it on a quiet',
  'Sunday before the lamp was lit.',
];
const middle = [
  'In the middle stand the cups that',
  'nobody counted, though everyone',
  'who came by was asked to look',
  'at them for a little while.',
];
const right = [
  'The right column tells how many',
  'cups were counted in the long',
  'cupboard, and who counted them,',
  'and why the number changed.',
];
const joined = (lines: string[]) => lines.join(' ');

describe('columns of a PDF', () => {
  it('are read one after another, however they are written', async () => {
    const [one, two] = [column(60, 700, left), column(320, 700, right)];
    const expected = `${joined(left)}\n\n${joined(right)}`;
    expect(await textOf(byRows(one, two))).toBe(expected);
    expect(await textOf([...one, ...two])).toBe(expected);
    // Lines that are not level.
    expect(await textOf(byRows(one, column(320, 694, right)))).toBe(expected);
  });

  it('may be three, below what stands across them and above it', async () => {
    const title: Placed = {
      x: 60,
      y: 740,
      text: 'A title that runs over all of the columns of the page, quite far',
      size: 16,
    };
    const foot: Placed = {
      x: 60,
      y: 600,
      text: 'A last sentence below them that runs over all of the columns again, from one side.',
    };
    const three = byRows(column(40, 700, left, 10), column(222, 700, middle, 10), column(404, 700, right, 10));
    expect(await textOf([title, ...three, foot])).toBe(
      [title.text, joined(left), joined(middle), joined(right), foot.text].join('\n\n'),
    );
  });

  it('run on within a sentence', async () => {
    const [first, second] = [
      [...left.slice(0, 3), 'Sunday before the lamp was'],
      ['lit in the long cupboard where', ...right.slice(1)],
    ];
    expect(await textOf(byRows(column(60, 700, first), column(320, 700, second)))).toBe(joined([...first, ...second]));
  });
});

describe('tables of a PDF', () => {
  it('keep their rows', async () => {
    const table = byRows(
      column(60, 700, ['Item', 'Kettle', 'Long spoon', 'Cup']),
      column(220, 700, ['Price', '12.50', '3.00', '1.25']),
      column(380, 700, ['Kept in', 'the kitchen', 'the drawer', 'the long cupboard']),
    );
    const rows =
      'Item\tPrice\tKept in\nKettle\t12.50\tthe kitchen\nLong spoon\t3.00\tthe drawer\nCup\t1.25\tthe long cupboard';
    expect(await textOf(table)).toBe(rows);
    const around = [{ x: 60, y: 740, text: 'What there is:' }, ...table, { x: 60, y: 620, text: 'And that is all.' }];
    expect(await textOf(around)).toBe(`What there is:\n\n${rows}\n\nAnd that is all.`);
  });

  it('may have two rows, with cells close to each other', async () => {
    const wide = [
      ...[
        { x: 60, y: 700, text: 'Name' },
        { x: 126.4, y: 700, text: 'Price' },
      ],
      ...[
        { x: 60, y: 682, text: 'Green teas' },
        { x: 126.4, y: 682, text: '4.20' },
      ],
    ];
    expect(await textOf(wide)).toBe('Name\tPrice\nGreen teas\t4.20');
    const before = { x: 60, y: 730, text: 'The prices of the year are as follows.' };
    const after = { x: 60, y: 650, text: 'The table ends here.' };
    expect(await textOf([before, ...wide, after])).toBe(
      `${before.text}\n\nName\tPrice\nGreen teas\t4.20\n\n${after.text}`,
    );
    // Cells that are centred.
    const centred = [
      ...[
        { x: 60, y: 700, text: 'Alpha' },
        { x: 100.1, y: 700, text: 'Betta' },
      ],
      ...[
        { x: 71, y: 682, text: '1' },
        { x: 109.9, y: 682, text: '2' },
      ],
    ];
    expect(await textOf(centred)).toBe('Alpha\tBetta\n1\t2');
  });

  it('are not lists with signs before their entries', async () => {
    const list = byRows(column(60, 700, ['1.', '2.', '3.', '4.']), column(85, 700, left));
    expect(await textOf(list)).not.toContain('\t');
  });
});

describe('lists of a PDF', () => {
  it.each([
    ['bullets', ['Bring with you', '• a kettle with a lid', '• two cups for the guests', '• a spoon']],
    ['numbers', ['Do it in this order.', '1. Fill the kettle', '2. Light the lamp', '3. Wait for a while']],
    ['dashes', ['Bring with you:', '– a kettle with a lid', '– two cups for the guests', '– a spoon']],
  ])('with %s keep their items', async (_, lines) => {
    expect(await textOf(column(60, 700, lines))).toBe(lines.join('\n'));
  });

  it('have items of more than one line', async () => {
    const lines = ['• a kettle with a lid that', 'fits it', '• two cups'];
    expect(await textOf(column(60, 700, lines))).toBe('• a kettle with a lid that fits it\n• two cups');
  });

  it('are not dashes and numbers at the beginning of a line', async () => {
    const lines = ['The lamp was lit in the year', '1984. Nobody counted the cups', '– they were', '12. of many'];
    expect(await textOf(column(60, 700, lines))).toBe(joined(lines));
  });
});

describe('the edges of the pages of a PDF', () => {
  const body = (page: number) =>
    column(60, 700, [
      `Text of page ${page} that goes on for`,
      'a while and ends with the word',
      ['civil', 'ill', 'vivid', '1984', 'mix'][page],
    ]);
  const pagesWith = (extra: (page: number) => Placed[]) =>
    Array.from({ length: 5 }, (_, page) => [...body(page), ...extra(page)]);
  const bodies = Array.from({ length: 5 }, (_, page) => joined(body(page).map(({ text }) => text))).join('\n\n');

  it.each([
    ['numbers', (page: number) => `${page + 7}`],
    ['numbers of all', (page: number) => `Page ${page + 1} of 12`],
    ['numbers between dashes', (page: number) => `- ${page + 1} -`],
    ['Roman numbers', (page: number) => ['iii', 'iv', 'v', 'vi', 'vii'][page]],
    ['numbers and a title', (page: number) => `The Long Cupboard | ${page + 1}`],
    ['a title', () => 'The Long Cupboard'],
  ])('lose %s', async (_, foot) => {
    expect(
      (await textOf(...pagesWith((page) => [{ x: 280, y: 40, text: foot(page) }]))).replaceAll(/ (?=Text of)/g, '\n\n'),
    ).toBe(bodies);
    expect(
      (await textOf(...pagesWith((page) => [{ x: 280, y: 800, text: foot(page) }]))).replaceAll(
        / (?=Text of)/g,
        '\n\n',
      ),
    ).toBe(bodies);
  });

  it('keep numbers and words that belong to the text', async () => {
    const text = await textOf(...pagesWith(() => []));
    for (const word of ['civil', 'ill', 'vivid', '1984', 'mix']) expect(text).toContain(`the word ${word}`);
    expect(
      await textOf(...pagesWith((page) => [{ x: 280, y: 40, text: ['12', '7', '90', '3', '41'][page] }])),
    ).toContain('90');
  });
});

describe('hyphens at the ends of lines', () => {
  it.each([
    [['He gathered infor-', 'mation from all.'], 'He gathered information from all.'],
    [['It is a well-', 'known and cost-', 'effective lamp.'], 'It is a well-known and cost-effective lamp.'],
    [
      ['Some one- and two-', 'story houses, one-', 'and two-story.'],
      'Some one- and two-story houses, one- and two-story.',
    ],
    [
      ['A state-of-the-', 'art kettle of the Anglo-', 'Saxon kind, 1990-', '1995.'],
      'A state-of-the-art kettle of the Anglo-Saxon kind, 1990-1995.',
    ],
    [
      ['A blorpish-', 'greenly lamp, and blorpish-greenly again.'],
      'A blorpish-greenly lamp, and blorpish-greenly again.',
    ],
    [['Eine Haus-', 'nummer stand da.'], 'Eine Hausnummer stand da.'],
    [['Send an e-', 'mail.'], 'Send an e-mail.'],
  ])('%j', async (lines, text) => {
    expect(await textOf(column(60, 700, lines))).toBe(text);
  });
});

describe('letters of a PDF', () => {
  it('letters of a PDF that are large at a beginning, or raised, stay in their words', async () => {
    expect(
      await textOf([
        { x: 60, y: 686, text: 'T', size: 34 },
        ...column(82, 700, ['he kettle stood where it', 'always had, and nobody']),
        ...column(60, 672, ['looked at it any more.']),
      ]),
    ).toBe('The kettle stood where it always had, and nobody looked at it any more.');
    expect(
      await textOf([
        { x: 60, y: 700, text: 'E = mc' },
        { x: 97, y: 704, text: '2', size: 7 },
        { x: 102, y: 700, text: 'holds.' },
      ]),
    ).toMatch(/^E = mc ?2 ?holds\.$/);
  });

  it('letters of a PDF of Hebrew are put into the order in which they are read', async () => {
    // שלום עולם 123 טוב, drawn from the left.
    const line = 'בוט 123 םלוע םולש';
    expect(await textOf([{ x: 60, y: 700, text: line, font: 'hebrew' }])).toBe('שלום עולם 123 טוב');
    const words = line.split(' ').map((text, index): Placed => ({ x: 60 + 40 * index, y: 700, text, font: 'hebrew' }));
    expect((await textOf(words)).split(/\s+/)).toEqual(['שלום', 'עולם', '123', 'טוב']);
  });

  it('letters of a PDF that nobody names are left out and told', async () => {
    const unnamed: Placed = { x: 60, y: 700, text: 'The dancers closed the door quickly.', font: 'unnamed' };
    const whole = await read('unnamed.pdf', placedPdf([[unnamed]]));
    expect(whole.documents).toEqual([]);
    expect(whole.problems[0].message).toMatch(/have no Unicode mapping \(on 1 of 1 page\)/);
    const partly = await read(
      'partly.pdf',
      placedPdf([column(60, 700, left), [unnamed, { ...unnamed, font: 'latin', y: 600 }]]),
    );
    expect(partly.documents[0].text).toBe(`${joined(left)}\n\n${unnamed.text}`);
    expect(partly.problems).toEqual([
      expect.objectContaining({ severity: 'partly-read', message: expect.stringMatching(/on 1 page: 2\./) as string }),
    ]);
  });

  it('all in capitals and numbers are letters', async () => {
    const lines = ['THE KETTLE 12 AND', 'THE CUPS 1984 $500 (A-1)'];
    expect(await textOf(column(60, 700, lines))).toBe(joined(lines));
  });
});

describe('a sentence that a page breaks off', () => {
  const more = ['The last lines of the book are here,', 'and nothing is behind them at all.'];
  const pages = (one: string[], two: string[]) => textOf(column(60, 700, one), column(60, 700, two));

  it('goes on, whatever it goes on with', async () => {
    for (const next of [
      'Mary who had counted the long cups',
      '1984 cups that nobody had counted',
      'lit in the cupboard',
    ])
      expect(await pages([...left.slice(0, 3), 'Sunday before the lamp was given'], [next, ...more])).toContain(
        `was given ${next}`,
      );
  });

  it('goes on within a word', async () => {
    const text = await pages(
      [...left.slice(0, 3), 'Sunday before the lamp was forgot-'],
      ['ten by all, at last.', ...more],
    );
    expect(text).toContain('was forgotten by all');
  });

  it('goes on in the columns of the next page', async () => {
    const [one, two] = [
      column(60, 700, left),
      column(320, 700, [...right.slice(0, 3), 'and why the number was told to']),
    ];
    const next = ['Mary, who kept the long cupboard', ...left.slice(1)];
    const text = await textOf(byRows(one, two), byRows(column(60, 700, next), column(320, 700, right)));
    expect(text).toContain('was told to Mary, who kept');
  });

  it('does not where the next page begins anew', async () => {
    expect(await pages(left, ['Chapter two', ...more])).toContain('lit.\n\nChapter two');
    expect(await pages([...left.slice(0, 3), 'The end'], ['Another title', ...more])).toContain('end\n\nAnother');
  });

  it('goes on before the notes at the foot of its page', async () => {
    const notes: Placed[] = [
      { x: 60, y: 98, text: '1', size: 5 },
      { x: 64, y: 95, text: 'See the annals of the town, where the', size: 8 },
      { x: 60, y: 85, text: 'first stones are described.', size: 8 },
      { x: 60, y: 75, text: '2 The storm of 1703.', size: 8 },
    ];
    const first = [...column(60, 700, [...left.slice(0, 3), 'Sunday before the lamp was given']), ...notes];
    const second = column(60, 700, ['to Mary, who kept it.', ...more]);
    expect(await textOf(first, second)).toBe(
      `${joined(left.slice(0, 3))} Sunday before the lamp was given to Mary, who kept it. ${joined(more)}` +
        '\n\n1 See the annals of the town, where the first stones are described.\n\n2 The storm of 1703.',
    );
  });
});

describe('a page in Arabic', () => {
  const item = (str: string, y: number) => ({
    ...{ str, hasEOL: true, width: 300, height: 12 },
    transform: [12, 0, 0, 12, 60, y],
  });

  it('has the letters that are written, not the forms that are drawn', () => {
    const drawn = 'ﻓﻲ ﺍﻟﺼﺒﺎﺡ ﺧﺮﺝ ﺍﻟﺮﺟﻞ، ﺍﻷﺯﻫﺎﺭ ﻻ 75 ﷲ';
    expect(pageLines([item(drawn, 700)]).map(({ text }) => text)).toEqual(['في الصباح خرج الرجل، الأزهار لا 75 الله']);
  });

  it('has its brackets in their order', () => {
    const right = ['قال (صباح الخير) لها', 'ثم «السلام» عليكم'];
    const turned = ['قال )صباح الخير( لها', 'ثم »السلام« عليكم'];
    for (const lines of [right, turned])
      expect(pageLines(lines.map((line, index) => item(line, 700 - 20 * index))).map(({ text }) => text)).toEqual(
        right,
      );
  });
});
