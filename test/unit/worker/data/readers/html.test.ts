import { describe, expect, it } from 'vitest';
import { placesOf, useFiles } from './samples.ts';

const { read, readOne } = useFiles();
const textOf = async (body: string) => (await read('a.html', `<html><body>${body}</body></html>`)).documents[0].text;
const row = (...cells: string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;

describe('what a page shows', () => {
  it.each([
    ['soft hyphens', '<p>The care&shy;taker re\u00admembers.</p>', 'The caretaker remembers.'],
    ['places to break a line', '<p>long\u200bword, 5\u2060km, a<wbr>b</p>', 'longword, 5km, ab'],
    ['no joiners between Latin letters', '<p>shelf&zwnj;ful, a\u200db</p>', 'shelfful, ab'],
    ['joiners of other scripts', '<p>می\u200cخواهم क्\u200dष 👩\u200d🚀</p>', 'می\u200cخواهم क्\u200dष 👩\u200d🚀'],
    ['joiners that are written as names', '<p>می&zwnj;خواهم</p>', 'می\u200cخواهم'],
    ['no soft hyphens in code', '<pre>a\u00adb\n c</pre>', 'ab\n c'],
    ['no second notation of a formula', '<math><mi>x</mi><annotation>x_TeX</annotation></math>', 'x'],
    ['nothing that only a script shows', '<p>a</p><template>b</template><noscript>c</noscript>', 'a'],
  ])('%s', async (_, body, text) => expect(await textOf(body)).toBe(text));

  it('has headings without them', async () => {
    expect(placesOf(await readOne('a.html', '<h1>Care&shy;taker\u200b</h1>x'))).toEqual([
      'heading 1 Caretaker: Caretaker\n\nx',
    ]);
  });

  it.each([
    '<p><ruby>言葉<rp>(</rp><rt>ことば</rt><rp>)</rp></ruby>は<ruby>表<rt>ひょう</rt>示<rt>じ</rt></ruby>。</p>',
    '<p><ruby>言葉<rt>ことば</ruby>は<ruby><rb>表<rb>示<rt>ひょう<rt>じ</ruby>。</p>',
    '<p><ruby>言葉<rt>ことば</rt></ruby>は<ruby>表示<rtc><rt>ひょうじ</rt></rtc></ruby>。</p>',
  ])('leaves readings out, and tells of them', async (body) => {
    const { documents, problems } = await read('a.html', body);
    expect(documents[0].text).toBe('言葉は表示。');
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^[123] ruby annotations were removed\.$/),
    ]);
  });

  it('leaves out what is hidden, and tells of it', async () => {
    const body =
      '<p hidden>no</p><div style="color:red; display: none"><p>no</p></div><p hidden></p><b style="visibility:hidden">no</b><p>yes</p>';
    const { documents, problems } = await read('a.html', body);
    expect(documents[0].text).toBe('yes');
    expect(problems.map(({ message }) => message)).toEqual(['3 hidden passages were removed.']);
  });
});

describe('tables', () => {
  it.each([
    [
      'blocks in cells',
      row('<p>Name</p>', '<p>Colour</p>') + row('<div>Kettle</div>', '<p>blue</p><p>grey</p>'),
      'Name\tColour\nKettle\tblue grey',
    ],
    [
      'line breaks and lists',
      row('a<br>b', '<ul><li>one</li><li>two</li></ul>') + row('c', 'd'),
      'a b\t- one - two\nc\td',
    ],
    ['headings of columns', '<thead><tr><th>A<th>B</thead><tbody><tr><td>1<td>2</tbody>', 'A\tB\n1\t2'],
    ['empty cells', row('', 'b', 'c') + row('a', '', 'c') + row('a', '', '') + row('', '', ''), '\tb\tc\na\t\tc\na'],
    ['cells over columns', '<tr><td colspan=2>ab<td>c</tr>' + row('1', '2', '3'), 'ab\t\tc\n1\t2\t3'],
    ['cells over rows', '<tr><td rowspan=2>a<td>b</tr>' + row('c') + row('d', 'e'), 'a\tb\n\tc\nd\te'],
    ['one column', row('a') + row('b'), 'a\nb'],
    ['a caption', `<caption>All</caption>${row('a', 'b')}`, 'All\n\na\tb'],
  ])('have a line per row: %s', async (_, rows, text) => {
    expect(await textOf(`x<table>${rows}</table>y`)).toBe(`x\n\n${text}\n\ny`);
  });

  it('tables that only arrange a page give its parts', async () => {
    const inner = `<table>${row('a', '<p>b</p>')}${row('c', 'd')}</table>`;
    expect(await textOf(`<table>${row('menu', `<h1>Head</h1><p>One.</p><p>Two.</p>${inner}`)}</table>`)).toBe(
      'menu\n\nHead\n\nOne.\n\nTwo.\n\na\tb\nc\td',
    );
    expect(await textOf(`<table>${row('1\n2', '<pre>a\n b</pre>')}</table>`)).toBe('1 2\n\na\n b');
    expect(await textOf(`<table>${row('<p>One.</p><p>Two.</p>')}</table>`)).toBe('One.\n\nTwo.');
    const document = await readOne('a.html', `<table>${row('x', '<h2>Head</h2>text')}</table>`);
    expect(placesOf(document)).toEqual(['heading 2 Head: Head\n\ntext']);
  });

  it('tables of any length are read', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => row(`<p>${index}</p>`, 'x')).join('');
    const text = await textOf(`<table>${rows}</table>`);
    expect(text.split('\n').length).toBe(20_000);
    expect(text.endsWith('\n19999\tx')).toBe(true);
  });
});

it('what forms hold and dialogues that are closed are left out, saved pages with mail headers refused', async () => {
  const page = '<textarea>typed</textarea><dialog>closed</dialog><dialog open>Open words.</dialog><p>Seen words.</p>';
  const { documents, problems } = await read('a.html', page);
  expect(documents[0].text).toBe('Open words.\n\nSeen words.');
  expect(problems.map(({ message }) => message)).toEqual(['1 hidden passage was removed.']);
  const saved = await read('a.mhtml', 'MIME-Version: 1.0\n\n<p>Caf=C3=A9</p>');
  expect(saved.documents).toEqual([]);
  expect(saved.problems[0].message).toBe('Web archives are not supported. Save the page as HTML.');
});
