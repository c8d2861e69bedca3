import { extname } from 'node:path';
import { HyenaError } from '../../../main/contract/errors.ts';
import { told, type Told } from '../../../main/contract/told.ts';
import { readHead, type Input } from './input.ts';
import type { Reader } from './reader.ts';
import { readText } from './text.ts';

/** A format of files: how it is called, its extensions, its reader. Readers load their libraries when first used. */
export interface Format {
  name: string;
  extensions: readonly string[];
  /** First bytes that only this format has. */
  signature?: readonly number[];
  load: () => Promise<Reader>;
}

const ascii = (text: string): number[] => [...Buffer.from(text, 'latin1')];
const zipSignature = ascii('PK\x03\x04');
const pdfSignature = Buffer.from('%PDF-');

const plainText: Format = {
  name: 'text',
  extensions: ['.txt', '.text', '.log', '.rst', '.tex', '.srt', '.xml', '.yaml', '.yml', '.toml', '.ini', '.sql'],
  load: () => Promise.resolve(readText),
};

/** What is read. Text and source code of any other extension is read as text. */
export const formats: readonly Format[] = [
  plainText,
  {
    name: 'Markdown',
    extensions: ['.md', '.markdown', '.mdown', '.mkd'],
    load: async () => (await import('./markdown.ts')).readMarkdown,
  },
  { name: 'HTML', extensions: ['.html', '.htm', '.xhtml'], load: async () => (await import('./html.ts')).readHtml },
  { name: 'JSON', extensions: ['.json'], load: async () => (await import('./json.ts')).readJson },
  {
    name: 'JSON lines',
    extensions: ['.jsonl', '.ndjson', '.jsonlines'],
    load: async () => (await import('./json.ts')).readJsonLines,
  },
  {
    name: 'table',
    extensions: ['.csv', '.tsv', '.tab'],
    load: async () => (await import('./delimited.ts')).readDelimited,
  },
  {
    name: 'Parquet',
    extensions: ['.parquet'],
    signature: ascii('PAR1'),
    load: async () => (await import('./parquet.ts')).readParquet,
  },
  {
    name: 'PDF',
    extensions: ['.pdf'],
    signature: [...pdfSignature],
    load: async () => (await import('./pdf.ts')).readPdf,
  },
  { name: 'EPUB', extensions: ['.epub'], load: async () => (await import('./epub.ts')).readEpub },
  {
    name: 'Word',
    extensions: ['.docx', '.docm', '.dotx', '.dotm'],
    load: async () => (await import('./docx.ts')).readDocx,
  },
  { name: 'zip', extensions: ['.zip'], signature: zipSignature, load: async () => (await import('./zip.ts')).readZip },
  {
    name: 'gzip',
    extensions: ['.gz'],
    signature: [0x1f, 0x8b],
    load: async () => (await import('./gzip.ts')).readGzip,
  },
];

const byExtension = new Map(formats.flatMap((format) => format.extensions.map((extension) => [extension, format])));

/** What is plainly no text, named so that the message can tell. */
const unreadableSignatures: readonly [what: Told, signature: readonly number[]][] = [
  [told`It is a PNG image.`, [0x89, 0x50, 0x4e, 0x47]],
  [told`It is a JPEG image.`, [0xff, 0xd8, 0xff]],
  [told`It is a GIF image.`, ascii('GIF8')],
  [told`It is a program.`, [0x7f, 0x45, 0x4c, 0x46]],
  [told`It is an old Office document; save it as .docx.`, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  [told`It is an RTF document; save it as .docx.`, ascii('{\\rtf')],
  [told`It is a 7z archive; unpack it first.`, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  [told`It is a RAR archive; unpack it first.`, ascii('Rar!')],
  [told`It is packed by Zstandard; unpack it first.`, [0x28, 0xb5, 0x2f, 0xfd]],
  [told`It is packed by xz; unpack it first.`, [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  [told`It is packed by bzip2; unpack it first.`, ascii('BZh')],
];
/** Files that are zip archives within, but not archives of text. */
const unreadableExtensions: Readonly<Record<string, Told>> = {
  '.xlsx': told`It is a spreadsheet; save it as .csv.`,
  '.ods': told`It is a spreadsheet; save it as .csv.`,
  '.pptx': told`It is a presentation; save it as .pdf.`,
  '.odp': told`It is a presentation; save it as .pdf.`,
  '.odt': told`It is an OpenDocument text; save it as .docx.`,
  '.jar': told`It is a program.`,
  '.apk': told`It is a program.`,
  '.whl': told`It is a program.`,
  '.tar': told`It is a tar archive; unpack it first.`,
};

/** How a file is read: by its extension, else by its first bytes, else as text. Throws `bad-input` for what is no text. */
export async function formatOf(input: Input): Promise<Format> {
  const extension = extname(input.name).toLowerCase();
  if (Object.hasOwn(unreadableExtensions, extension))
    throw new HyenaError('bad-input', unreadableExtensions[extension]);
  const head = await readHead(input, 64);
  const named = byExtension.get(extension);
  // Prose may begin with the letters of a signature.
  const isProse =
    named === plainText && !pdfSignature.equals(head.subarray(0, 5)) && head.every((byte) => byte >= 9 && byte < 127);
  const begins = (signature: readonly number[]) => !isProse && signature.every((byte, index) => head[index] === byte);
  const unreadable = unreadableSignatures.find(([, signature]) => begins(signature));
  if (unreadable) throw new HyenaError('bad-input', unreadable[0]);
  const signed = formats.find(({ signature }) => signature && begins(signature));
  // A zip archive by its bytes may be a book or a document by its name; what is called text but is not is what it is.
  const isContainer = named?.name === 'EPUB' || named?.name === 'Word';
  if (signed && !(signed.name === 'zip' && isContainer)) return signed;
  return named ?? plainText;
}
