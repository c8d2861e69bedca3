import type { DatasetSplit, SplitName } from '../../contract/datasets.ts';
import { indexFile, maskFile, shardFile, targetsFile } from './layout.ts';
import { type Dtype, SummedFile } from './shards.ts';

/** A row of a task as it is stored: arrays of one length; `slice` is its line in sources.jsonl. */
export interface StoredRow {
  readonly inputs: ArrayLike<number>;
  readonly targets: ArrayLike<number>;
  readonly learned: ArrayLike<number>;
  readonly asked: ArrayLike<number>;
  readonly slice: number;
}

/** Writes one split of a task: a shard of inputs, one of targets, a mask and the index of its rows. */
export class RowWriter {
  readonly #dtype: Dtype;
  readonly #shard: SummedFile;
  readonly #mask: SummedFile;
  readonly #targets: SummedFile;
  readonly #index: SummedFile;
  #rows = 0;
  #tokens = 0;
  #learned = 0;

  constructor(folder: string, split: SplitName, dtype: Dtype) {
    this.#dtype = dtype;
    this.#shard = new SummedFile(folder, shardFile(split, 0));
    this.#mask = new SummedFile(folder, maskFile(split, 0));
    this.#targets = new SummedFile(folder, targetsFile(split));
    this.#index = new SummedFile(folder, indexFile(split));
  }

  /** Some rows at a time: a thousand small writes are slower than one. */
  append(rows: readonly StoredRow[]): void {
    const tokens = rows.reduce((sum, { inputs }) => sum + inputs.length, 0);
    const [inputs, targets] = [this.#ids(tokens), this.#ids(tokens)];
    const mask = new Uint8Array(tokens);
    const index = new BigUint64Array(2 * rows.length);
    let at = 0;
    for (const [number, row] of rows.entries()) {
      index[2 * number] = BigInt(this.#tokens + at);
      index[2 * number + 1] = BigInt(row.slice);
      inputs.set(row.inputs, at);
      targets.set(row.targets, at);
      for (let place = 0; place < row.inputs.length; place++, at++) {
        mask[at] = row.learned[place] + 2 * row.asked[place];
        this.#learned += row.learned[place];
      }
    }
    this.#shard.write(bytesOf(inputs));
    this.#targets.write(bytesOf(targets));
    this.#mask.write(mask);
    this.#index.write(bytesOf(index));
    this.#rows += rows.length;
    this.#tokens += tokens;
  }

  /** @param bytes of the text of all rows */
  close(bytes: number): DatasetSplit {
    return {
      documents: this.#rows,
      tokens: this.#tokens,
      learnedTokens: this.#learned,
      bytes,
      shards: [{ ...this.#shard.close(), tokens: this.#tokens }],
      masks: [this.#mask.close()],
      targets: [this.#targets.close()],
      index: this.#index.close(),
    };
  }

  abandon(): void {
    for (const file of [this.#shard, this.#mask, this.#targets, this.#index]) file.abandon();
  }

  #ids(count: number): Uint16Array | Uint32Array {
    return this.#dtype === 'uint16' ? new Uint16Array(count) : new Uint32Array(count);
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
