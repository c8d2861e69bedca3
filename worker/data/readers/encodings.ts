import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg, type MessageLike } from '../../../main/contract/message.ts';
import { countInvalid, wholeCharacters } from '../../../main/library/files/utf8.ts';
import { EscapedDecoder, escapedEncoding, type EscapedName } from './escaped-encodings.ts';
import { readHead, type Input } from './input.ts';
import { JOHAB, JohabDecoder } from './johab.ts';
import { decodeLegacy, guessLegacy, isKnown } from './legacy-encodings.ts';
import { joinSurrogates } from './surrogate-utf8.ts';
import { isEbcdic, looksBinary, looksUtf7, wideEncoding } from './unmarked-encodings.ts';

/** What is looked at to tell an encoding: from the start, and from the first byte that is not ASCII. */
const SAMPLE_BYTES = 1 << 18;
/** Pieces of at least so much are held against the look of binary data, wherever in a text. */
const JUDGED_BYTES = 1 << 14;
const LONGEST_LINE = 1 << 20;

const marks: readonly [bytes: readonly number[], name: string][] = [
  [[0xff, 0xfe, 0, 0], 'utf-32le'],
  [[0, 0, 0xfe, 0xff], 'utf-32be'],
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/**
 * `open`: ASCII as far as it was seen, to be determined at the first byte that is not; `utf-8`: bytes pass as they are;
 * else what decodes.
 */
type State =
  | { kind: 'open' }
  | { kind: 'utf-8' }
  | { kind: 'wide' | 'legacy'; name: string }
  | { kind: 'escaped'; name: EscapedName };

export interface OpenText {
  /** The text as UTF-8, in pieces that end at a character; invalid sequences of UTF-8 stay as they are, counted. */
  pieces: (onInvalid?: (sequences: number) => void) => AsyncGenerator<Uint8Array>;
}

/**
 * A text's pieces in UTF-8, its encoding detected. `declared` finds the encoding that a format names in its first
 * bytes, which decides where the bytes leave it open. What is guessed or lost is told to `input.note`. Null for what is
 * not text.
 *
 * @throws HyenaError `bad-input` for text of an encoding that is not read; while reading, where text ends and binary
 * data begins
 */
export async function openText(input: Input, declared?: (head: string) => string | null): Promise<OpenText | null> {
  const head = await readHead(input, SAMPLE_BYTES);
  const mark = marks.find(([bytes]) => bytes.every((byte, index) => head[index] === byte));
  const named = canonical(declared?.(latin1(head.subarray(0, 4096))) ?? null);
  const note = (message: MessageLike) => input.note?.(message);
  const begin = beginning(head, mark?.[1] ?? null, named);
  if (begin === null) return null;
  if (begin.guessed) note(guessed(begin.state.name));
  return {
    pieces: (onInvalid = () => {}) =>
      new Decoding(named, note, onInvalid).pieces(skip(input.stream(), mark?.[0].length ?? 0), begin.state),
  };
}

type Beginning = { state: State; guessed: false } | { state: State & { name: string }; guessed: true };

/** What the first bytes say. */
function beginning(head: Uint8Array, marked: string | null, named: string | null): Beginning | null {
  const sure = (state: State): Beginning => ({ state, guessed: false });
  if (marked === 'utf-8') return sure({ kind: 'utf-8' });
  if (marked !== null) return sure({ kind: 'wide', name: marked });
  if (named !== null && /^iso-2022|^hz/.test(named) && isAscii(head))
    return sure({ kind: 'escaped', name: named as EscapedName });
  if (escapedEncoding(head)) return sure({ kind: 'open' });
  const wide = wideEncoding(head);
  if (wide) return { state: { kind: 'wide', name: wide }, guessed: true };
  if (isEbcdic(head))
    throw new HyenaError('bad-input', 'The encoding is EBCDIC (mainframes), which is not supported.', {
      hint: 'Convert the file to UTF-8 first.',
    });
  if (looksBinary(head)) return null;
  if (named === 'utf-7' && isAscii(head)) return sure({ kind: 'wide', name: 'utf-7' });
  if (looksUtf7(head)) return { state: { kind: 'wide', name: 'utf-7' }, guessed: true };
  return sure({ kind: 'open' });
}

/** A text's bytes as UTF-8; tells of what it guesses and loses on the way. */
class Decoding {
  readonly #named: string | null;
  readonly #note: (message: MessageLike) => void;
  readonly #onInvalid: (sequences: number) => void;
  /** Lines that were in another encoding than UTF-8, and which. */
  #foreign: { name: string; lines: number } | null = null;
  /** Sequences that were not valid in their encoding. */
  #replaced: { name: string; count: number } | null = null;
  /** Characters that came as two surrogates. */
  #surrogates = 0;
  /** Characters of UTF-8 that came as several others. */
  #misread = 0;

  constructor(named: string | null, note: (message: MessageLike) => void, onInvalid: (sequences: number) => void) {
    this.#named = named;
    this.#note = note;
    this.#onInvalid = onInvalid;
  }

  /** The text; what there is to say of it is told when it ends, or is read no further. */
  async *pieces(stream: AsyncIterable<Uint8Array>, begin: State): AsyncGenerator<Uint8Array> {
    try {
      yield* this.#decode(stream, begin);
    } finally {
      this.#tellCounts();
    }
  }

  async *#decode(stream: AsyncIterable<Uint8Array>, begin: State): AsyncGenerator<Uint8Array> {
    let state = begin;
    let held: Uint8Array = new Uint8Array(0);
    let decoder = decoderOf(state);
    for await (const piece of withEnd(stream)) {
      const isEnd = piece === null;
      held = isEnd ? held : held.length > 0 ? Buffer.concat([held, piece]) : piece;
      if (
        state.kind !== 'wide' &&
        held.length >= JUDGED_BYTES &&
        state.kind !== 'escaped' &&
        !escapedEncoding(held) &&
        looksBinary(held)
      )
        throw new HyenaError('bad-input', 'The file starts as text but contains binary data later.');
      while (state.kind === 'open') {
        const at = firstBeyondAscii(held);
        if (at === held.length) {
          if (held.length > 0) yield held;
          held = new Uint8Array(0);
          break;
        }
        const line = held.lastIndexOf(0x0a, at) + 1;
        if (line > 0) yield held.subarray(0, line);
        held = held.subarray(line);
        if (!isEnd && held.length - (at - line) < SAMPLE_BYTES) break;
        const found = this.#decide(held);
        if (found) {
          state = found;
          decoder = decoderOf(state);
          break;
        }
        // Escape sequences of a terminal and the like: ASCII continues.
        const end = isEnd ? held.length : Math.max(at - line + 1, held.lastIndexOf(0x0a) + 1);
        yield held.subarray(0, end);
        held = held.subarray(end);
      }
      if (state.kind === 'open') continue;
      if (state.kind === 'utf-8') {
        const end = isEnd ? held.length : this.#wholePart(held);
        if (end > 0) yield* this.#utf8(held.subarray(0, end));
        held = Buffer.from(held.subarray(end));
        continue;
      }
      if (state.kind === 'legacy' && held.length > 0 && isLaterUtf8(held)) {
        this.#note(msg`A later part is UTF-8 and was read as UTF-8.`);
        if (decoder) yield* utf8Of(decoder.end());
        state = { kind: 'utf-8' };
        yield* this.#utf8(held.subarray(0, isEnd ? held.length : wholeCharacters(held)));
        held = isEnd ? new Uint8Array(0) : Buffer.from(held.subarray(wholeCharacters(held)));
        continue;
      }
      const text = (held.length > 0 ? decoder!.write(held) : '') + (isEnd ? decoder!.end() : '');
      held = new Uint8Array(0);
      const replaced = countReplaced(text);
      if (replaced > 0 && 'name' in state)
        this.#replaced = { name: state.name, count: (this.#replaced?.count ?? 0) + replaced };
      yield* utf8Of(text);
    }
  }

  #tellCounts(): void {
    if (this.#replaced)
      this.#note(
        msg`${this.#replaced.count} byte {0|one: sequence is|other: sequences are} not valid ${labelOf(this.#replaced.name)} and {0|one: was|other: were} replaced with U+FFFD.`,
      );
    if (this.#foreign)
      this.#note(
        msg`${this.#foreign.lines} {0|one: line is not UTF-8, unlike the rest, and was|other: lines are not UTF-8, unlike the rest, and were} read as ${labelOf(this.#foreign.name)}.`,
      );
    if (this.#surrogates > 0)
      this.#note(
        msg`${this.#surrogates} {0|one: character was encoded as a surrogate pair|other: characters were encoded as surrogate pairs} (CESU-8) and {0|one: was|other: were} decoded.`,
      );
    if (this.#misread >= LEAST_MISREAD)
      this.#note(
        msg`${this.#misread} {0|one: character looks|other: characters look} like UTF-8 that a program read as Windows-1252 (Ã© for é) and {0|one: was|other: were} kept unchanged. If so, save the file in its original encoding.`,
      );
  }

  /** The encoding of text from its first byte that is not plain ASCII; null where it is ASCII for all that. */
  #decide(sample: Uint8Array): State | null {
    const escaped = escapedEncoding(sample);
    if (escaped) {
      if (this.#named !== escaped) this.#note(guessed(escaped));
      return { kind: 'escaped', name: escaped };
    }
    if (isAscii(sample)) return null;
    const whole = joinSurrogates(sample.subarray(0, wholeCharacters(sample))).bytes;
    if (isUtf8(whole) || mostlyUtf8(whole) || isMixed(whole)) return { kind: 'utf-8' };
    if (this.#named !== null && isKnown(this.#named) && !/^utf|^iso-2022|^hz/.test(this.#named))
      return { kind: 'legacy', name: this.#named };
    const name = guessLegacy(sample);
    this.#note(guessed(name));
    return { kind: 'legacy', name };
  }

  /** Up to where bytes can be taken: a whole character, or line where they are not UTF-8. */
  #wholePart(bytes: Uint8Array): number {
    const whole = wholeCharacters(bytes);
    if (isUtf8(bytes.subarray(0, whole))) return whole;
    const line = bytes.lastIndexOf(0x0a) + 1;
    return line > 0 ? line : bytes.length < LONGEST_LINE ? 0 : whole;
  }

  /** UTF-8, of which lines may be in another encoding. */
  *#utf8(given: Uint8Array): Generator<Uint8Array> {
    const { bytes, count } = isUtf8(given) ? { bytes: given, count: 0 } : joinSurrogates(given);
    this.#surrogates += count;
    this.#misread += countMisread(bytes);
    if (isUtf8(bytes)) {
      yield bytes;
      return;
    }
    const foreign = foreignLines(bytes);
    if (foreign.length === 0) {
      this.#onInvalid(countInvalid(bytes));
      yield bytes;
      return;
    }
    const name =
      this.#foreign?.name ?? guessLegacy(Buffer.concat(foreign.map(({ start, end }) => bytes.subarray(start, end))));
    this.#foreign = { name, lines: (this.#foreign?.lines ?? 0) + foreign.length };
    let at = 0;
    for (const { start, end } of [...foreign, { start: bytes.length, end: bytes.length }]) {
      if (start > at) {
        const between = bytes.subarray(at, start);
        this.#onInvalid(countInvalid(between));
        yield between;
      }
      yield* utf8Of(decodeLegacy(bytes.subarray(start, end), name));
      at = end;
    }
  }
}

