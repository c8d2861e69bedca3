import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { mixBits } from '../../../../../worker/data/permutation.ts';
import { docx, epub, packedArchives, pax, pdf, tar, useFiles, zip } from './samples.ts';

/**
 * Every reader on damaged files of its format and on rubbish under its extension: whatever comes, it ends soon, as
 * documents or as problems that say what happened, and never as a throw. FUZZ_ROUNDS asks for more than the usual.
 */
const { read } = useFiles();
const rounds = Number(process.env.FUZZ_ROUNDS ?? 25);
const vectors = join(import.meta.dirname, '../../../../vectors/data');

const table = 'id,text\n1,"one, ""and"" a half"\n2,"two\nlines"\n3,three\n';
const rows = '{"text":"one","n":[1,{"a":null}]}\n{"text":"tw\\u00f6 \\ud83d\\ude00"}\n{"text":"three"}\n';
const page =
  '<!doctype html><html><head><title>T</title></head><body><h1>One</h1><p>Text &amp; <b>more</b></p><pre> x\n</pre></body></html>';
const samples: Record<string, Uint8Array> = {
  'a.txt': Buffer.from('Größe 日本語 שלום مرحبا 😀\r\nplain\n'.repeat(20)),
  'a.md': Buffer.from('# One\n\ntext\n\n```\n# code\n```\nTwo\n---\n'.repeat(10)),
  'a.html': Buffer.from(page),
  'a.json': Buffer.from(`[${rows.trim().split('\n').join(',')}]`),
  'a.jsonl': Buffer.from(rows.repeat(5)),
  'a.csv': Buffer.from(table.repeat(3)),
  'a.tsv': Buffer.from(table.replaceAll(',', '\t')),
  'a.parquet': readFileSync(join(vectors, 'messages.parquet')),
  'b.parquet': readFileSync(join(vectors, 'wikitext-zstd.parquet')),
  'c.parquet': readFileSync(join(vectors, 'wikitext-snappy.parquet')),
  'a.pdf': pdf([['# Title', 'A line', 'and another.'], ['More']], { outline: [['Begin', 0]] }),
  'a.epub': epub([
    ['a.xhtml', 'One', '<h1>One</h1><p>text</p>'],
    ['b.xhtml', 'Two', '<p>more</p>'],
  ]),
  'a.docx': docx([['Title', 'Title'], ['Some text'], ['Head', 'Heading1'], ['End']]),
  'a.zip': zip({ 'a.txt': 'text in an archive', 'b.jsonl': rows, 'c/d.html': page }),
  'a.txt.gz': gzipSync('some packed text '.repeat(100)),
  'a.tar': tar([pax({ path: 'größe.txt' }), { name: 'a.txt', content: 'text' }, { name: 'b.jsonl', content: rows }]),
  'a.tar.bz2': packedArchives.bz2,
  'a.tar.xz': packedArchives.xz,
  'a.tar.zst': packedArchives.zst,
};

/** One of the ways in which files go wrong, chosen by a number. */
function damage(sample: Uint8Array, seed: number): Uint8Array {
  const random = (salt: number, below: number) => mixBits(seed, salt) % Math.max(1, below);
  const bytes = Uint8Array.from(sample);
  const at = random(1, bytes.length);
  switch (random(0, 6)) {
    case 0: // cut off
      return bytes.subarray(0, at);
    case 1: // the beginning is missing
      return bytes.subarray(at);
    case 2: // a few bytes are wrong
      for (let index = 0; index < 1 + random(2, 8); index++)
        bytes[random(10 + index, bytes.length)] = random(50 + index, 256);
      return bytes;
    case 3: // a stretch is overwritten
      return bytes.fill(random(3, 256), at, at + 1 + random(4, 64));
    case 4: // a stretch comes twice
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(random(5, at + 1))]);
    default: // something foreign within
      return Buffer.concat([bytes.subarray(0, at), rubbish(1 + random(6, 200), seed), bytes.subarray(at)]);
  }
}

