import { createHash } from 'node:crypto';
import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetRecord, DatasetSplit, SplitName, StoredFile } from '../../contract/datasets.ts';
import { HyenaError } from '../../contract/errors.ts';
import { msg, type Message } from '../../contract/message.ts';
import { readTokenizerFile } from '../tokenizers/load.ts';
import type { Tokenizer } from '../tokenizers/tokenizer.ts';
import { datasetFolder, TOKENIZER_FILE } from './layout.ts';
import { loadRecord } from './library.ts';
import { bytesPerId } from './shards.ts';

/** A document's place in the tokens of a split. */
export interface DocumentRange {
  start: number;
  /** Exclusive; a separator that follows is not counted in. */
  end: number;
  /** Line in sources.jsonl, from 0. */
  source: number;
}

interface OpenSplit {
  record: DatasetSplit;
  /** First token of each shard, and the number of all. */
  starts: number[];
  shards: number[];
  masks: number[];
  targets: number[];
  index: number;
}

/**
 * Tokens of a data set by range. Nothing is held in memory: each read goes to the files, whose pages the system keeps.
 * Reads are synchronous: a batch is some kilobytes.
 */
export class DatasetReader {
  readonly record: DatasetRecord;
  readonly tokenizer: Tokenizer;
  private readonly folder: string;
  private readonly splits: Record<SplitName, OpenSplit>;
  private scratch = Buffer.alloc(0);

  private constructor(folder: string, record: DatasetRecord, tokenizer: Tokenizer) {
    this.folder = folder;
    this.record = record;
    this.tokenizer = tokenizer;
    const opened: number[] = [];
    const openFile = (stored: StoredFile): number => {
      const file = openStored(folder, stored, record.name);
      opened.push(file);
      return file;
    };
    const openSplit = (split: DatasetSplit): OpenSplit => {
      const starts = [0];
      for (const { tokens } of split.shards) starts.push(starts.at(-1)! + tokens);
      return {
        record: split,
        starts,
        shards: split.shards.map(openFile),
        masks: split.masks.map(openFile),
        targets: split.targets.map(openFile),
        index: openFile(split.index),
      };
    };
    try {
      this.splits = { train: openSplit(record.splits.train), validation: openSplit(record.splits.validation) };
    } catch (error) {
      opened.forEach((file) => closeSync(file));
      throw error;
    }
  }

  /** Opens a data set of the library. Throws `not-found`, or `damaged` where a file is missing or has another size. */
  static async open(library: string, name: string): Promise<DatasetReader> {
    const record = await loadRecord(library, name);
    const folder = datasetFolder(library, name);
    const text = await readFile(join(folder, TOKENIZER_FILE)).catch(() => Buffer.alloc(0));
    if (sha256(text) !== record.tokenizer.sha256)
      throw damaged(name, msg`the checksum of ${TOKENIZER_FILE} does not match`);
    const tokenizer = await readTokenizerFile(join(folder, TOKENIZER_FILE), record.tokenizer.name, {
      id: record.tokenizer.endOfText ?? undefined,
    });
    return new DatasetReader(folder, record, tokenizer);
  }

  tokenCount(split: SplitName): number {
    return this.splits[split].record.tokens;
  }

  /** Whether some tokens do not count in the loss. */
  hasMask(split: SplitName): boolean {
    return this.splits[split].masks.length > 0;
  }

  /** Ids offset … offset + length of a split, into `out` where given. Throws `internal` outside of it. */
  read(split: SplitName, offset: number, length: number, out = new Int32Array(length)): Int32Array {
    return this.readIds(split, 'shards', offset, length, out);
  }

  /** The answer of a task after each of these tokens. */
  readTargets(split: SplitName, offset: number, length: number, out = new Int32Array(length)): Int32Array {
    return this.readIds(split, 'targets', offset, length, out);
  }

  private readIds(
    split: SplitName,
    files: 'shards' | 'targets',
    offset: number,
    length: number,
    out: Int32Array,
  ): Int32Array {
    const { dtype } = this.record;
    const width = bytesPerId(dtype);
    this.eachShard(split, offset, length, (shard, first, count, at) => {
      const bytes = this.readBytes(this.splits[split][files][shard], first * width, count * width);
      const { buffer, byteOffset } = bytes;
      const ids =
        dtype === 'uint16' ? new Uint16Array(buffer, byteOffset, count) : new Uint32Array(buffer, byteOffset, count);
      out.set(ids, at);
    });
    return out;
  }

  /** 1 where a token counts in the loss, else 0. */
  readMask(split: SplitName, offset: number, length: number, out = new Float32Array(length)): Float32Array {
    if (this.splits[split].masks.length === 0) return out.fill(1, 0, length);
    return this.readMaskBit(split, 0, offset, length, out);
  }