interface StreamDecoder {
  write(piece: Uint8Array): string;
  end(): string;
}

function decoderOf(state: State): StreamDecoder | null {
  if (state.kind === 'escaped') return new EscapedDecoder(state.name);
  if (!('name' in state)) return null;
  if (state.name === JOHAB) return new JohabDecoder();
  const decoder = iconv.getDecoder(state.name, { stripBOM: false });
  let high = '';
  // The two halves of a character beyond the basic plane may come in two pieces.
  const whole = (text: string): string => {
    const joined = high + text;
    high = (joined.charCodeAt(joined.length - 1) & 0xfc00) === 0xd800 ? joined.slice(-1) : '';
    return high ? joined.slice(0, -1) : joined;
  };
  return {
    write: (piece) => whole(decoder.write(Buffer.from(piece.buffer, piece.byteOffset, piece.length))),
    end: () => whole(decoder.end() ?? '') + high,
  };
}

function* utf8Of(text: string): Generator<Uint8Array> {
  if (text.length > 0) yield Buffer.from(text, 'utf8');
}

const countReplaced = (text: string): number => (text.match(/\ufffd/g) ?? []).length;

async function* withEnd(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | null> {
  yield* stream;
  yield null;
}

async function* skip(stream: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const piece of stream) {
    const rest = piece.subarray(Math.min(left, piece.length));
    left -= piece.length - rest.length;
    if (rest.length > 0) yield rest;
  }
}

