import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll } from 'vitest';
import { readDocuments, type TextDocument } from './whole-documents.ts';

/** A folder for the files of a test file; `read` writes a file and reads it. */
export function useFiles() {
  const state = { folder: '' };
  beforeAll(() => void (state.folder = mkdtempSync(join(tmpdir(), 'hyena-readers-'))));
  afterAll(() => rmSync(state.folder, { recursive: true, force: true }));
  const write = (name: string, content: string | Uint8Array): string => {
    const path = join(state.folder, name);
    writeFileSync(path, content);
    return path;
  };
  const read = async (name: string, content: string | Uint8Array, field: string | null = null) =>
    readDocuments([write(name, content)], { options: { field } });
  /** The only document of a file without problems; notes of what is read, and from where, are none. */
  const readOne = async (name: string, content: string | Uint8Array): Promise<TextDocument> => {
    const { documents, problems } = await read(name, content);
    if (documents.length !== 1 || problems.some(({ severity }) => severity !== 'note'))
      throw new Error(`${documents.length} documents, problems: ${JSON.stringify(problems)}`);
    return documents[0];
  };
  return { state, write, read, readOne };
}

/** Where each place of a document leads: its label and the text that begins there. */
export const placesOf = ({ places, text }: TextDocument): string[] =>
  places.map(({ kind, level, label, offset }) => `${kind} ${level} ${label}: ${text.slice(offset, offset + 12)}`);

export const zip = (files: Record<string, string | Uint8Array>): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, content]) => [name, typeof content === 'string' ? strToU8(content) : content]),
    ),
  );

/** A PDF of pages of lines, 14 points apart; a line that begins with `#` is set larger, an empty one leaves a gap. */
export function pdf(pages: string[][], options: { title?: string; outline?: [string, number][] } = {}): Buffer {
  const objects: string[] = [];
  const add = (body: string) => objects.push(body);
  const first = 4;
  const outline = options.outline ?? [];
  const kids = pages.map((_, index) => `${first + 2 * index} 0 R`).join(' ');
  const outlines = first + 2 * pages.length;
  add(`<< /Type /Catalog /Pages 2 0 R ${outline.length > 0 ? `/Outlines ${outlines} 0 R` : ''} >>`);
  add(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  pages.forEach((lines, index) => {
    const content = lines
      .map((line, row) => {
        const size = line.startsWith('#') ? 20 : 11;
        const text = line.replace(/^# ?/, '').replace(/[\\()]/g, '\\$&');
        return line === '' ? '' : `BT /F1 ${size} Tf 72 ${720 - 14 * row} Td (${text}) Tj ET`;
      })
      .join('\n');
    const contents = `${first + 2 * index + 1} 0 R`;
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${contents} /Resources << /Font << /F1 3 0 R >> >> >>`,
    );
    add(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
  });
  if (outline.length > 0) {
    add(
      `<< /Type /Outlines /First ${outlines + 1} 0 R /Last ${outlines + outline.length} 0 R /Count ${outline.length} >>`,
    );
    outline.forEach(([label, page], index) => {
      const next = index + 1 < outline.length ? `/Next ${outlines + 2 + index} 0 R` : '';
      add(`<< /Title (${label}) /Parent ${outlines} 0 R ${next} /Dest [${first + 2 * page} 0 R /Fit] >>`);
    });
  }
  const info = objects.length + 1;
  add(`<< /Title (${options.title ?? ''}) >>`);
  let text = '%PDF-1.4\n';
  const offsets = objects.map((body, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const trailer = `<< /Size ${objects.length + 1} /Root 1 0 R /Info ${info} 0 R >>`;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n${trailer}\nstartxref\n${text.length}\n%%EOF`;
  return Buffer.from(text, 'latin1');
}

/** A Word document of paragraphs; a style makes headings. */
export function docx(paragraphs: [text: string, style?: string][]): Uint8Array {
  const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const body = paragraphs
    .map(
      ([text, style]) =>
        `<w:p>${style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ''}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`,
    )
    .join('');
  const style = (id: string, name: string) =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`;
  return zip({
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${type}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${type}/styles" Target="styles.xml"/></Relationships>`,
    'word/styles.xml': `<w:styles ${w}>${style('Title', 'Title')}${style('Heading1', 'heading 1')}${style('Heading2', 'heading 2')}</w:styles>`,
    'word/document.xml': `<w:document ${w}><w:body>${body}</w:body></w:document>`,
  });
}

/** A book of chapters in EPUB 3, or 2 with its older table of contents. */
export function epub(chapters: [name: string, label: string, xhtml: string][], version: 2 | 3 = 3): Uint8Array {
  const page = (title: string, body: string) =>
    `<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>${title}</title></head><body>${body}</body></html>`;
  const items = chapters.map(
    ([name], index) => `<item id="c${index}" href="${encodeURI(name)}" media-type="application/xhtml+xml"/>`,
  );
  const toc =
    version === 3
      ? '<item id="toc" properties="nav" href="nav.xhtml" media-type="application/xhtml+xml"/>'
      : '<item id="toc" href="toc.ncx" media-type="application/x-dtbncx+xml"/>';
  const nav = page(
    'Contents',
    `<nav><ol>${chapters.map(([name, label]) => `<li><a href="${encodeURI(name)}">${label}</a></li>`).join('')}</ol></nav>`,
  );
  const ncx = `<ncx><navMap>${chapters.map(([name, label]) => `<navPoint><navLabel><text>${label}</text></navLabel><content src="${encodeURI(name)}#x"/></navPoint>`).join('')}</navMap></ncx>`;
  return zip({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
    'OEBPS/book.opf': `<package><metadata><dc:title>The Book</dc:title></metadata><manifest>${toc}${items.join('')}</manifest><spine>${chapters.map((_, index) => `<itemref idref="c${index}"/>`).join('')}</spine></package>`,
    ...(version === 3 ? { 'OEBPS/nav.xhtml': nav } : { 'OEBPS/toc.ncx': ncx }),
    ...Object.fromEntries(chapters.map(([name, label, body]) => [`OEBPS/${name}`, page(label, body)])),
  });
}

export interface RawEntry {
  name: string | Uint8Array;
  content?: string | Uint8Array;
  method?: number;
  flags?: number;
  /** As Unix gives it. */
  mode?: number;
  extra?: Uint8Array;
  /** What the archive says of the size and checksum, where that is not so. */
  size?: number;
  checksum?: number;
}

/** A zip archive as its entries are given, odd as they may be; contents are stored. */
export function rawZip(entries: readonly RawEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content = '', method = 0, flags = 0, mode = 0, extra = Buffer.alloc(0), ...stated } of entries) {
    const [title, data] = [Buffer.from(name as string), Buffer.from(content as string)];
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(stated.checksum ?? crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(stated.size ?? data.length, 18);
    common.writeUInt16LE(title.length, 22);
    common.writeUInt16LE(extra.length, 24);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, title, extra, data]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((mode << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.of(20, mode ? 3 : 0), common, rest, title, extra]));
    parts.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, list, Buffer.from('PK\x05\x06'), end]);
}