  /** 1 where the answer of a task is measured, else 0. */
  readAsked(split: SplitName, offset: number, length: number, out = new Float32Array(length)): Float32Array {
    return this.readMaskBit(split, 1, offset, length, out);
  }

  private readMaskBit(split: SplitName, bit: number, offset: number, length: number, out: Float32Array): Float32Array {
    const { masks } = this.splits[split];
    this.eachShard(split, offset, length, (shard, first, count, at) => {
      const bytes = this.readBytes(masks[shard], first, count);
      for (let index = 0; index < count; index++) out[at + index] = (bytes[index] >> bit) & 1;
    });
    return out;
  }

  documentCount(split: SplitName): number {
    return this.splits[split].record.documents;
  }

  /** Where documents first … first + count of a split lie. */
  documents(split: SplitName, first: number, count: number): DocumentRange[] {
    const { record, index } = this.splits[split];
    const last = Math.min(record.documents, first + count);
    if (first < 0 || last <= first) return [];
    const entries = Math.min(record.documents, last + 1) - first;
    const bytes = this.readBytes(index, 16 * first, 16 * entries);
    const at = (entry: number, half: number) => Number(bytes.readBigUInt64LE(16 * entry + 8 * half));
    return Array.from({ length: last - first }, (_, entry) => {
      const start = at(entry, 0);
      const next = entry + 1 < entries ? at(entry + 1, 0) : record.tokens;
      return { start, end: this.withoutSeparator(split, start, next), source: at(entry, 1) };
    });
  }

  /** Compares every file with its checksum. Throws `damaged`, naming the first that differs. */
  async verify(signal?: AbortSignal): Promise<void> {
    for (const { record } of Object.values(this.splits))
      for (const stored of [...record.shards, ...record.masks, ...record.targets, record.index]) {
        const hash = createHash('sha256');
        const stream = createReadStream(join(this.folder, stored.file), { highWaterMark: 1 << 20, signal });
        for await (const piece of stream as AsyncIterable<Buffer>) hash.update(piece);
        if (hash.digest('hex') !== stored.sha256)
          throw damaged(this.record.name, msg`the checksum of ${stored.file} does not match`);
      }
  }

  close(): void {
    for (const { shards, masks, targets, index } of Object.values(this.splits))
      [...shards, ...masks, ...targets, index].forEach((file) => closeSync(file));
  }

  private withoutSeparator(split: SplitName, start: number, next: number): number {
    const { endOfText } = this.tokenizer;
    if (this.record.task !== null || endOfText === null || next === this.tokenCount(split) || next === start)
      return next;
    return this.read(split, next - 1, 1)[0] === endOfText ? next - 1 : next;
  }

  private eachShard(
    split: SplitName,
    offset: number,
    length: number,
    visit: (shard: number, first: number, count: number, at: number) => void,
  ): void {
    const { starts, record } = this.splits[split];
    if (offset < 0 || length < 0 || offset + length > record.tokens)
      throw new HyenaError(
        'internal',
        `DatasetReader: tokens ${offset} to ${offset + length} of ${record.tokens} in ${split} are out of range.`,
      );
    let shard = starts.findLastIndex((start) => start <= offset);
    for (let at = 0; at < length; shard++) {
      const first = offset + at - starts[shard];
      const count = Math.min(length - at, starts[shard + 1] - offset - at);
      visit(shard, first, count, at);
      at += count;
    }
  }

  private readBytes(file: number, position: number, length: number): Buffer {
    if (this.scratch.length < length) this.scratch = Buffer.from(new ArrayBuffer(Math.max(length, 1 << 16)));
    let filled = 0;
    while (filled < length) {
      const count = readSync(file, this.scratch, filled, length - filled, position + filled);
      if (count === 0) throw damaged(this.record.name, msg`a shard was truncated`);
      filled += count;
    }
    return this.scratch.subarray(0, length);
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function openStored(folder: string, stored: StoredFile, name: string): number {
  let file: number;
  try {
    file = openSync(join(folder, stored.file), 'r');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw code === 'ENOENT' ? damaged(name, msg`${stored.file} not found`) : error;
  }
  const { size } = fstatSync(file);
  if (size === stored.bytes) return file;
  closeSync(file);
  throw damaged(name, msg`${stored.file} has ${size} bytes, expected ${stored.bytes}`);
}

function damaged(name: string, how: Message): HyenaError {
  return new HyenaError('damaged', msg`Data set '${name}' is damaged: ${how}.`, {
    hint: 'Remove the data set and add its files again.',
  });
}
