import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { datasetEventSchema } from '../../../../../main/contract/dataset-events.ts';
import { datasetRecordSchema } from '../../../../../main/contract/datasets.ts';
import { DatasetReader } from '../../../../../main/library/datasets/dataset-reader.ts';
import { listDatasets, loadRecord, removeDataset } from '../../../../../main/library/datasets/library.ts';
import { idsOf, useLibrary } from '../../../worker/data/library.ts';

const book = readFileSync(join(import.meta.dirname, '../../../../../resources/books/moby-dick.txt'));

describe('a data set of one text by bytes', () => {
  const { state, file, add, withDataset } = useLibrary();

  it('holds exactly the bytes of the file, cut where the validation share begins', async () => {
    await withDataset({ paths: [file('book.txt', book)] }, (reader) => {
      const cut = Math.floor(book.length * 0.95);
      expect(Buffer.from(idsOf(reader, 'train')).equals(book.subarray(0, cut))).toBe(true);
      expect(Buffer.from(idsOf(reader, 'validation')).equals(book.subarray(cut))).toBe(true);
      expect(reader.record.statistics).toMatchObject({ documents: 1, tokens: book.length, bytes: book.length });
    });
  });

  it('keeps invalid UTF-8, line ends and lone bytes as they are, and tells of them', async () => {
    const bytes = Buffer.concat([Buffer.from('Größe\r\n'.repeat(50)), Buffer.from([0xff, 0xc3]), Buffer.from('end\r')]);
    const record = await withDataset({ paths: [file('odd.txt', bytes)], validation: 0 }, (reader) => {
      expect(Buffer.from(idsOf(reader, 'train')).equals(bytes)).toBe(true);
      return reader.record;
    });
    expect(record.problems).toEqual([expect.objectContaining({ severity: 'note' })]);
  });

  it('drops a byte order mark', async () => {
    const text = file('mark.txt', '\ufeffHello, world');
    await withDataset({ paths: [text], validation: 0 }, (reader) => {
      expect(reader.tokenizer.decode(idsOf(reader, 'train'))).toBe('Hello, world');
    });
  });

  it('writes a record and events of the declared form', async () => {
    await add({ paths: [file('book.txt', book)] });
    expect(() => datasetRecordSchema.parse(JSON.parse(readRecord()))).not.toThrow();
    for (const event of state.events) expect(() => datasetEventSchema.parse(event)).not.toThrow();
    const phases = state.events.map((event) => (event.type === 'progress' ? event.phase : event.type));
    expect(new Set(phases)).toEqual(new Set(['reading', 'tokenizing', 'finishing']));
  });
  const readRecord = () => readFileSync(join(state.folder, 'datasets/test/dataset.json'), 'utf8');

  it('is divided into shards of bounded size and read across their borders', async () => {
    const text = book.subarray(0, 10_000);
    await withDataset({ paths: [file('a.txt', text)], validation: 0, tokensPerShard: 999 }, (reader) => {
      expect(reader.record.splits.train.shards.map(({ tokens }) => tokens)).toEqual([
        ...Array<number>(10).fill(999),
        10,
      ]);
      for (const [offset, length] of [
        [0, 10_000],
        [998, 3],
        [999, 999],
        [1, 9_998],
        [9_999, 1],
        [10_000, 0],
      ] as const)
        expect(Buffer.from(reader.read('train', offset, length)).equals(text.subarray(offset, offset + length))).toBe(
          true,
        );
      expect(() => reader.read('train', 9_999, 2)).toThrow(/9999 to 10001 of 10000/);
    });
  });
});