const rubbish = (length: number, seed: number) =>
  Uint8Array.from({ length }, (_, index) => mixBits(seed, index) & 0xff);

async function survives(name: string, content: Uint8Array): Promise<void> {
  const { documents, problems } = await read(name, content);
  expect(documents.length + problems.length, `${name}: neither documents nor problems`).toBeGreaterThan(0);
  for (const { message } of problems) expect(message.length).toBeGreaterThan(5);
  for (const { text, places, learned } of documents) {
    for (const { offset } of places) expect(offset).toBeLessThanOrEqual(text.length);
    for (const { start, end } of learned) expect(0 <= start && start < end && end <= text.length).toBe(true);
  }
}

describe.each(Object.keys(samples))('%s', (name) => {
  it('a whole file is read', async () => {
    expect((await read(name, samples[name])).documents.length).toBeGreaterThan(0);
  });

  it('a damaged file does no harm', async () => {
    for (let seed = 0; seed < rounds; seed++) await survives(name, damage(samples[name], mixBits(seed, name.length)));
  }, 120_000);

  it('a file that is rubbish, empty, one byte or another format does no harm', async () => {
    for (const length of [0, 1, 2, 3, 17, 1000, 100_000]) await survives(name, rubbish(length, length));
    for (const byte of [0x00, 0x0a, 0x22, 0x7b, 0x5b, 0xff, 0x50]) await survives(name, Uint8Array.of(byte));
    for (const other of Object.values(samples)) await survives(name, other);
  }, 120_000);
});

describe('what is made to be hard', () => {
  it.each([
    ['deep.xhtml', '<a>'.repeat(100_000)],
    ['attributes.html', `<p ${'a="b" '.repeat(100_000)}>text`],
    ['unclosed.html', `<h1>${'x '.repeat(100_000)}`],
    ['comment.html', `<!--${'-'.repeat(1_000_000)}`],
    ['quotes.csv', `text\n"${'a,'.repeat(300_000)}`],
    ['columns.csv', `${'a,'.repeat(100_000)}\n${'b,'.repeat(100_000)}\n`],
    ['backslashes.json', `["${'\\'.repeat(1_000_001)}`],
    ['commas.json', `[${','.repeat(1_000_000)}]`],
    ['closers.json', ']}'.repeat(300_000)],
    ['lines.jsonl', '\n'.repeat(1_000_000)],
    ['hashes.md', `${'#'.repeat(1_000_000)}\n`],
    ['spaces.md', `# ${' '.repeat(60_000)}x\n`.repeat(10)],
    ['marks.txt', '\u0301'.repeat(500_000)],
    ['rtl.txt', 'שלום \u202eمرحبا\u202c '.repeat(50_000)],
  ])(
    '%s',
    async (name, content) => {
      const started = performance.now();
      await survives(name, Buffer.from(content));
      expect(performance.now() - started).toBeLessThan(20_000);
    },
    60_000,
  );

  it('a Word document nested without end', async () => {
    const deep = `<w:document xmlns:w="x"><w:body>${'<w:p>'.repeat(50_000)}</w:body></w:document>`;
    await survives('deep.docx', zip({ '[Content_Types].xml': '<Types/>', 'word/document.xml': deep }));
  }, 60_000);

  it('a book whose parts are nested or refer to themselves', async () => {
    const container = '<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>';
    const spine =
      '<package><manifest><item id="x" href="a.opf"/></manifest><spine><itemref idref="x"/></spine></package>';
    await survives('self.epub', zip({ 'META-INF/container.xml': container, 'a.opf': spine }));
    await survives('deep.epub', zip({ 'META-INF/container.xml': container, 'a.opf': '<a>'.repeat(100_000) }));
    await survives('outside.epub', zip({ 'META-INF/container.xml': container.replace('a.opf', '../../etc/passwd') }));
  }, 60_000);
});
