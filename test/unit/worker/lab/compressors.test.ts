import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { compress } from '../../../../worker/lab/compressors.ts';

it('compresses a text with what there is, gzip and brotli at least', async () => {
  const book = readFileSync(join(import.meta.dirname, '../../../../resources/books/moby-dick.txt')).subarray(
    0,
    100_000,
  );
  const anchors = await compress(book, new AbortController().signal);
  expect(anchors.map(({ name }) => name).slice(0, 2)).toEqual(['gzip -9', 'brotli -q 11']);
  expect(anchors[0].bitsPerByte).toBeCloseTo((8 * gzipSync(book, { level: 9 }).length) / book.length, 10);
  expect(anchors[1].bitsPerByte).toBeLessThan(anchors[0].bitsPerByte);
  expect(await compress(new Uint8Array(0), new AbortController().signal)).toEqual([]);
});
