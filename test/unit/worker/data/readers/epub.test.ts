import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { placesOf, useFiles, zip } from './samples.ts';

const { read } = useFiles();
const page = (body: string, title = 'Page') =>
  `<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>${title}</title></head><body>${body}</body></html>`;

interface Item {
  href: string;
  /** The name in the archive; null: not there. */
  file?: string | null;
  body?: string;
  more?: string;
  itemref?: string | null;
  type?: string;
}

/** A book as its package says it is, and files that may not agree with it. */
function book(items: Item[], files: Record<string, string | Uint8Array> = {}): Uint8Array {
  const manifest = items.map(
    ({ href, more = '', type = 'application/xhtml+xml' }, index) =>
      `<item id="i${index}" href="${href}" media-type="${type}" ${more}/>`,
  );
  const spine = items.map(({ itemref = '' }, index) =>
    itemref === null ? '' : `<itemref idref="i${index}" ${itemref}/>`,
  );
  return zip({
    'META-INF/container.xml': '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
    'OEBPS/book.opf': `<package><metadata><dc:title>The Book</dc:title></metadata><manifest>${manifest.join('')}</manifest><spine>${spine.join('')}</spine></package>`,
    ...Object.fromEntries(
      items.flatMap(({ href, file, body }) =>
        file === null ? [] : [[`OEBPS/${file ?? href}`, body ?? page('<p>text</p>')]],
      ),
    ),
    ...files,
  });
}
async function readBook(bytes: Uint8Array) {
  const { documents, problems } = await read('a.epub', bytes);
  return {
    document: documents[0],
    text: documents[0]?.text,
    told: problems.map(({ severity, message }) => `${severity}: ${message}`),
  };
}

describe('the chapters of a book', () => {
  it.each([
    ['blanks as %20', 'a%20b.xhtml', 'a b.xhtml'],
    ['%20 in the name itself', 'a%20b.xhtml', 'a%20b.xhtml'],
    ['letters put together otherwise', 'K%C3%A4se.xhtml', 'Ka\u0308se.xhtml'],
    ['letters taken apart otherwise', 'Ka\u0308se.xhtml', 'K\u00e4se.xhtml'],
    ['another case', 'text/Chapter.XHTML', 'Text/chapter.xhtml'],
    ['backslashes', 'text\\one.xhtml', 'text/one.xhtml'],
    ['a way through other folders', '../OEBPS/x/../one.xhtml', 'one.xhtml'],
    ['a path from the root', '/OEBPS/one.xhtml', 'one.xhtml'],
    ['a fragment', 'one.xhtml#start', 'one.xhtml'],
    ['signs that XML escapes', 'a%26b.xhtml', 'a&amp;b.xhtml'.replace('&amp;', '&')],
    ['a stray percent sign', '100%.xhtml', '100%.xhtml'],
  ])('are found in spite of %s', async (_, href, file) => {
    const { text, told: messages } = await readBook(book([{ href, file, body: page('<p>Here.</p>') }]));
    expect(text).toBe('Here.');
    expect(messages).toEqual([]);
  });

  it('the chapters of a book that are not there are told', async () => {
    const { text, told: messages } = await readBook(
      book([
        { href: 'a.xhtml' },
        { href: 'gone%201.xhtml', file: null },
        { href: 'b.xhtml', itemref: 'id="x"' },
        { href: 'lost.xhtml', file: null },
      ]),
    );
    expect(text).toBe('text\n\ntext');
    expect(messages).toEqual(['partly-read: 2 listed chapters were not found in the book: gone 1.xhtml, lost.xhtml.']);
  });

  it('leave out what is not part of the reading order, and tell of it', async () => {
    const { text, told: messages } = await readBook(
      book([
        {
          href: 'nav.xhtml',
          more: 'properties="nav"',
          body: page('<nav epub:type="toc"><h1>Contents</h1><ol><li><a href="a.xhtml">A</a></li></ol></nav>'),
        },
        { href: 'a.xhtml', body: page('<p>The text.</p>') },
        { href: 'answers.xhtml', itemref: 'linear="no"', body: page('<p>Answers.</p>') },
        { href: 'loose.xhtml', itemref: null, body: page('<p>Loose.</p>') },
      ]),
    );
    expect(text).toBe('The text.');
    expect(messages).toEqual([
      "note: 2 pages outside the book's reading order were skipped: OEBPS/answers.xhtml, OEBPS/loose.xhtml.",
      'note: 1 table of contents was removed.',
    ]);
  });

  it('the chapters of a book that are pictures are told, and what stands in for them read', async () => {
    const { text, told: messages } = await readBook(
      book([
        { href: 'cover.xhtml', body: page('<img src="x.jpg"/>') },
        { href: 'drawing.svg', type: 'image/svg+xml', body: '<svg/>' },
        { href: 'x.svg', type: 'image/svg+xml', more: 'fallback="i3"', body: '<svg/>' },
        { href: 'instead.xhtml', itemref: null, body: page('<p>Instead.</p>') },
        { href: 'a.xhtml' },
      ]),
    );
    expect(text).toBe('Instead.\n\ntext');
    expect(messages).toEqual(['note: 2 pages contain no text; they may be images.']);
  });

  it('are read in the encoding of each', async () => {
    const wide = iconv.encode(
      '<?xml version="1.0" encoding="utf-16"?><html><head><title/></head><body><p>Wide ä 東.</p></body></html>',
      'utf-16le',
      { addBOM: true },
    );
    const { text } = await readBook(
      book([{ href: 'a.xhtml', file: null }, { href: 'b.xhtml' }], { 'OEBPS/a.xhtml': wide }),
    );
    expect(text).toBe('Wide ä 東.\n\ntext');
  });
});