describe('a data set of several documents', () => {
  const { state, file, withDataset } = useLibrary();
  const folderOf = (texts: string[]) => {
    const folder = join(state.folder, 'texts');
    mkdirSync(folder);
    texts.forEach((text, index) => writeFileSync(join(folder, `${String(index).padStart(4, '0')}.txt`), text));
    return folder;
  };

  it('stands with byte 0 between documents, drops duplicates with a count, and keeps the order', async () => {
    const paths = [folderOf(['one', 'two', 'one', 'three'])];
    await withDataset({ paths, validation: 0 }, (reader) => {
      expect(reader.tokenizer.decode(idsOf(reader, 'train'))).toBe('one\0two\0three');
      expect(reader.record.statistics).toMatchObject({ documents: 3, duplicates: 1, duplicateBytes: 3, tokens: 11 });
      expect(reader.documents('train', 0, 9)).toEqual([
        { start: 0, end: 3, source: 0 },
        { start: 4, end: 7, source: 1 },
        { start: 8, end: 13, source: 3 },
      ]);
    });
  });

  it('keeps whole documents for validation, near the share, whatever the order', async () => {
    const texts = Array.from({ length: 200 }, (_, index) => `Document ${index}. ${'x'.repeat((index * 37) % 101)}`);
    const first = await withDataset({ paths: [folderOf(texts)], validation: 0.1 }, (reader) => {
      const { train, validation } = reader.record.splits;
      expect(validation.bytes / (train.bytes + validation.bytes)).toBeCloseTo(0.1, 2);
      expect(train.documents + validation.documents).toBe(200);
      return reader.tokenizer.decode(idsOf(reader, 'validation')).split('\0');
    });
    for (const text of first) expect(texts).toContain(text);
    const paths = texts.map((text, index) => file(`${String(999 - index)}.txt`, text)).reverse();
    const second = await withDataset({ name: 'other', paths, validation: 0.1 }, (reader) =>
      reader.tokenizer.decode(idsOf(reader, 'validation')).split('\0'),
    );
    expect(new Set(second)).toEqual(new Set(first));
  });

  it('takes the end of one of a few large documents, so that the share is right', async () => {
    const texts = ['a', 'b', 'c'].map((letter) => letter.repeat(1000));
    await withDataset({ paths: [folderOf(texts)], validation: 0.05 }, (reader) => {
      expect(reader.record.splits.validation).toMatchObject({ bytes: 150, documents: 1 });
      expect(reader.record.splits.train).toMatchObject({ bytes: 2850, documents: 3 });
    });
  });
});

describe('the library', () => {
  const { state, file, add } = useLibrary();

  it('lists, loads and removes data sets', async () => {
    await add({ name: 'b', paths: [file('a.txt', 'some text')] });
    await add({ name: 'a', paths: [file('a.txt', 'some text')] });
    mkdirSync(join(state.folder, 'datasets/broken'));
    const { datasets, damaged } = await listDatasets(state.folder);
    expect(datasets.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(damaged.map(({ name }) => name)).toEqual(['broken']);
    await removeDataset(state.folder, 'a');
    await removeDataset(state.folder, 'broken');
    await expect(loadRecord(state.folder, 'a')).rejects.toMatchObject({ code: 'not-found' });
    await expect(removeDataset(state.folder, 'a')).rejects.toMatchObject({ code: 'not-found' });
    expect(readdirSync(join(state.folder, 'datasets'))).toEqual(['b']);
  });

  it('refuses a name that is taken, and names that are no folder', async () => {
    const paths = [file('a.txt', 'some text')];
    await add({ paths });
    await expect(add({ paths })).rejects.toMatchObject({ code: 'already-exists' });
    await expect(add({ paths, name: 'TEST' })).rejects.toMatchObject({
      code: 'already-exists',
      message: "Data set 'test' already exists.",
    });
    for (const name of ['', '..', 'a/b', '.hidden', 'a\\b', 'con', 'x'.repeat(101), 'a\0b'])
      await expect(add({ name, paths }), name).rejects.toMatchObject({ code: 'usage' });
  });

  it('leaves nothing when there is no text, no file, or it is cancelled', async () => {
    await expect(add({ paths: [file('empty.txt', '')] })).rejects.toMatchObject({ code: 'bad-input' });
    await expect(add({ paths: [file('zeros.txt', Buffer.alloc(1000))] })).rejects.toMatchObject({ code: 'bad-input' });
    await expect(add({ paths: [join(state.folder, 'nowhere')] })).rejects.toMatchObject({ code: 'not-found' });
    const paths = [file('book.txt', book)];
    await expect(add({ paths }, AbortSignal.abort())).rejects.toMatchObject({ code: 'interrupted' });
    await expect(add({ paths }, AbortSignal.timeout(1))).rejects.toMatchObject({ code: 'interrupted' });
    expect(readdirSync(join(state.folder, 'datasets'))).toEqual([]);
  });

  it('deletes what dead processes left, and only that', async () => {
    const datasets = join(state.folder, 'datasets');
    mkdirSync(join(datasets, '.adding-999999999-abc'), { recursive: true });
    mkdirSync(join(datasets, `.adding-${process.pid}-abc`));
    await add({ paths: [file('a.txt', 'some text')] });
    expect(existsSync(join(datasets, '.adding-999999999-abc'))).toBe(false);
    expect(existsSync(join(datasets, `.adding-${process.pid}-abc`))).toBe(true);
  });

  it('names the damaged file', async () => {
    await add({ paths: [file('book.txt', book)] });
    const shard = join(state.folder, 'datasets/test/train-00000.bin');
    const content = readFileSync(shard);
    content[1000] ^= 1;
    writeFileSync(shard, content);
    const reader = await DatasetReader.open(state.folder, 'test');
    await expect(reader.verify()).rejects.toThrow(/checksum of train-00000\.bin does not match/);
    reader.close();
    truncateSync(shard, 100);
    await expect(DatasetReader.open(state.folder, 'test')).rejects.toMatchObject({ code: 'damaged' });
  });
});
