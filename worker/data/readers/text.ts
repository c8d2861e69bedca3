import { HyenaError } from '../../../main/contract/errors.ts';
import { told } from '../../../main/contract/told.ts';
import { openText } from './encodings.ts';
import type { Input } from './input.ts';
import { problem, type ReaderEvent } from './reader.ts';

/** Plain text and source code: the bytes as they are, but for a byte order mark; other encodings become UTF-8. */
export async function* readText(input: Input): AsyncGenerator<ReaderEvent> {
  const text = await openText(input, namedEncoding);
  if (!text) throw new HyenaError('bad-input', 'It is not text: it holds binary data.');
  let invalid = 0;
  yield { type: 'document', source: input.name };
  for await (const content of text.pieces((sequences) => (invalid += sequences))) yield { type: 'text', content };
  yield { type: 'end' };
  if (invalid > 0)
    yield problem('note', input.name, told`${invalid} byte sequences are not valid UTF-8; they were kept as they are.`);
}

/** The encoding that an XML declaration or a line for an editor names (`<?xml encoding="…"?>`, `-*- coding: … -*-`). */
function namedEncoding(head: string): string | null {
  const named =
    /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]+)/i.exec(head) ??
    /^(?:[^\n]*\n)?[^\n]{0,200}?(?:-\*-[^\n]{0,100}?\bcoding|\bcoding|\bfileencoding)[:=]\s*([\w.-]+)/.exec(head) ??
    /^@charset "([\w.-]+)"/.exec(head);
  return named ? named[1] : null;
}