describe('notes in a book', () => {
  it('stand behind the text of their chapter, without marks in it', async () => {
    const { text, told: messages } = await readBook(
      book([
        {
          href: 'a.xhtml',
          body: page(
            '<p>The lamp<a epub:type="noteref" href="#f"><sup>1</sup></a> burns.</p><aside epub:type="footnote" hidden="" id="f"><p>Only on Tuesdays. <a epub:type="backlink" href="#x">back</a></p></aside><p>It is old<a role="doc-noteref" href="#g">2</a>.</p><div role="doc-endnote"><p>Very.</p></div><p>End.</p>',
          ),
        },
        { href: 'b.xhtml' },
      ]),
    );
    expect(text).toBe('The lamp burns.\n\nIt is old.\n\nEnd.\n\nOnly on Tuesdays.\n\nVery.\n\ntext');
    expect(messages).toEqual(['note: 3 note references were removed.']);
  });
});

describe('the table of contents', () => {
  const chapters: Item[] = [
    {
      href: 'c1.xhtml',
      body: page('<h2 id="i">One</h2><p>First.</p><h2><a id="ii"></a>Two</h2><p>Second.</p>', 'Same'),
    },
    { href: 'c2.xhtml', body: page('<p>Third.</p>', 'Same') },
  ];
  it('names chapters through any markup, and parts of pages, with their levels', async () => {
    const nav = page(
      '<nav epub:type="landmarks"><a href="c1.xhtml">Start</a></nav><nav epub:type="toc"><ol><li><a href="c1.xhtml#i"><span>1.</span> <em>The east</em></a><ol><li><a href="c1.xhtml#ii"><b>The</b> lamp</a></li></ol></li><li><a href="C2.xhtml"><span>2. The west</span></a></li></ol></nav>',
    );
    const { document } = await readBook(
      book([...chapters, { href: 'nav.xhtml', more: 'properties="nav"', itemref: null, body: nav }]),
    );
    expect(placesOf(document).filter((place) => place.startsWith('chapter'))).toEqual([
      'chapter 1 1. The east: One\n\nFirst.\n',
      'chapter 2 The lamp: Two\n\nSecond.',
      'chapter 1 2. The west: Third.',
    ]);
  });

  it('the table of contents of EPUB 2 gives the chapters alone', async () => {
    const ncx =
      '<ncx><navMap><navPoint><navLabel><text>The east</text></navLabel><content src="c1.xhtml"/><navPoint><navLabel><text>The lamp</text></navLabel><content src="c1.xhtml#ii"/></navPoint></navPoint><navPoint><navLabel><text>The west</text></navLabel><content src="c2.xhtml#nowhere"/></navPoint></navMap></ncx>';
    const { document } = await readBook(
      book([...chapters, { href: 'toc.ncx', type: 'application/x-dtbncx+xml', itemref: null, body: ncx }]),
    );
    expect(placesOf(document).filter((place) => place.startsWith('chapter'))).toEqual([
      'chapter 1 The east: One\n\nFirst.\n',
      'chapter 2 The lamp: Two\n\nSecond.',
      'chapter 1 The west: Third.',
    ]);
  });
});

describe('protection', () => {
  const encryption = (uri: string) => ({
    'META-INF/encryption.xml': `<encryption><EncryptedData><CipherData><CipherReference URI="${uri}"/></CipherData></EncryptedData></encryption>`,
  });
  it('protection of the text is told; of fonts alone it does not matter', async () => {
    expect((await readBook(book([{ href: 'a.xhtml' }], encryption('OEBPS/a.xhtml')))).told.join()).toMatch(/protected/);
    expect((await readBook(book([{ href: 'a.xhtml' }], encryption('OEBPS/font.otf')))).text).toBe('text');
  });
});
