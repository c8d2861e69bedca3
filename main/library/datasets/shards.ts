import { createHash, type Hash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { DatasetRecord, DatasetSplit, SplitName, StoredFile } from '../../contract/datasets.ts';
import { indexFile, maskFile, shardFile } from './layout.ts';

export type Dtype = DatasetRecord['dtype'];
export const bytesPerId = (dtype: Dtype): number => (dtype === 'uint16' ? 2 : 4);
export const dtypeFor = (vocabularySize: number): Dtype => (vocabularySize <= 1 << 16 ? 'uint16' : 'uint32');

/** Tokens a shard: 256 MiB of 16-bit ids. */
const TOKENS_PER_SHARD = 1 << 27;
const BUFFER_TOKENS = 1 << 19;

/** A file that is written in order, summed as it is written, and flushed to the disk at its end. */
export class SummedFile {
  bytes = 0;
  private readonly name: string;
  private readonly file: number;
  private readonly hash: Hash = createHash('sha256');

  constructor(folder: string, name: string) {
    this.name = name;
    this.file = openSync(join(folder, name), 'wx');
  }

  write(data: Uint8Array): void {
    this.hash.update(data);
    for (let written = 0; written < data.length;) written += writeSync(this.file, data, written);
    this.bytes += data.length;
  }

  close(): StoredFile {
    fsyncSync(this.file);
    closeSync(this.file);
    return { file: this.name, bytes: this.bytes, sha256: this.hash.digest('hex') };
  }

  /** Gives the file up; its folder is deleted by whoever made it. */
  abandon(): void {
    closeSync(this.file);
  }
}

/** Writes one split: its shards, its masks where it has any, and the index of its documents. */
export class SplitWriter {
  documents = 0;
  tokens = 0;
  learnedTokens = 0;
  bytes = 0;

  private readonly folder: string;
  private readonly split: SplitName;
  private readonly dtype: Dtype;
  private readonly masked: boolean;
  private readonly tokensPerShard: number;
  private readonly buffer: Uint16Array | Uint32Array;
  private readonly maskBuffer: Uint8Array;
  private buffered = 0;
  private shardTokens = 0;
  private shard: SummedFile | null = null;
  private mask: SummedFile | null = null;
  private readonly index: SummedFile;
  private readonly indexBuffer = new BigUint64Array(2 * 4096);
  private indexed = 0;
  private readonly shards: DatasetSplit['shards'] = [];
  private readonly masks: DatasetSplit['masks'] = [];

  constructor(folder: string, split: SplitName, options: { dtype: Dtype; masked: boolean; tokensPerShard?: number }) {
    this.folder = folder;
    this.split = split;
    this.dtype = options.dtype;
    this.masked = options.masked;
    this.tokensPerShard = options.tokensPerShard ?? TOKENS_PER_SHARD;
    this.buffer = options.dtype === 'uint16' ? new Uint16Array(BUFFER_TOKENS) : new Uint32Array(BUFFER_TOKENS);
    this.maskBuffer = new Uint8Array(options.masked ? BUFFER_TOKENS : 0);
    this.index = new SummedFile(folder, indexFile(split));
  }

  /** The next token begins a document; `source` is its line in sources.jsonl. */
  beginDocument(source: number): void {
    if (2 * this.indexed === this.indexBuffer.length) this.flushIndex();
    this.indexBuffer[2 * this.indexed] = BigInt(this.tokens);
    this.indexBuffer[2 * this.indexed + 1] = BigInt(source);
    this.indexed++;
    this.documents++;
  }

  /** Tokens, of text or between. */
  append(ids: Int32Array, learned: boolean): void {
    for (let start = 0; start < ids.length;) {
      if (this.buffered === BUFFER_TOKENS) this.flush();
      if (this.shardTokens === this.tokensPerShard) this.closeShard();
      const room = Math.min(BUFFER_TOKENS - this.buffered, this.tokensPerShard - this.shardTokens);
      const taken = Math.min(room, ids.length - start);
      this.buffer.set(ids.subarray(start, start + taken), this.buffered);
      if (this.masked) this.maskBuffer.fill(learned ? 1 : 0, this.buffered, this.buffered + taken);
      this.buffered += taken;
      this.shardTokens += taken;
      start += taken;
    }
    this.tokens += ids.length;
    if (learned) this.learnedTokens += ids.length;
  }

  close(): DatasetSplit {
    this.closeShard();
    this.flushIndex();
    const { documents, tokens, learnedTokens, bytes, shards, masks } = this;
    return { documents, tokens, learnedTokens, bytes, shards, masks, targets: [], index: this.index.close() };
  }

  abandon(): void {
    this.shard?.abandon();
    this.mask?.abandon();
    this.index.abandon();
  }

  private flush(): void {
    if (this.buffered === 0) return;
    this.shard ??= new SummedFile(this.folder, shardFile(this.split, this.shards.length));
    this.shard.write(new Uint8Array(this.buffer.buffer, 0, this.buffered * bytesPerId(this.dtype)));
    if (this.masked) {
      this.mask ??= new SummedFile(this.folder, maskFile(this.split, this.masks.length));
      this.mask.write(this.maskBuffer.subarray(0, this.buffered));
    }
    this.buffered = 0;
  }

  private closeShard(): void {
    this.flush();
    if (this.shard) this.shards.push({ ...this.shard.close(), tokens: this.shardTokens });
    if (this.mask) this.masks.push(this.mask.close());
    this.shard = this.mask = null;
    this.shardTokens = 0;
  }

  private flushIndex(): void {
    this.index.write(new Uint8Array(this.indexBuffer.buffer, 0, 16 * this.indexed));
    this.indexed = 0;
  }
}
