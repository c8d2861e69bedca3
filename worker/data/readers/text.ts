import { HyenaError } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import { openText } from './encodings.ts';
import type { Input } from './input.ts';
import { problem, type ReadContext, type ReaderEvent } from './reader.ts';

/** Plain text and source code: the bytes as they are, but for a byte order mark; other encodings become UTF-8. */
export async function* readText(
  input: Input,
  { enough }: Pick<ReadContext, 'enough'> = {},
): AsyncGenerator<ReaderEvent> {
  const text = await openText(input, namedEncoding);
  if (!text) throw new HyenaError('bad-input', 'Not a text file: it contains binary data.');
  let invalid = 0;
  yield { type: 'document', source: input.name };
  for await (const content of text.pieces((sequences) => (invalid += sequences))) {
    yield { type: 'text', content };
    if (enough?.()) break;
  }
  yield { type: 'end' };
  if (invalid > 0)
    yield problem(
      'note',
      input.name,
      msg`${invalid} {0|one: byte sequence is not valid UTF-8 and was|other: byte sequences are not valid UTF-8 and were} kept unchanged.`,
    );
}

/** The encoding that an XML declaration or a line for an editor names (`<?xml encoding="…"?>`, `-*- coding: … -*-`). */
function namedEncoding(head: string): string | null {
  const named =
    /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]+)/i.exec(head) ??
    /^(?:[^\n]*\n)?[^\n]{0,200}?(?:-\*-[^\n]{0,100}?\bcoding|\bcoding|\bfileencoding)[:=]\s*([\w.-]+)/.exec(head) ??
    /^@charset "([\w.-]+)"/.exec(head);
  return named ? named[1] : null;
}
