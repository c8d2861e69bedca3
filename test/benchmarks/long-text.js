// A very long text for the benchmarks of long documents: Moby-Dick again and again.
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';

/** @param {string} file @param {number} bytes at least so many */
export async function writeLongText(file, bytes = 200e6) {
  const book = readFileSync(new URL('../../resources/books/moby-dick.txt', import.meta.url));
  const made = createWriteStream(file);
  for (let size = 0, copy = 1; size < bytes; size += book.length, copy++)
    if (!made.write(Buffer.concat([Buffer.from(`BOOK ${copy}\n\n`), book]))) await once(made, 'drain');
  made.end();
  await once(made, 'finish');
}
