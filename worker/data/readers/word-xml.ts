import { Parser } from 'htmlparser2';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import type { Archive } from './archive.ts';
import { openText } from './encodings.ts';
import { declaredEncoding } from './html.ts';
import { decodeText } from './reader.ts';

/** Vocabularies of Office, of the transitional and the strict kind, by a part of their address. */
const vocabularies: readonly [part: string, prefix: string][] = [
  ['wordprocessingml', 'w'],
  ['officeDocument/2006/math', 'm'],
  ['officeDocument/math', 'm'],
  ['markup-compatibility', 'mc'],
  ['drawingml', 'a'],
];

export interface WordHandler {
  /** `name` in lower case with the prefix of its vocabulary where that is not Word's own: `p`, `m:r`, `mc:choice`. */
  open(name: string, attributes: ReadonlyMap<string, string>): void;
  text(text: string): void;
  close(name: string): void;
}

const DEEPEST = 5000;
/** Larger parts than this are not text that anyone wrote. */
const LARGEST_PART = 1 << 27;

/**
 * Reads an XML part of a Word document. Attributes come without prefixes.
 *
 * @returns whether the part is whole: its outermost element closes
 * @throws HyenaError `bad-input` for what is too large, nested too deep or no text
 */
export async function readPart(
  archive: Archive,
  name: string,
  handler: WordHandler,
  signal: AbortSignal,
): Promise<boolean> {
  const prefixes = new Map<string, string>();
  const names: string[] = [];
  let isWhole = false;
  const parser = new Parser(
    {
      onopentag: (tag, given) => {
        if (names.length >= DEEPEST)
          throw new HyenaError('bad-input', msg`Elements are nested more than ${DEEPEST} levels deep.`);
        const attributes = new Map<string, string>();
        for (const [key, value] of Object.entries(given)) {
          const declared = /^xmlns(?::(.*))?$/.exec(key);
          const known = declared && vocabularies.find(([part]) => value.includes(part));
          if (declared) prefixes.set(declared[1] ?? '', known?.[1] ?? declared[1] ?? '');
          else attributes.set(localName(key), value);
        }
        const qualified = nameOf(tag, prefixes);
        names.push(qualified);
        handler.open(qualified, attributes);
      },
      ontext: (text) => handler.text(text),
      onclosetag: (_, isImplied) => {
        const closed = names.pop();
        if (closed !== undefined) handler.close(closed);
        if (names.length === 0) isWhole = !isImplied;
      },
    },
    { xmlMode: true },
  );
  const text = await openText(archive.entry(name), declaredEncoding);
  if (!text) throw new HyenaError('bad-input', msg`Part ${name} is not text.`);
  let length = 0;
  for await (const piece of text.pieces()) {
    signal.throwIfAborted();
    length += piece.length;
    if (length > LARGEST_PART)
      throw new HyenaError('bad-input', msg`Part ${name} is larger than ${LARGEST_PART >> 20} MiB.`);
    parser.write(decodeText(piece));
  }
  parser.end();
  return isWhole;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1).toLowerCase();

function nameOf(tag: string, prefixes: ReadonlyMap<string, string>): string {
  const colon = tag.indexOf(':');
  const prefix = colon < 0 ? '' : tag.slice(0, colon);
  const known = prefixes.get(prefix) ?? prefix;
  return known === 'w' || known === '' ? localName(tag) : `${known}:${localName(tag)}`;
}
