/** Text at a place of a page of 595 by 842 points. */
export interface Placed {
  x: number;
  y: number;
  text: string;
  size?: number;
  /** Latin; Hebrew, in the order in which it is drawn from the left; or glyphs that nobody names. */
  font?: 'latin' | 'hebrew' | 'unnamed';
}

/** Lines below each other. */
export const column = (x: number, y: number, lines: string[], size = 11): Placed[] =>
  lines.map((text, index) => ({ x, y: y - 14 * index, text, size }));

const fonts = [
  '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  // The letters alef to tav at the codes from 0x61 on.
  `<< /Type /Font /Subtype /Type1 /BaseFont /Alef /FirstChar 32 /LastChar 123 /Widths [${'500 '.repeat(92)}] /FontDescriptor 6 0 R ` +
    `/Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [97 ${Array.from({ length: 27 }, (_, index) => `/uni05${(0xd0 + index).toString(16).toUpperCase()}`).join(' ')}] >> >>`,
  '<< /Type /Font /Subtype /Type0 /BaseFont /Unnamed /Encoding /Identity-H /DescendantFonts [7 0 R] >>',
  '<< /Type /FontDescriptor /FontName /Alef /Flags 32 /FontBBox [0 0 500 700] /ItalicAngle 0 /Ascent 700 /Descent -200 /CapHeight 700 /StemV 80 >>',
  '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Unnamed /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 /FontDescriptor 6 0 R >>',
];
const names = { latin: 'F1', hebrew: 'F2', unnamed: 'F3' };

/** A line of Hebrew as it is drawn from left to right; other characters stay in their places. */
const drawn = (text: string): string =>
  [...text]
    .map((letter) => (/[א-ת]/.test(letter) ? String.fromCharCode(0x61 + letter.charCodeAt(0) - 0x5d0) : letter))
    .join('');

/** Codes of the encoding above that are not those of Latin-1. */
const coded = (text: string): string => text.replaceAll('•', '\x95').replaceAll('–', '\x96');

function show({ x, y, text, size = 11, font = 'latin' }: Placed): string {
  const written =
    font === 'unnamed'
      ? // The numbers that a font of the usual order has for its glyphs.
        `<${[...text].map((letter) => (letter.charCodeAt(0) - 29).toString(16).padStart(4, '0')).join('')}>`
      : `(${(font === 'hebrew' ? drawn(text) : coded(text)).replace(/[\\()]/g, '\\$&')})`;
  return `BT /${names[font]} ${size} Tf ${x} ${y} Td ${written} Tj ET`;
}

/** A PDF of texts at their places, written in the order that they are given in. */
export function placedPdf(pages: readonly (readonly Placed[])[]): Buffer {
  const first = 3 + fonts.length;
  const kids = pages.map((_, index) => `${first + 2 * index} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    ...fonts,
    ...pages.flatMap((texts, index) => {
      const content = texts.map(show).join('\n');
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${first + 2 * index + 1} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> >> >>`,
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ];
    }),
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((body, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF`;
  return Buffer.from(text, 'latin1');
}
