import { createHash, type Hash } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { growableFloats, growableIntegers } from './growable.ts';

const BUFFER_BYTES = 1 << 22;
/** A segment's length and what it is, in one number. */
const LENGTH_BITS = 30;
const LONGEST_SEGMENT = 2 ** LENGTH_BITS - 1;
const NOT_LEARNED = 1;
const TURN_END = 2;

/** A piece of a document that is learned as a whole or not; `turnEnd`: the end of text follows. */
export interface SpoolSegment {
  length: number;
  learned: boolean;
  turnEnd: boolean;
}

/**
 * All documents' text in one temporary file, in order and without duplicates, so that each file is read once, whatever
 * is then done with the text: counted, learned from, divided, tokenized. In memory stay about 40 bytes per document.
 */
export class Spool {
  /** Bytes of all documents that were kept. */
  bytes = 0;
  duplicates = 0;
  duplicateBytes = 0;
  /** Whether any text is not to be learned. */
  hasMasks = false;

  private readonly path: string;
  private readonly file: number;
  private readonly buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  private buffered = 0;
  private flushed = 0;

  private readonly lengths = growableFloats();
  private readonly hashes = [growableIntegers(), growableIntegers()] as const;
  private readonly sources = growableIntegers();
  private readonly segmentEnds = growableIntegers();
  private readonly segments = growableIntegers();
  private known = new Uint32Array(1 << 12);

  private hash: Hash | null = null;
  private current = { source: 0, length: 0, segmentLength: 0, learned: true, masked: false };

  constructor(path: string) {
    this.path = path;
    this.file = openSync(path, 'w+');
  }

  get documents(): number {
    return this.lengths.length;
  }

  lengthOf(document: number): number {
    return this.lengths.at(document);
  }

  sourceOf(document: number): number {
    return this.sources.at(document);
  }

  /** 32 bits of the text's hash: what an order that depends on nothing but the texts is made from. */
  hashOf(document: number): number {
    return this.hashes[0].at(document);
  }

  /** Begins a document; one that was not ended is forgotten. */
  begin(source: number): void {
    this.discard();
    this.current.source = source;
  }

  write(bytes: Uint8Array, learned: boolean): void {
    const { current } = this;
    if (learned !== current.learned && current.segmentLength > 0) this.closeSegment(false);
    current.learned = learned;
    (this.hash ??= createHash('sha256')).update(bytes);
    current.length += bytes.length;
    for (let start = 0; start < bytes.length;) {
      if (this.buffered === BUFFER_BYTES) this.flush();
      const taken = Math.min(
        bytes.length - start,
        BUFFER_BYTES - this.buffered,
        LONGEST_SEGMENT - current.segmentLength,
      );
      this.buffer.set(bytes.subarray(start, start + taken), this.buffered);
      this.buffered += taken;
      start += taken;
      current.segmentLength += taken;
      if (current.segmentLength === LONGEST_SEGMENT) this.closeSegment(false);
    }
  }

  turnEnd(): void {
    this.closeSegment(true);
  }

  /** Ends the document. False: it is empty or was there before, and is not kept. */
  end(): boolean {
    const { current } = this;
    if (current.segmentLength > 0) this.closeSegment(false);
    if (current.length === 0 || !this.hash) {
      this.discard();
      return false;
    }
    if (current.masked) this.hash.update(`\0${this.segmentTail().join()}`);
    const digest = this.hash.digest();
    const [high, low] = [digest.readUInt32LE(0), digest.readUInt32LE(4)];
    const slot = this.findSlot(high, low);
    if (this.known[slot] !== 0) {
      this.duplicates++;
      this.duplicateBytes += current.length;
      this.discard();
      return false;
    }
    this.known[slot] = this.documents + 1;
    this.lengths.push(current.length);
    this.hashes[0].push(high);
    this.hashes[1].push(low);
    this.sources.push(current.source);
    this.segmentEnds.push(this.segments.length);
    this.bytes += current.length;
    this.hasMasks ||= current.masked;
    this.reset();
    if (2 * this.documents > this.known.length) this.growKnown();
    return true;
  }

  /** Forgets the document that is being written. */
  discard(): void {
    if (this.current.length === 0 && this.segments.length === this.keptSegments()) return this.reset();
    this.segments.truncate(this.keptSegments());
    if (this.bytes >= this.flushed) this.buffered = this.bytes - this.flushed;
    else {
      this.flushed = this.bytes;
      this.buffered = 0;
    }
    this.reset();
  }

  /** The segments of a document, in order. */
  segmentsOf(document: number): SpoolSegment[] {
    const first = document === 0 ? 0 : this.segmentEnds.at(document - 1);
    const segments: SpoolSegment[] = [];
    for (let index = first; index < this.segmentEnds.at(document); index++) {
      const packed = this.segments.at(index);
      const flags = packed >>> LENGTH_BITS;
      segments.push({
        length: packed & LONGEST_SEGMENT,
        learned: (flags & NOT_LEARNED) === 0,
        turnEnd: (flags & TURN_END) !== 0,
      });
    }
    return segments;
  }

  /** Bytes from a place in the text of all documents; valid until the next call. */
  read(offset: number, length: number): Uint8Array {
    if (this.buffered > 0) this.flush();
    const wanted = Math.min(length, BUFFER_BYTES, this.bytes - offset);
    let filled = 0;
    while (filled < wanted) {
      const count = readSync(this.file, this.buffer, filled, wanted - filled, offset + filled);
      if (count === 0) throw new Error(`${this.path} ended at ${offset + filled}`);
      filled += count;
    }
    return this.buffer.subarray(0, wanted);
  }

  delete(): void {
    closeSync(this.file);
    rmSync(this.path, { force: true });
  }

  private keptSegments(): number {
    return this.documents === 0 ? 0 : this.segmentEnds.at(this.documents - 1);
  }

  private segmentTail(): number[] {
    const tail: number[] = [];
    for (let index = this.keptSegments(); index < this.segments.length; index++) tail.push(this.segments.at(index));
    return tail;
  }

  private reset(): void {
    this.hash = null;
    this.current = { source: this.current.source, length: 0, segmentLength: 0, learned: true, masked: false };
  }

  private closeSegment(turnEnd: boolean): void {
    const { current } = this;
    const flags = (current.learned ? 0 : NOT_LEARNED) | (turnEnd ? TURN_END : 0);
    this.segments.push(current.segmentLength + flags * 2 ** LENGTH_BITS);
    current.segmentLength = 0;
    current.masked ||= flags !== 0;
  }

  private flush(): void {
    for (let written = 0; written < this.buffered;)
      written += writeSync(this.file, this.buffer, written, this.buffered - written, this.flushed + written);
    this.flushed += this.buffered;
    this.buffered = 0;
  }

  /** Where the hash is, or would go, in the open-addressed table of documents. */
  private findSlot(high: number, low: number): number {
    const mask = this.known.length - 1;
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const document = this.known[slot] - 1;
      if (document < 0) return slot;
      if (this.hashes[0].at(document) === high && this.hashes[1].at(document) === low) return slot;
    }
  }

  private growKnown(): void {
    this.known = new Uint32Array(2 * this.known.length);
    for (let document = 0; document < this.documents; document++)
      this.known[this.findSlot(this.hashes[0].at(document), this.hashes[1].at(document))] = document + 1;
  }
}
