import { HyenaError } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import { openText } from './encodings.ts';
import type { Input } from './input.ts';
import { problem, decodeText, untilEnough, type ReadContext, type ReaderEvent } from './reader.ts';

/** A line of more bytes than this is not a heading. */
const LONGEST_LINE = 1 << 16;
const NEWLINE = 0x0a;

const atx = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;
const setext = /^ {0,3}(=+|-{2,})[ \t]*$/;
const fence = /^ {0,3}(`{3,}|~{3,})/;
/** Lines that an underline below does not make a heading of. */
const noParagraph = /^\s*$|^ {0,3}(?:[#>|]|[-*+][ \t]|\d{1,9}[.)][ \t]|[-*_]{3,}\s*$)|^(?: {4}|\t)/;

/** Markdown: the text as it is written; its headings as places, those in code left out. */
export async function* readMarkdown(
  input: Input,
  { enough }: Pick<ReadContext, 'enough'>,
): AsyncGenerator<ReaderEvent> {
  const text = await openText(input);
  if (!text) throw new HyenaError('bad-input', 'Not a text file: it contains binary data.');
  let invalid = 0;
  const headings = new HeadingFinder();
  yield { type: 'document', source: input.name };
  for await (const piece of text.pieces((sequences) => (invalid += sequences))) {
    yield* untilEnough(headings.push(piece), enough);
    if (enough?.()) break;
  }
  if (!enough?.()) yield* headings.end();
  yield { type: 'end' };
  if (invalid > 0)
    yield problem(
      'note',
      input.name,
      msg`${invalid} {0|one: byte sequence is not valid UTF-8 and was|other: byte sequences are not valid UTF-8 and were} kept unchanged.`,
    );
}

/** Passes bytes on unchanged, with a place before each heading. */
class HeadingFinder {
  private carry: Uint8Array = new Uint8Array(0);
  private openFence = '';

  *push(piece: Uint8Array): Generator<ReaderEvent> {
    const bytes = this.carry.length > 0 ? Buffer.concat([this.carry, piece]) : piece;
    const kept = yield* this.scan(bytes, false);
    if (bytes.length - kept > LONGEST_LINE) {
      yield { type: 'text', content: bytes.subarray(kept) };
      this.carry = new Uint8Array(0);
    } else this.carry = Uint8Array.from(bytes.subarray(kept));
  }

  *end(): Generator<ReaderEvent> {
    const bytes = this.carry;
    this.carry = new Uint8Array(0);
    yield* this.scan(bytes, true);
  }

  /** Goes through the whole lines; returns where the part begins that must be seen again with what follows it. */
  private *scan(bytes: Uint8Array, isLast: boolean): Generator<ReaderEvent, number> {
    let sentence = 0;
    let previousStart = 0;
    let previous = '';
    let start = 0;
    while (start < bytes.length) {
      const newline = bytes.indexOf(NEWLINE, start);
      if (newline < 0 && !isLast) break;
      const next = newline < 0 ? bytes.length : newline + 1;
      const line = next - start > LONGEST_LINE ? '' : decodeText(bytes.subarray(start, next)).replace(/\r?\n$/, '');
      const heading = this.headingIn(line, previous);
      if (heading) {
        const at = heading.isUnderline ? previousStart : start;
        if (at > sentence) yield { type: 'text', content: bytes.subarray(sentence, at) };
        sentence = at;
        yield { type: 'place', kind: 'heading', label: heading.label.slice(0, 200), level: heading.level };
      }
      previous = heading ? '' : line;
      previousStart = start;
      start = next;
    }
    // The last whole line may be a heading by the line below it.
    const end = isLast || this.openFence !== '' || previous === '' ? start : previousStart;
    if (end > sentence) yield { type: 'text', content: bytes.subarray(sentence, end) };
    return Math.max(sentence, end);
  }

  private headingIn(line: string, previous: string): { label: string; level: number; isUnderline: boolean } | null {
    const mark = fence.exec(line)?.[1];
    if (this.openFence !== '') {
      if (mark?.startsWith(this.openFence) && line.trim() === mark) this.openFence = '';
      return null;
    }
    if (mark) {
      this.openFence = mark;
      return null;
    }
    const hashes = atx.exec(line);
    if (hashes) return hashes[2] ? { label: hashes[2], level: hashes[1].length, isUnderline: false } : null;
    const underline = setext.exec(line);
    if (!underline || noParagraph.test(previous)) return null;
    return { label: previous.trim(), level: underline[1].startsWith('=') ? 1 : 2, isUnderline: true };
  }
}
