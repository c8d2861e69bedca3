import { HyenaError } from '../../../main/contract/errors.ts';
import { openText } from './encodings.ts';
import { HtmlText, OmittedParts } from './html-text.ts';
import type { Input } from './input.ts';
import { problem, decodeText, untilEnough, type ReadContext, type ReaderEvent } from './reader.ts';

/** The encoding that a page or an XML file names in its first bytes. */
export function declaredEncoding(head: string): string | null {
  const declared =
    /<\?xml[^>]{0,200}?encoding\s*=\s*["']?([\w:.-]+)/i.exec(head) ?? /charset\s*=\s*["']?([\w:.-]+)/i.exec(head);
  return declared ? declared[1].toLowerCase() : null;
}

/** A page as one document: its text, its title, its headings as places. */
export async function* readHtml(input: Input, { enough }: Pick<ReadContext, 'enough'>): AsyncGenerator<ReaderEvent> {
  const text = await openText(input, declaredEncoding);
  if (!text) throw new HyenaError('bad-input', 'Not an HTML page: the file contains binary data.');
  const left = new OmittedParts();
  const html = new HtmlText({ left });
  let begun = false;
  const passOn = function* (events: ReaderEvent[]): Generator<ReaderEvent> {
    if (events.length === 0) return;
    if (!begun) yield { type: 'document', source: input.name, title: html.title.trim() || undefined };
    begun = true;
    yield* untilEnough(events, enough);
  };
  for await (const piece of text.pieces()) {
    yield* passOn(html.push(decodeText(piece)));
    if (enough?.()) break;
  }
  if (!enough?.()) yield* passOn(html.end());
  if (!begun) throw new HyenaError('bad-input', 'The page contains no text.');
  yield { type: 'end' };
  for (const sentence of left.sentences()) yield problem('note', input.name, sentence);
}
