import { HyenaError } from '../../../main/contract/errors.ts';
import { msg, type Message } from '../../../main/contract/message.ts';
import { openText } from './encodings.ts';
import { joinList } from './field-path.ts';
import type { Input } from './input.ts';
import { problem, type ReadContext, type ReaderEvent } from './reader.ts';

/** A header of more bytes than this is cut. */
const longestHeader = 1 << 16;
/** This many residues decide whether a file is FASTA at all. */
const judgedResidues = 1 << 14;
/** Of the residues of a file without headers, at least this share must be nucleotides. */
const nucleotideShare = 0.9;
/** Of what stands under headers, at least this share must be residues. */
const residueShare = 0.7;
/** Letters that only amino acids have, as a share of all: above it, sequences are proteins. */
const proteinShare = 0.05;

const [newline, carriageReturn, greater, semicolon, gap, dot, stop] = [0x0a, 0x0d, 0x3e, 0x3b, 0x2d, 0x2e, 0x2a];

/** What a byte is within a sequence. */
const kinds = { space: 0, base: 1, unknown: 2, ambiguous: 3, amino: 4, gap: 5, stop: 6, digit: 7, other: 8 } as const;
const kindOf = Uint8Array.from({ length: 256 }, (_, byte) => {
  const letter = String.fromCharCode(byte).toUpperCase();
  if (byte === 9 || byte === 11 || byte === 12 || byte === 32) return kinds.space;
  if (byte === gap || byte === dot) return kinds.gap;
  if (byte === stop) return kinds.stop;
  if (byte >= 128) return kinds.other;
  if ('ACGTU'.includes(letter)) return kinds.base;
  if (letter === 'N') return kinds.unknown;
  // IUPAC-IUB codes (Cornish-Bowden, Nucleic Acids Research 13, 1985); all of them are amino acids too.
  if ('RYSWKMBDHV'.includes(letter)) return kinds.ambiguous;
  if (letter >= 'A' && letter <= 'Z') return kinds.amino;
  return byte >= 0x30 && byte <= 0x39 ? kinds.digit : kinds.other;
});

/** The id and the description of a header: what stands before its first space, and the rest. */
export function headerParts(header: string): { id: string; description: string } {
  const [, id, description] = /^\s*(\S*)\s*([^]*)$/.exec(header)!;
  return { id, description: description.trim() };
}

/**
 * FASTA: each record a document, its sequence without line breaks, in upper case (lower case masks repeats). Its title is the
 * header. Gaps, stops, digits and other characters that are not residues are dropped; all that is dropped, changed or
 * ambiguous is counted.
 *
 * @throws HyenaError `bad-input` for a file that is not FASTA
 */
export async function* readFasta(input: Input, { enough }: Pick<ReadContext, 'enough'>): AsyncGenerator<ReaderEvent> {
  const text = await openText(input);
  if (!text) throw new HyenaError('bad-input', 'Not a text file: it contains binary data.');
  const records = new Records(input.name);
  for await (const piece of text.pieces()) {
    yield* records.push(piece);
    if (enough?.()) break;
  }
  yield* records.end();
}

/** The records of a file whose bytes come in pieces. */
class Records {
  readonly #source: string;
  #place: 'line-start' | 'header' | 'comment' | 'sequence' = 'line-start';
  #header: number[] = [];
  /** Of the record that is being read; null: the file has not had a header yet. */
  #title: string | null = null;
  #open = false;
  #judged = false;
  /** What was read before the file was judged to be FASTA. */
  #held: ReaderEvent[] = [];
  readonly #ids = new Set<string>();
  readonly #counts = new Array<number>(Object.keys(kinds).length).fill(0);
  readonly #otherCharacters = new Set<string>();
  #lowerCase = 0;
  #comments = 0;
  #headers = 0;
  #unnamed = 0;
  #repeated = { count: 0, first: '' };
  #empty = { count: 0, first: '' };

  constructor(source: string) {
    this.#source = source;
  }

