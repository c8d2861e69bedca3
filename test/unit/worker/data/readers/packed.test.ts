import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { packedArchives as archives, tar, useFiles } from './samples.ts';

const { read } = useFiles();
const bytes = (text: string) => Buffer.from(text, 'base64');

/** Two joined streams of a line each. */
const joined = {
  bz2: bytes(
    'QlpoOTFBWSZTWULN4jYAAAJTgAAQQAEEACNgXAAgACIADQIBoAWOJhk1igbyeLuSKcKEghZvEbBCWmg5MUFZJlNZMaikOQAAAlOAABBAAQQALkHcACAAIghoaemUKYAAxvi1eQF4mzC+LuSKcKEgY1FIcg==',
  ),
  xz: bytes(
    '/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAPVGhlIGZpcnN0IHBhcnQuCgALeum9T4eCawABKBDlC2xgH7bzfQEAAAAABFlaAAAAAAAAAAD9N3pYWgAABObWtEYCACEBFgAAAHQv5aMBABBUaGUgc2Vjb25kIHBhcnQuCgAAAAB5pDmZ/OC1LAABKREyCnAOH7bzfQEAAAAABFla',
  ),
  zst: bytes('KLUv/QRYgQAAVGhlIGZpcnN0IHBhcnQuCgiUiDUotS/9BFiJAABUaGUgc2Vjb25kIHBhcnQuCsyJiik='),
};
/** 100 MiB of one letter. */
const bzip2Bomb = bytes(
  'QlpoOTFBWSZTWcJtKvMBX44BAKAAAAggADCATUZCoCWpCoCXMUFZJlNZwm0q8wFfjgEAoAAACCAAMIBNRkKgJakKgJcxQVkmU1lXHMJiAGQIBQCQACAAAAggADDMBSmnGKARbBQCLxdyRThQkNpyPEo=',
);

describe.each(['bz2', 'xz', 'zst'] as const)('what is packed as .%s', (extension) => {
  it('is read by the format of what is in it', async () => {
    const short = { bz2: 'tbz2', xz: 'txz', zst: 'tzst' }[extension];
    for (const name of [`a.tar.${extension}`, `b.${short}`, `C.TAR.${extension.toUpperCase()}`, 'no-extension']) {
      const { documents, problems } = await read(name, archives[extension]);
      expect(documents.map(({ source, text }) => `${source.split('/').slice(-2).join('/')}: ${text}`)).toEqual([
        'books/one.txt: The sea is wide.',
        'books/two.md: # Two\n\nThe east is grey.',
      ]);
      expect(problems).toEqual([]);
    }
  });

  it('is read through, of whatever parts it was joined', async () => {
    const { documents } = await read(`a.txt.${extension}`, joined[extension]);
    expect(documents.map(({ text }) => text)).toEqual(['The first part.\nThe second part.\n']);
  });

  it('is told where it is cut or damaged', async () => {
    const whole = archives[extension];
    for (const cut of [whole.subarray(0, whole.length / 2), whole.subarray(0, 30)]) {
      const { documents, problems } = await read(`cut.tar.${extension}`, cut);
      expect(documents).toEqual([]);
      expect(problems.map(({ message }) => message).join()).toMatch(/compressed data is damaged/);
    }
    const flipped = Buffer.from(joined[extension]);
    flipped[flipped.length >> 2] ^= 0x55;
    const { problems } = await read(`flipped.txt.${extension}`, flipped);
    expect(problems.map(({ message }) => message).join()).toMatch(/compressed data is damaged/);
  });

  it('may lie in another of its kind', async () => {
    const nested = tar([{ name: `in.tar.${extension}`, content: archives[extension] }]);
    const { documents } = await read('out.tgz', gzipSync(nested));
    expect(documents.length).toBe(2);
  });
});

it('a bzip2 file that unpacks out of all proportion is refused', async () => {
  expect((await read('bomb.txt.bz2', bzip2Bomb)).problems[0].message).toMatch(/zip bomb/);
});

it('a Zstandard file is compared with its checksums, every byte of it', async () => {
  // The window of the second frame says how much memory it takes, nothing of its content.
  const window = 34;
  for (let at = 9; at < joined.zst.length; at++) {
    if (at === window) continue;
    const flipped = Buffer.from(joined.zst);
    flipped[at] ^= 0x11;
    const { documents, problems } = await read('flipped.txt.zst', flipped);
    expect([at, documents.map(({ text }) => text)]).toEqual([at, []]);
    expect(problems.map(({ message }) => message).join()).toMatch(/compressed data is damaged|window above/);
  }
});

it('a Zstandard file may have frames to be passed over, and none with a dictionary', async () => {
  const skippable = Buffer.concat([bytes('UCpNGAUAAAA='), Buffer.from('hello')]);
  const { documents } = await read('a.txt.zst', Buffer.concat([skippable, joined.zst, skippable]));
  expect(documents.map(({ text }) => text)).toEqual(['The first part.\nThe second part.\n']);
  const withDictionary = Buffer.from(joined.zst);
  withDictionary[4] |= 1;
  withDictionary[6] = 7;
  expect((await read('b.txt.zst', withDictionary)).problems[0].message).toMatch(/packed with a dictionary/);
});

it('a Zstandard file whose window would take all memory is refused', async () => {
  const frame = Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8]), Buffer.alloc(40)]);
  expect((await read('window.txt.zst', frame)).problems[0].message).toMatch(/window above 128 MiB/);
});
