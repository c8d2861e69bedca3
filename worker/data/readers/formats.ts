import { extname } from 'node:path';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg, type Message } from '../../../main/contract/message.ts';
import { readHead, type Input } from './input.ts';
import type { Unpacker } from './packed.ts';
import type { Reader } from './reader.ts';
import { isTarHeader, RECORD } from './tar-headers.ts';
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

/** A file packed as one; what is in it is read by its own format. */
const packed = (
  name: string,
  extensions: readonly string[],
  signature: readonly number[],
  load: () => Promise<Unpacker>,
): Format => ({
  name,
  extensions,
  signature,
  load: async () => (await import('./packed.ts')).readPacked(extensions, await load()),
});

/** What is read. Text and source code of any other extension is read as text. */
const formats: readonly Format[] = [
  plainText,
  {
    name: 'Markdown',
    extensions: ['.md', '.markdown', '.mdown', '.mkd'],
    load: async () => (await import('./markdown.ts')).readMarkdown,
  },
  { name: 'HTML', extensions: ['.html', '.htm', '.xhtml'], load: async () => (await import('./html.ts')).readHtml },
  { name: 'JSON', extensions: ['.json'], load: async () => (await import('./json.ts')).readJsonDocuments },
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
  {
    name: 'FASTA',
    extensions: ['.fa', '.fasta', '.fna', '.ffn', '.faa', '.frn', '.fas', '.fsa', '.mpfa'],
    load: async () => (await import('./fasta.ts')).readFasta,
  },
  { name: 'EPUB', extensions: ['.epub'], load: async () => (await import('./epub.ts')).readEpub },
  {
    name: 'Word',
    extensions: ['.docx', '.docm', '.dotx', '.dotm'],
    load: async () => (await import('./docx.ts')).readDocx,
  },
  { name: 'zip', extensions: ['.zip'], signature: zipSignature, load: async () => (await import('./zip.ts')).readZip },
  { name: 'tar', extensions: ['.tar'], load: async () => (await import('./tar.ts')).readTar },
  packed('gzip', ['.gz', '.tgz'], [0x1f, 0x8b], async () => (await import('./gzip.ts')).unpackGzip),
  packed('bzip2', ['.bz2', '.tbz', '.tbz2'], ascii('BZh'), async () => (await import('./bzip2.ts')).unpackBzip2),
  packed('xz', ['.xz', '.txz'], [0xfd, 0x37, 0x7a, 0x58, 0x5a], async () => (await import('./xz.ts')).unpackXz),
  packed('Zstandard', ['.zst', '.tzst'], [0x28, 0xb5, 0x2f, 0xfd], async () => (await import('./zstd.ts')).unpackZstd),
];

const byExtension = new Map(formats.flatMap((format) => format.extensions.map((extension) => [extension, format])));

/** What is plainly no text, named so that the message can tell. */
const unreadableSignatures: readonly [what: Message, signature: readonly number[]][] = [
  [msg`PNG images are not supported.`, [0x89, 0x50, 0x4e, 0x47]],
  [msg`JPEG images are not supported.`, [0xff, 0xd8, 0xff]],
  [msg`GIF images are not supported.`, ascii('GIF8')],
  [msg`Programs are not supported.`, [0x7f, 0x45, 0x4c, 0x46]],
  [msg`Legacy Office documents are not supported. Save it as .docx.`, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  [msg`RTF documents are not supported. Save it as .docx.`, ascii('{\\rtf')],
  [msg`7z archives are not supported. Unpack it first.`, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  [msg`RAR archives are not supported. Unpack it first.`, ascii('Rar!')],
];
/** Files that are zip archives within, but not archives of text. */
const unreadableExtensions: Readonly<Record<string, Message>> = {
  '.xlsx': msg`Spreadsheets are not supported. Save it as .csv.`,
  '.ods': msg`Spreadsheets are not supported. Save it as .csv.`,
  '.pptx': msg`Presentations are not supported. Save it as .pdf.`,
  '.odp': msg`Presentations are not supported. Save it as .pdf.`,
  '.odt': msg`OpenDocument texts are not supported. Save it as .docx.`,
  '.mhtml': msg`Web archives are not supported. Save the page as HTML.`,
  '.mht': msg`Web archives are not supported. Save the page as HTML.`,
  '.webarchive': msg`Web archives are not supported. Save the page as HTML.`,
  '.jar': msg`Programs are not supported.`,
  '.apk': msg`Programs are not supported.`,
  '.whl': msg`Programs are not supported.`,
};

/**
 * How a file is read: by its extension, else by its first bytes, else as text. Throws `bad-input` for what is not
 * text.
 */
export async function detectFormat(input: Input): Promise<Format> {
  const extension = extname(input.name).toLowerCase();
  if (Object.hasOwn(unreadableExtensions, extension))
    throw new HyenaError('bad-input', unreadableExtensions[extension]);
  const start = await readHead(input, RECORD);
  const head = start.subarray(0, 64);
  const named = byExtension.get(extension);
  // Prose may begin with the letters of a signature.
  const isProse =
    named === plainText && !pdfSignature.equals(head.subarray(0, 5)) && head.every((byte) => byte >= 9 && byte < 127);
  const begins = (signature: readonly number[]) => !isProse && signature.every((byte, index) => head[index] === byte);
  const unreadable = unreadableSignatures.find(([, signature]) => begins(signature));
  if (unreadable) throw new HyenaError('bad-input', unreadable[0]);
  const signed = isTarHeader(start)
    ? byExtension.get('.tar')
    : formats.find(({ signature }) => signature && begins(signature));
  // A zip archive by its bytes may be a book or a document by its name; what is called text but is not is what it is.
  const isContainer = named?.name === 'EPUB' || named?.name === 'Word';
  if (signed && !(signed.name === 'zip' && isContainer)) return signed;
  return named ?? plainText;
}
