import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { pax, tar, useFiles, zip, type TarEntry } from './samples.ts';

const { read, state } = useFiles();

/** What was read and told, both without the archive's path. */
async function readArchive(name: string, bytes: Uint8Array) {
  const { documents, problems } = await read(name, bytes);
  const path = `${join(
    state.folder,
    name.replace(/\.tgz$|\.gz$/, (end) => (end === '.tgz' ? '.tar' : '')),
  )}/`;
  return {
    texts: documents.map(({ source, text }) => `${source.replace(path, '')}: ${text}`),
    told: problems.map(({ source, message, severity }) => `${severity} ${source.replace(path, '')}: ${message}`),
  };
}
const file = (name: string | Uint8Array, content: string | Uint8Array = 'text'): TarEntry => ({ name, content });

/** The same archive as it is and packed: by jumps, and in order alone. */
const both = [
  ['a.tar', (bytes: Uint8Array) => bytes],
  ['a.tar.gz', (bytes: Uint8Array) => gzipSync(bytes)],
  ['a.tgz', (bytes: Uint8Array) => gzipSync(bytes)],
] as const;

describe.each(both)('a tar archive, %s', (archive, pack) => {
  const readTar = (entries: readonly TarEntry[]) => readArchive(archive, pack(tar(entries)));

  it('gives its files in their order, each by its format', async () => {
    const { texts, told: messages } = await readTar([
      { name: 'books/', type: '5' },
      file('books/b.md', '# Two\n\nThe east.'),
      file('books/a.txt', 'The sea is wide.'),
      file('books/large.txt', 'wide sea '.repeat(400_000)),
      file('books/in.zip', zip({ 'c.txt': 'within' })),
    ]);
    expect(texts.map((text) => text.slice(0, 40))).toEqual([
      'books/b.md: # Two\n\nThe east.',
      'books/a.txt: The sea is wide.',
      `books/large.txt: ${'wide sea '.repeat(3).slice(0, 23)}`,
      'books/in.zip/c.txt: within',
    ]);
    expect(texts[2].length).toBe('books/large.txt: '.length + 9 * 400_000);
    expect(messages).toEqual([]);
  });

  it('has names as long and as odd as they are', async () => {
    const long = `${'deep/'.repeat(60)}end.txt`;
    const { texts, told: messages } = await readTar([
      { name: '././@LongLink', type: 'L', content: `${long}\0` },
      file(long.slice(0, 100), 'one'),
      pax({ path: `Größe/${long}`, mtime: '1.5' }),
      file('short.txt', 'two'),
      { name: 'pax_global_header', type: 'g', content: '18 comment=abcdef\n' },
      file('./three.txt', 'three'),
    ]);
    expect(texts).toEqual([`${long}: one`, `Größe/${long}: two`, 'three.txt: three']);
    expect(messages).toEqual([]);
  });

  it('has names in older encodings guessed, and told', async () => {
    const names = ['Старый дом.txt', 'новые стихи.txt', 'письма к другу.txt'];
    const { texts, told: messages } = await readTar(names.map((name) => file(iconv.encode(name, 'koi8-r'), name)));
    expect(texts).toEqual(names.map((name) => `${name}: ${name}`));
    expect(messages).toEqual([
      expect.stringMatching(/3 file names have no stated encoding and were read as KOI8-R\.$/),
    ]);
  });

  it('names what is left out', async () => {
    const { texts, told: messages } = await readTar([
      file('real.txt'),
      { name: 'link', type: '2' },
      { name: 'hard', type: '1' },
      { name: 'pipe', type: '6' },
      { name: 'holes.txt', type: 'S', content: 'x' },
      file('.git/config'),
      file('._real.txt'),
      file('.DS_Store'),
      file('../up.txt', 'up'),
      file('real.txt', 'newer'),
    ]);
    expect(texts).toEqual(['../up.txt: up', 'real.txt: newer']);
    expect(messages.map((line) => line.replace(/note .*a\.tar: /, 'note: '))).toEqual([
      'skipped link: Symbolic link; its target was skipped.',
      'skipped hard: Hard link to another file, skipped.',
      'skipped pipe: Not a file or a folder.',
      'skipped holes.txt: Sparse files are not supported. Unpack the archive and add the folder.',
      'note ../up.txt: The path points outside the archive; only the text was read.',
      'note real.txt: Several files in the archive have this name; the last one was used, as when unpacking.',
      'note: 2 system files were skipped: ._real.txt, .DS_Store.',
      'skipped .git/config: Hidden file, ignored.',
    ]);
  });

  it('that breaks off keeps what is before, and tells', async () => {
    const bytes = tar([file('a.txt', 'first'), file('b.txt', 'second '.repeat(200))]);
    const cut = await readArchive(archive, pack(bytes.subarray(0, 512 * 4)));
    expect(cut.texts).toEqual(['a.txt: first']);
    expect(cut.told.join('\n')).toMatch(/b\.txt: (?:.*stopped.*)?The archive ends within this file\./);
    const broken = Buffer.from(bytes);
    broken[512 * 2 + 5] ^= 1;
    const damaged = await readArchive(archive, pack(broken));
    expect(damaged.texts).toEqual(['a.txt: first']);
    expect(damaged.told.join('\n')).toMatch(/partly-read .*damaged after 1 entry \(.*checksum\)/);
  });
});

it('a tar archive of any name is known by its bytes, and what is called so but is not is refused', async () => {
  expect((await readArchive('backup.gz', gzipSync(tar([file('a.txt')])))).texts).toEqual([
    expect.stringMatching(/a\.txt: text$/),
  ]);
  expect((await readArchive('not.tar', Buffer.from('text\n'.repeat(300)))).told.join()).toMatch(/archive is damaged/);
});
