import { describe, expect, it } from 'vitest';
import { placesOf, useFiles, zip } from './samples.ts';

const { read } = useFiles();
const transitional = 'http://schemas.openxmlformats.org/';
const names = (base: string) =>
  `xmlns:w="${base}wordprocessingml/2006/main" xmlns:m="${base}officeDocument/2006/math" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"`;

/** A Word document of a body and other parts, as Word writes them. */
function word(body: string, parts: Record<string, string> = {}, base = transitional): Uint8Array {
  const type = `${base}officeDocument/2006/relationships`;
  return zip({
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships><Relationship Id="r1" Type="${type}/officeDocument" Target="/word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `<Relationships>${Object.keys(parts)
      .map((name) => `<Relationship Id="${name}" Type="${type}/${name}" Target="${name}.xml"/>`)
      .join('')}</Relationships>`,
    'word/document.xml': `<w:document ${names(base)}><w:body>${body}<w:sectPr/></w:body></w:document>`,
    ...Object.fromEntries(
      Object.entries(parts).map(([name, content]) => [
        `word/${name}.xml`,
        `<w:${name} ${names(base)}>${content}</w:${name}>`,
      ]),
    ),
  });
}
const t = (text: string) => `<w:t xml:space="preserve">${text}</w:t>`;
const r = (text: string, properties = '') => `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}${t(text)}</w:r>`;
const p = (content: string, properties = '') => `<w:p>${properties && `<w:pPr>${properties}</w:pPr>`}${content}</w:p>`;
const cell = (content: string, properties = '') => `<w:tc><w:tcPr>${properties}</w:tcPr>${content}</w:tc>`;
const field = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
const math = (content: string) => `<m:oMath>${content}</m:oMath>`;
const mr = (text: string) => `<m:r><w:rPr><w:vanish w:val="0"/></w:rPr><m:t>${text}</m:t></m:r>`;

async function readWord(body: string, parts: Record<string, string> = {}, base?: string) {
  const { documents, problems } = await read('a.docx', word(body, parts, base));
  return { document: documents[0], text: documents[0]?.text, told: problems.map(({ message }) => message) };
}

describe('the words of a document', () => {
  it.each([
    ['smart tags', p(`${r('To ')}<w:smartTag><w:r>${t('Bolivia')}</w:r></w:smartTag>${r('.')}`), 'To Bolivia.'],
    ['content controls', `<w:sdt><w:sdtPr/><w:sdtContent>${p(r('In.'))}</w:sdtContent></w:sdt>`, 'In.'],
    ['links and custom tags', p(`<w:hyperlink>${r('a')}</w:hyperlink><w:customXml>${r('b')}</w:customXml>`), 'ab'],
    ['simple fields', p(`<w:fldSimple w:instr="AUTHOR">${r('Ann')}</w:fldSimple>`), 'Ann'],
    [
      'results of fields within fields',
      p(
        `${r('x ')}${field('begin')}<w:r><w:instrText>IF </w:instrText></w:r>${field('begin')}<w:r><w:instrText>PAGE</w:instrText></w:r>${field('separate')}${r('7')}${field('end')}${field('separate')}${r('result')}${field('end')}${r(' y')}`,
      ),
      'x result y',
    ],
    [
      'breaks and hyphens',
      p(`<w:r>${t('a')}<w:br/>${t('b')}<w:tab/>${t('c')}<w:noBreakHyphen/>${t('d')}<w:softHyphen/>${t('e')}</w:r>`),
      'a\nb\tc\u2011de',
    ],
    ['symbols', p('<w:r><w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Wingdings" w:char="F04A"/></w:r>'), 'α☺'],
    ['insertions', p(`${r('It is ')}<w:ins>${r('now ')}</w:ins>${r('blue.')}`), 'It is now blue.'],
    ['a strict document', p(r('Strict.')), 'Strict.', 'http://purl.oclc.org/ooxml/'],
    [
      'formats that were changed',
      p(`<w:r><w:rPr><w:b/><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>${t('Seen.')}</w:r>`),
      'Seen.',
    ],
  ])('are read: %s', async (_, body, text, base?: string) => {
    expect(await readWord(body, {}, base)).toMatchObject({ text, told: [] });
  });

  it('are not lost behind a field that never ends', async () => {
    const { text } = await readWord(p(`${r('a')}${field('begin')}`) + p(r('word')).repeat(50));
    expect(text.split('word').length).toBeGreaterThan(25);
  });

  it.each([
    [math(`${mr('A=π')}<m:sSup><m:e>${mr('r')}</m:e><m:sup>${mr('2')}</m:sup></m:sSup>`), 'A=πr^2'],
    [math(`<m:f><m:fPr/><m:num>${mr('a+b')}</m:num><m:den>${mr('2')}</m:den></m:f>`), '(a+b)/2'],
    [
      math(
        `<m:rad><m:deg/><m:e>${mr('x')}</m:e></m:rad>${mr('+')}<m:sSub><m:e>${mr('x')}</m:e><m:sub>${mr('ij')}</m:sub></m:sSub>`,
      ),
      '√x+x_(ij)',
    ],
    [
      math(
        `<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>${mr('i=1')}</m:sub><m:sup>${mr('n')}</m:sup><m:e>${mr('i')}</m:e></m:nary>`,
      ),
      '∑_(i=1)^n i',
    ],
    [
      math(
        `<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr><m:e>${mr('x')}</m:e></m:d><m:func><m:fName>${mr('sin')}</m:fName><m:e>${mr('x')}</m:e></m:func>`,
      ),
      '[x]sin x',
    ],
    [
      `<m:oMathPara>${math(`<m:m><m:mr><m:e>${mr('a')}</m:e><m:e>${mr('b')}</m:e></m:mr><m:mr><m:e>${mr('c')}</m:e><m:e>${mr('d')}</m:e></m:mr></m:m>`)}</m:oMathPara>`,
      '(a b; c d)',
    ],
  ])('the words of a document of equations stand in a line', async (equation, text) => {
    expect((await readWord(p(`${r('The area ')}${equation}${r(' of it.')}`))).text).toBe(`The area ${text} of it.`);
  });
});

describe('what a document does not show', () => {
  it('is left out and counted', async () => {
    const styles =
      '<w:style w:type="character" w:styleId="Hid"><w:name w:val="Hid"/><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="character" w:styleId="Sub"><w:basedOn w:val="Hid"/></w:style><w:style w:type="paragraph" w:styleId="Para"><w:rPr><w:vanish/></w:rPr></w:style>';
    const { text, told: messages } = await readWord(
      [
        p(`${r('Seen. ')}${r('no', '<w:vanish/>')}${r(' no', '<w:vanish/>')}${r('Shown.', '<w:vanish w:val="0"/>')}`),
        p(`${r('no', '<w:rStyle w:val="Sub"/>')}${r(' Yes.', '<w:rStyle w:val="Sub"/><w:vanish w:val="false"/>')}`),
        p(r('no'), '<w:pStyle w:val="Para"/>'),
        p(r('The mark alone is hidden.'), '<w:rPr><w:vanish/></w:rPr>'),
        p(`${r('It is ')}<w:del><w:r><w:delText>no</w:delText></w:r></w:del>${r('blue.')}`),
        p(`<w:moveFrom>${r('no')}</w:moveFrom><w:moveTo>${r('New place.')}</w:moveTo>`),
        p(
          '<w:r><w:ruby><w:rt><w:r><w:t>no</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>言葉</w:t></w:r></w:rubyBase></w:ruby></w:r>',
        ),
        p('<w:r><w:sym w:font="Unknown" w:char="F001"/><w:object/></w:r>'),
      ].join(''),
      { styles, comments: `<w:comment w:id="1">${p(r('no'))}</w:comment>` },
    );
    expect(text).toBe('Seen. Shown.\n\nYes.\n\nThe mark alone is hidden.\n\nIt is blue.\n\nNew place.\n\n言葉');
    expect(messages).toEqual([
      '3 hidden passages were removed.',
      '1 passage marked as deleted was removed.',
      '1 ruby annotation was removed.',
      '1 symbol-font character was removed.',
      '1 embedded object (chart, legacy equation, file) was removed.',
      '1 comment was removed.',
    ]);
  });

  it('says that it breaks off', async () => {
    const cut = zip({
      'word/document.xml': `<w:document ${names(transitional)}><w:body>${p(r('One.'))}<w:p><w:r><w:t>Tw`,
    });
    const { documents, problems } = await read('cut.docx', cut);
    expect(documents[0].text).toBe('One.\n\nTw');
    expect(problems).toEqual([
      expect.objectContaining({ severity: 'partly-read', message: expect.stringMatching(/truncated/) as string }),
    ]);
  });
});

describe('the order of a document', () => {
  const box = `<w:txbxContent>${p(r('Words in a box.'))}</w:txbxContent>`;
  const drawing = `<w:drawing><a:graphic><a:graphicData uri="x"><wps:wsp><wps:txbx>${box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></w:drawing>`;
  const picture = `<w:pict><v:shape><v:textbox>${box}</v:textbox></v:shape></w:pict>`;
  it.each([
    [
      'both ways',
      `<mc:AlternateContent><mc:Choice Requires="wps">${drawing}</mc:Choice><mc:Fallback>${picture}</mc:Fallback></mc:AlternateContent>`,
    ],
    ['the older way', picture],
    [
      'the older way alone',
      `<mc:AlternateContent><mc:Choice Requires="x"><w:drawing/></mc:Choice><mc:Fallback>${picture}</mc:Fallback></mc:AlternateContent>`,
    ],
  ])('has text boxes once, behind their paragraph: %s', async (_, content) => {
    const { text } = await readWord(p(`${r('A sen')}<w:r>${content}</w:r>${r('tence.')}`) + p(r('Next.')));
    expect(text).toBe('A sentence.\n\nWords in a box.\n\nNext.');
  });

  it('has notes behind the text', async () => {
    const note = (kind: string, id: number, text: string, type = '') =>
      `<w:${kind} w:id="${id}" ${type}>${p(r(text))}</w:${kind}>`;
    const { text } = await readWord(
      p(
        `${r('One')}<w:r><w:endnoteReference w:id="2"/></w:r>${r(' and two')}<w:r><w:footnoteReference w:id="2"/></w:r>${r('.')}`,
      ),
      {
        footnotes: note('footnote', 0, 'no', 'w:type="separator"') + note('footnote', 2, 'A footnote.'),
        endnotes: note('endnote', 2, 'An endnote.') + note('endnote', 3, 'unused'),
      },
    );
    expect(text).toBe('One and two.\n\nAn endnote.\n\nA footnote.');
  });

  it('has rows of tables as lines, tables within cells apart, and lists', async () => {
    const table = (...rows: string[]) => `<w:tbl>${rows.map((row) => `<w:tr>${row}</w:tr>`).join('')}</w:tbl>`;
    const item = (text: string) => p(r(text), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>');
    const { text } = await readWord(
      [
        p(r('Before.')),
        table(
          cell(p(r('Name'))) + cell(p(r('Colour')) + p(r('Shade'))),
          cell(p(r('Kettle'))) + cell(p('')),
          cell(p(r('Both')), '<w:gridSpan w:val="2"/>') + cell(p(r('c'))),
        ),
        p(r('Between.')),
        table(cell(p(r('Outer'))) + cell(table(cell(p(r('a'))) + cell(p(r('b')))) + p(''))),
        item('one') + item('two'),
        p(r('After.')),
      ].join(''),
    );
    expect(text).toBe(
      'Before.\n\nName\tColour Shade\nKettle\nBoth\t\tc\n\nBetween.\n\nOuter\n\na\tb\n\n- one\n- two\n\nAfter.',
    );
  });

  it('has headings by their style, whatever it is based on, and by their level', async () => {
    const styles =
      '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="berschrift1"/></w:style>';
    const { document } = await readWord(
      p(r('One'), '<w:pStyle w:val="berschrift1"/>') +
        p(r('Two'), '<w:pStyle w:val="Own"/>') +
        p(r('Three'), '<w:outlineLvl w:val="1"/>') +
        p(r('text'), '<w:outlineLvl w:val="9"/>'),
      { styles },
    );
    expect(placesOf(document)).toEqual([
      'heading 1 One: One\n\nTwo\n\nTh',
      'heading 1 Two: Two\n\nThree\n\n',
      'heading 2 Three: Three\n\ntext',
    ]);
  });
});

it('headers and footers with words are left out and counted', async () => {
  const { told } = await readWord(p(r('Text.')), { header1: p(r('A head')), footer1: p(r('Page')), footer2: p('') });
  expect(told).toEqual(['2 headers and footers were skipped.']);
});
