import { writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { rawZip, useFiles, type RawEntry } from './samples.ts';
import { readDocuments } from './whole-documents.ts';

const { read, state } = useFiles();

/** Names of the files that were read, and what was told, both without the archive's path. */
async function readZip(entries: readonly RawEntry[]) {
  const { documents, problems } = await read('a.zip', rawZip(entries));
  const path = `${join(state.folder, 'a.zip')}/`;
  return {
    texts: documents.map(({ source, text }) => `${source.replace(path, '')}: ${text}`),
    told: problems.map(({ source, message, severity }) => `${severity} ${source.replace(path, '')}: ${message}`),
  };
}
const file = (name: string | Uint8Array, content = 'text', more: Partial<RawEntry> = {}): RawEntry => ({
  name,
  content,
  ...more,
});

describe('names in an archive', () => {
  const unicodePath = (raw: Buffer, name: string) => {
    const path = Buffer.from(name);
    const field = Buffer.alloc(9);
    field.writeUInt16LE(0x7075, 0);
    field.writeUInt16LE(5 + path.length, 2);
    field[4] = 1;
    field.writeUInt32LE(crc32(raw), 5);
    return Buffer.concat([field, path]);
  };

  it('are in Unicode where the archive or their bytes say so', async () => {
    const raw = Buffer.from('m_sse.txt');
    const { texts, told: messages } = await readZip([
      file('Größe.txt', 'one', { flags: 0x800 }),
      file('Ключ.txt', 'two'),
      file(raw, 'three', { extra: unicodePath(raw, 'mässe.txt') }),
    ]);
    expect(texts.sort()).toEqual(['Größe.txt: one', 'mässe.txt: three', 'Ключ.txt: two']);
    expect(messages).toEqual([]);
  });

  it.each([
    ['cp437', ['Käse.txt', 'Größe der Tür.txt'], 'CP850'],
    ['cp866', ['Старый дом.txt', 'новые стихи.txt', 'письма к другу.txt'], 'CP866'],
    ['shift_jis', ['表ソ.txt', '東の棚のやかん.txt', 'ソフトの説明です.txt', '読んでください.txt'], 'Shift-JIS'],
    ['gb18030', ['新建文本文档.txt', '说明文件.txt', '中国的历史.txt', '我们的故事.txt'], 'GB18030'],
    ['gb18030', ['新建文本文档.txt'], 'GB18030'],
    ['gb18030', ['我的文档.txt'], 'GB18030'],
    ['big5', ['會議記錄.txt'], 'Big5'],
    ['cp949', ['회의록.txt'], 'CP949'],
    ['shift_jis', ['灯台日誌.txt', '表示能力.txt'], 'Shift-JIS'],
    ['cp857', ['Yıllık rapor ışık.txt'], 'CP857'],
    ['cp949', ['읽어주세요.txt', '새로운 문서.txt', '우리들의 이야기.txt'], 'CP949'],
  ])('names in an archive in %s are guessed, and told', async (encoding, names, label) => {
    const { texts, told: messages } = await readZip(names.map((name) => file(iconv.encode(name, encoding), name)));
    expect(texts.sort()).toEqual(names.map((name) => `${name}: ${name}`).sort());
    expect(messages.map((sentence) => sentence.replace(/^.*a\.zip: /, ''))).toEqual([
      `${names.length} file ${names.length === 1 ? 'name has' : 'names have'} no stated encoding and ${names.length === 1 ? 'was' : 'were'} read as ${label}.`,
    ]);
  });

  it('names in an archive of whatever path leave the others readable', async () => {
    const { texts, told: messages } = await readZip([
      file('/abs/one.txt'),
      file('../up/two.txt'),
      file('C:\\win\\three.txt'),
      file('ok/four.txt'),
      file('./five.txt'),
      file('a\\.b.txt'),
      file('/'),
      file(''),
      file('odd\u0000name.txt'),
    ]);
    for (const name of ['abs/one.txt', '../up/two.txt', 'C:\\win\\three.txt', 'ok/four.txt', 'five.txt', 'a\\.b.txt'])
      expect(texts).toContain(`${name}: text`);
    expect(messages.filter((sentence) => /points outside/.test(sentence)).length).toBe(3);
  });

  it('names in an archive that come twice are told', async () => {
    const { texts, told: messages } = await readZip([file('a.txt', 'older'), file('a.txt', 'newer')]);
    expect(texts).toEqual(['a.txt: newer']);
    expect(messages).toEqual([
      'note a.txt: Several files in the archive have this name; the last one was used, as when unpacking.',
    ]);
  });
});

describe('entries of an archive', () => {
  it('entries of an archive that are no files are told', async () => {
    const { texts, told: messages } = await readZip([
      file('real.txt', 'real', { mode: 0o100644 }),
      file('link.txt', 'real.txt', { mode: 0o120777 }),
      file('pipe', '', { mode: 0o010644 }),
      file('folder', '', { mode: 0o040755 }),
      file('windows\\', ''),
    ]);
    expect(texts).toEqual(['real.txt: real']);
    expect(messages).toEqual([
      'skipped link.txt: Symbolic link; its target was skipped.',
      'skipped pipe: Not a file or a folder.',
    ]);
  });

  it.each([
    [9, 'Deflate64'],
    [12, 'bzip2'],
    [14, 'LZMA'],
    [93, 'Zstandard'],
    [95, 'xz'],
    [98, 'PPMd'],
    [77, '77'],
  ])('entries of an archive of method %i are told by its name', async (method, name) => {
    const { texts, told: messages } = await readZip([file('a.txt', 'xxxx', { method }), file('b.txt')]);
    expect(texts).toEqual(['b.txt: text']);
    expect(messages).toEqual([
      `skipped a.txt: Compression method ${name} is not supported. Unpack the archive and add the folder.`,
    ]);
  });

  it('entries of an archive that are encrypted or damaged are told, and the others read', async () => {
    const { texts, told: messages } = await readZip([
      file('a.txt', 'x', { flags: 1 }),
      file('b.txt', 'x', { method: 99, flags: 1 }),
      file('c.txt', 'x', { checksum: 7 }),
      file('d.txt', 'x', { size: 5 }),
      file('e.txt', 'rubbish', { method: 8 }),
      file('f.txt'),
    ]);
    expect(texts).toEqual(['f.txt: text']);
    const skipped = messages.filter((sentence) => sentence.startsWith('skipped'));
    expect(skipped.slice(0, 2)).toEqual([
      'skipped a.txt: The file is encrypted.',
      'skipped b.txt: The file is encrypted.',
    ]);
    expect(skipped.slice(2).join('\n')).toMatch(
      /^skipped c\.txt: The archived data is damaged.*\nskipped d\.txt: The archived data.*\nskipped e\.txt: (?:The archived data|Not a text file).*$/,
    );
  });

  it('entries of an archive before a break in the list of them are read', async () => {
    const bytes = rawZip([file('a.txt'), file('b.txt'), file('c.txt')]);
    bytes[bytes.lastIndexOf('PK\x01\x02')] = 0;
    const { documents, problems } = await read('broken.zip', bytes);
    expect(documents.length).toBe(2);
    expect(problems).toEqual([
      expect.objectContaining({ severity: 'partly-read', message: expect.stringMatching(/after 2 of 3/) as string }),
    ]);
  });
});

describe('what systems leave in folders', () => {
  const clutter = [
    'Thumbs.db',
    'desktop.ini',
    '.DS_Store',
    '._a.txt',
    '~$letter.docx',
    '.~lock.a.odt#',
    '__MACOSX/a/._b.txt',
  ];

  it('is left out of archives, and counted', async () => {
    const { texts, told: messages } = await readZip([...clutter.map((name) => file(`a/${name}`)), file('a/b.txt')]);
    expect(texts).toEqual(['a/b.txt: text']);
    expect(messages).toEqual([expect.stringMatching(/note .*: 7 system files were skipped: .*, …\.$/)]);
  });

  it('is left out of folders', async () => {
    const folder = join(state.folder, 'clutter');
    mkdirSync(folder);
    for (const name of [...clutter.slice(0, -1), 'b.txt']) writeFileSync(join(folder, name), 'text');
    const { documents, problems } = await readDocuments([folder]);
    expect(documents.map(({ source }) => source)).toEqual([join(folder, 'b.txt')]);
    expect(problems.length).toBe(clutter.length - 1);
  });
});

it('folders of installed files in an archive are passed over and named, as on a disk', async () => {
  const { texts, told: messages } = await readZip([
    file('a.txt', 'own'),
    file('node_modules/x/readme.md', 'another'),
    file('src/__pycache__/x.txt', 'third'),
  ]);
  expect(texts).toEqual(['a.txt: own']);
  expect(messages.filter((message) => message.includes('Folder of installed or generated files'))).toHaveLength(2);
});