  *push(bytes: Uint8Array): Generator<ReaderEvent> {
    const out = Buffer.allocUnsafe(bytes.length);
    let written = 0;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === newline || byte === carriageReturn) {
        if (this.#place === 'header') yield* this.#hold(this.#begin());
        this.#place = 'line-start';
        continue;
      }
      if (this.#place === 'line-start') {
        if (byte === greater) {
          if (written > 0) yield* this.#hold(this.#residues(out.subarray(0, written)));
          written = 0;
          yield* this.#hold(this.#close());
          this.#place = 'header';
          this.#header = [];
          continue;
        }
        if (byte === semicolon) {
          this.#place = 'comment';
          this.#comments++;
          continue;
        }
        this.#place = 'sequence';
      }
      if (this.#place === 'header') {
        if (this.#header.length < longestHeader) this.#header.push(byte);
      } else if (this.#place === 'sequence') {
        const kind = kindOf[byte];
        this.#counts[kind]++;
        if (kind >= kinds.base && kind <= kinds.amino) {
          if (byte >= 0x61) this.#lowerCase++;
          out[written++] = byte & 0xdf;
        } else if (kind === kinds.other && this.#otherCharacters.size < 20)
          this.#otherCharacters.add(byte < 128 ? String.fromCharCode(byte) : '\ufffd');
      }
    }
    if (written > 0) yield* this.#hold(this.#residues(out.subarray(0, written)));
  }

  *end(): Generator<ReaderEvent> {
    if (this.#place === 'header') yield* this.#hold(this.#begin());
    yield* this.#hold(this.#close());
    this.#judge();
    yield* this.#held;
    this.#held = [];
    for (const sentence of this.#partly()) yield problem('partly-read', this.#source, sentence);
    for (const sentence of this.#notes()) yield problem('note', this.#source, sentence);
  }

  /** Passes events on once enough was seen to call the file FASTA. */
  *#hold(events: Iterable<ReaderEvent>): Generator<ReaderEvent> {
    for (const event of events) {
      if (this.#judged) yield event;
      else this.#held.push(event);
    }
    const { length } = this.#counts;
    let residues = 0;
    for (let kind = 1; kind < length; kind++) residues += this.#counts[kind];
    if (this.#judged || residues < judgedResidues) return;
    this.#judge();
    yield* this.#held;
    this.#held = [];
  }

  /** @throws HyenaError `bad-input` if what was seen so far is not FASTA */
  #judge(): void {
    if (this.#judged) return;
    this.#judged = true;
    const of = (...names: (keyof typeof kinds)[]) => names.reduce((sum, name) => sum + this.#counts[kinds[name]], 0);
    const all = of('base', 'unknown', 'ambiguous', 'amino', 'gap', 'stop', 'digit', 'other');
    const nucleotides = of('base', 'unknown', 'gap');
    const residues = of('base', 'unknown', 'ambiguous', 'amino', 'gap', 'stop');
    const isFasta = this.#headers > 0 && this.#unnamed === 0 ? residueShare * all <= residues : false;
    const isSequence = this.#unnamed > 0 && nucleotideShare * all <= nucleotides;
    if (all === 0 || isFasta || isSequence) return;
    throw new HyenaError(
      'bad-input',
      'Not FASTA: what it contains are not sequences under headers that begin with >.',
      {
        hint: 'Rename a plain text to .txt.',
      },
    );
  }

  *#begin(): Generator<ReaderEvent> {
    this.#headers++;
    this.#title = Buffer.from(this.#header).toString('utf8').trim();
    const { id } = headerParts(this.#title);
    // The ids of more records than these are not compared.
    if (this.#ids.has(id)) {
      if (this.#repeated.count++ === 0) this.#repeated.first = id;
    } else if (this.#ids.size < 1_000_000) this.#ids.add(id);
    this.#open = false;
  }

  *#residues(content: Uint8Array): Generator<ReaderEvent> {
    if (!this.#open) {
      if (this.#title === null) this.#unnamed++;
      const title = this.#title ?? '';
      yield { type: 'document', source: this.#source, ...(title !== '' && { title }) };
      this.#open = true;
    }
    yield { type: 'text', content: Uint8Array.from(content) };
  }

  /** The record ends. */
  *#close(): Generator<ReaderEvent> {
    if (this.#open) yield { type: 'end' };
    else if (this.#title !== null) {
      if (this.#empty.count++ === 0) this.#empty.first = headerParts(this.#title).id || '>';
    }
    this.#open = false;
    this.#title = null;
  }

  *#partly(): Generator<Message> {
    const { count, first } = this.#empty;
    if (count > 0)
      yield msg`${count} {0|one: record has|other: records have} no sequence and {0|one: was|other: were} skipped (first: ${first}).`;
    const dropped = this.#counts[kinds.other] + this.#counts[kinds.digit];
    const names = [...(this.#counts[kinds.digit] > 0 ? ['0–9'] : []), ...this.#otherCharacters];
    if (dropped > 0)
      yield msg`${dropped} {0|one: character|other: characters} that {0|one: is|other: are} not part of a sequence {0|one: was|other: were} dropped: ${joinList(names)}.`;
  }

  *#notes(): Generator<Message> {
    const count = (kind: keyof typeof kinds) => this.#counts[kinds[kind]];
    const letters = count('base') + count('unknown') + count('ambiguous') + count('amino');
    const isProtein = count('amino') > proteinShare * letters;
    if (isProtein) yield msg`The sequences are proteins. A DNA model does not know amino acids.`;
    else {
      if (count('amino') > 0)
        yield msg`${count('amino')} {0|one: letter is|other: letters are} neither a nucleotide nor a code for several; {0|one: it was|other: they were} kept.`;
      if (count('ambiguous') > 0)
        yield msg`${count('ambiguous')} {0|one: letter is|other: letters are} IUPAC codes for several nucleotides; {0|one: it was|other: they were} kept.`;
      if (count('unknown') > 0) yield msg`${count('unknown')} {0|one: base is|other: bases are} unknown (N).`;
    }
    if (this.#lowerCase > 0)
      yield msg`${this.#lowerCase} {0|one: letter in lower case (soft-masked) was|other: letters in lower case (soft-masked) were} read as upper case.`;
    if (count('gap') > 0)
      yield msg`${count('gap')} {0|one: gap character was|other: gap characters were} dropped (- or .).`;
    if (count('stop') > 0)
      yield msg`${count('stop')} {0|one: stop character was|other: stop characters were} dropped (*).`;
    if (this.#comments > 0)
      yield msg`${this.#comments} {0|one: comment line was|other: comment lines were} dropped (;).`;
    if (this.#repeated.count > 0)
      yield msg`${this.#repeated.count} {0|one: record has|other: records have} the name of an earlier one (first: ${this.#repeated.first}).`;
    if (this.#unnamed > 0) yield msg`A sequence has no header (>).`;
  }
}