export interface TarEntry {
  name: string | Uint8Array;
  content?: string | Uint8Array;
  /** One letter; `0` a file. */
  type?: string;
}

/** A tar archive as its entries are given, odd as they may be. */
export function tar(entries: readonly TarEntry[]): Buffer {
  const records = entries.flatMap(({ name, content = '', type = '0' }) => {
    const data = Buffer.from(content as string);
    const record = Buffer.alloc(512);
    record.set(Buffer.from(name as string).subarray(0, 100), 0);
    record.write('0000644\0', 100, 'latin1');
    record.write(`${data.length.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
    record.write(type, 156, 'latin1');
    record.write('ustar\x0000', 257, 'latin1');
    record.fill(' ', 148, 156);
    const sum = record.reduce((total, byte) => total + byte, 0);
    record.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    return [record, data, Buffer.alloc((512 - (data.length % 512)) % 512)];
  });
  return Buffer.concat([...records, Buffer.alloc(1024)]);
}

/** An extended header of pax: what it says goes before the entry that it says it of. */
export function pax(values: Record<string, string>): TarEntry {
  const lines = Object.entries(values).map(([key, value]) => {
    const rest = Buffer.byteLength(` ${key}=${value}\n`);
    const digits = String(rest + String(rest).length).length;
    return `${rest + digits} ${key}=${value}\n`;
  });
  return { name: 'PaxHeaders/x', type: 'x', content: lines.join('') };
}

/** A tar archive of two files, packed by bzip2, xz and zstd themselves. */
export const packedArchives = {
  bz2: Buffer.from(
    'QlpoOTFBWSZTWfjb5lQAAFjbgcqQSAH9gAwAduue4AAiCAggAJIJVPVPSG0TamA0jBGyMglNTVPU009Q00GJ6TR6gGlLpGYhSTKIM1ttBFYVEhGkZkBTa5ZPxZN3zh9rhoORIwwgMbBAxPFxiZGJ0SWPMvHqNaF1dKj3aJCL3ONuG0ao0h2Pp+RQhu82OGHIuWBFki/UTyxo3EkOhdyRThQkPjb5lQA=',
    'base64',
  ),
  xz: Buffer.from(
    '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4Av/AIBdADEb7NZ2SSyPinCUiFPMh6Y7k/xOKc8fUWasDAl+CdeEp6oaE89EEmaA7AzYpHun9wthrcihAMTPXi78zHQPNH1Fg0XXx4fCm8DVgIIaIw0hD6EjrbZyWKcS1wn1W5hYHJ+GwCajUa0/KGtfujsDQcrlJhc1hPY/aVPAy9CkLLcAACiFcnIKG8khAAGcAYAYAACmb/1rscRn+wIAAAAABFla',
    'base64',
  ),
  zst: Buffer.from(
    'KLUv/QRozQMA0oUTF4BrG0ScMrW5I3Fbt6jQUsSkSjvIDoYMkTpJssvmpqkKS2kfS6D4QCDCqH2NShH3kl025VSF4Y9Oa37wicsgLnz4j2sVx4ZaabMBL7tHDyBQLSx79V2B7gtQ25g65luXbIAYyK6uOakDSg/AvY0BgUEB7ExKCW2H0Q8=',
    'base64',
  ),
};