/** The first byte that may be no ASCII text; the length if there is none. */
function firstBeyondAscii(bytes: Uint8Array): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let first = isAscii(bytes) ? bytes.length : bytes.findIndex((byte) => byte >= 0x80);
  for (const sign of ['\x1b', '\x0e', '~{']) {
    const at = buffer.indexOf(sign);
    if (at >= 0 && at < first) first = at;
  }
  return first;
}

/** Valid sequences far outnumber the damage: UTF-8 that was cut or pasted incorrectly, rather than another encoding. */
function mostlyUtf8(sample: Uint8Array): boolean {
  const invalid = countInvalid(sample);
  return leadsIn(sample) > 20 * invalid;
}

function leadsIn(bytes: Uint8Array): number {
  let leads = 0;
  for (const byte of bytes) if (byte >= 0xc2 && byte < 0xf5) leads++;
  return leads;
}

/** Lines with other bytes than ASCII. */
function* highLines(bytes: Uint8Array): Generator<{ start: number; end: number; line: Uint8Array }> {
  for (let start = 0; start < bytes.length;) {
    const next = bytes.indexOf(0x0a, start);
    const end = next < 0 ? bytes.length : next + 1;
    const line = bytes.subarray(start, end);
    if (!isAscii(line)) yield { start, end, line };
    start = end;
  }
}

