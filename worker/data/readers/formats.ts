import { extname } from 'node:path';
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

export const formats = [
  {
    name: 'text',
    extensions: ['.txt', '.text', '.log', '.rst', '.tex', '.srt'],
    load: () => Promise.resolve(readText),
  },
] as const satisfies readonly Format[];

const byExtension = new Map<string, Format>(
  formats.flatMap((format: Format) => format.extensions.map((extension) => [extension, format] as const)),
);

/** Signatures of what holds no text, so that it can be named in the message. */
const others: readonly [name: string, signature: readonly number[]][] = [
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG image', [0xff, 0xd8, 0xff]],
  ['a GIF image', ascii('GIF8')],
  ['a program', [0x7f, 0x45, 0x4c, 0x46]],
  ['an old Office document', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ['a 7z archive', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['a RAR archive', ascii('Rar!')],
  ['a Zstandard file', [0x28, 0xb5, 0x2f, 0xfd]],
  ['an xz file', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['a bzip2 file', ascii('BZh')],
];

/** How a file is read: by its extension, else by its first bytes, else as text if it is text. */
export async function formatOf(input: Input): Promise<Format | { unreadable: string }> {
  const head = await readHead(input, 16);
  const begins = (signature: readonly number[]) => signature.every((byte, index) => head[index] === byte);
  const named = byExtension.get(extname(input.name).toLowerCase());
  // What is called text but is plainly another format is read as what it is.
  const signed = (formats as readonly Format[]).find(({ signature }) => signature && begins(signature));
  if (signed && (!named || !named.signature)) return signed;
  if (named) return named;
  const other = others.find(([, signature]) => begins(signature));
  return other ? { unreadable: `it is ${other[0]}` } : formats[0];
}