/** Some lines are UTF-8 throughout, more than chance makes of another encoding, and others are not. */
function isMixed(sample: Uint8Array): boolean {
  let [valid, invalid, characters] = [0, 0, 0];
  for (const { line } of highLines(sample)) {
    if (!isUtf8(line)) invalid++;
    else {
      valid++;
      characters += leadsIn(line);
    }
  }
  return characters >= 3 && valid >= 0.1 * invalid;
}

/** A whole piece of a text in another encoding that is UTF-8 for all that: files were joined. */
const isLaterUtf8 = (bytes: Uint8Array): boolean => {
  const whole = bytes.subarray(0, wholeCharacters(bytes));
  return !isAscii(whole) && isUtf8(whole) && leadsIn(whole) >= 20;
};

/** Fewer of them may be meant: someone writes of the mistake. */
const LEAST_MISREAD = 3;

/** Characters that UTF-8 makes of itself if it is read as Windows-1252: Ã with what follows it, â€ and ðŸ. */
const misread =
  /\xc3\x83(?:\xc2[\x80-\xbf]|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xc6\x92|\xcb[\x86\x9c]|\xe2\x80[\x93-\xba]|\xe2\x82\xac|\xe2\x84\xa2)|\xc3\xa2(?:\xe2\x82\xac|\xc2\x80)(?:\xc2[\x80-\xbf]|\xc5[\x92-\xbe]|\xcb[\x86\x9c]|\xe2[\x80-\x84][\x80-\xbf])|\xc3\xb0(?:\xc5\xb8|\xc2\x9f)/g;

function countMisread(bytes: Uint8Array): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return buffer.includes('Ã') || buffer.includes('â') || buffer.includes('ð')
    ? (buffer.toString('latin1').match(misread)?.length ?? 0)
    : 0;
}

/** Least invalid sequences that are taken for another encoding rather than for damage. */
const LEAST_FOREIGN = 3;

/** Lines within UTF-8 that are of another encoding: not damaged, but without any of its characters. */
function foreignLines(bytes: Uint8Array): { start: number; end: number }[] {
  const lines: { start: number; end: number }[] = [];
  let sequences = 0;
  for (const { start, end, line } of highLines(bytes)) {
    const invalid = countInvalid(line);
    if (invalid === 0 || mostlyUtf8(line) || validIn(line) > invalid) continue;
    lines.push({ start, end });
    sequences += invalid;
  }
  return sequences < LEAST_FOREIGN ? [] : lines;
}

/** Characters beyond ASCII that are whole. */
const validIn = (bytes: Uint8Array): number =>
  (new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).match(/(?!\ufffd)[\u0080-\u{10ffff}]/gu) ?? []).length;

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** An encoding as this program calls it, from a name that people and programs give it. */
function canonical(label: string | null): string | null {
  if (label === null) return null;
  const name = label.trim().toLowerCase();
  if (/^(?:iso-2022-(?:jp|kr|cn)|hz-gb-2312|utf-7)$/.test(name)) return name;
  if (/^(?:cs)?iso-?2022-?jp/.test(name)) return 'iso-2022-jp';
  if (/^(?:johab|cp-?1361|ms1361)$/.test(name)) return JOHAB;
  try {
    const known = new TextDecoder(name).encoding;
    const own: Record<string, string> = {
      macintosh: 'macroman',
      'x-mac-cyrillic': 'maccyrillic',
      gbk: 'gb18030',
      'euc-kr': 'cp949',
      'iso-8859-8-i': 'iso-8859-8',
    };
    return own[known] ?? known;
  } catch {
    return iconv.encodingExists(name) ? name : null;
  }
}

/** How an encoding is called for a person. */
export function labelOf(name: string): string {
  const known: Record<string, string> = {
    macroman: 'Mac Roman',
    maccyrillic: 'Mac Cyrillic',
    macgreek: 'Mac Greek',
    maccenteuro: 'Mac Central European',
    macturkish: 'Mac Turkish',
    shift_jis: 'Shift-JIS',
    johab: 'Johab',
    big5: 'Big5',
  };
  return (
    known[name] ??
    name
      .toUpperCase()
      .replace(/^WINDOWS/, 'Windows')
      .replace(/^UTF-(\d+)([LB]E)$/, 'UTF-$1 $2')
  );
}

const guessed = (name: string): MessageLike => msg`No encoding is stated; the file was read as ${labelOf(name)}.`;
