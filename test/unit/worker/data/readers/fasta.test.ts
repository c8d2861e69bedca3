import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { memoryInput, type Input } from '../../../../../worker/data/readers/input.ts';
import { headerParts, readFasta } from '../../../../../worker/data/readers/fasta.ts';
import { decodeText } from '../../../../../worker/data/readers/reader.ts';
import { useFiles } from './samples.ts';

const { read } = useFiles();
const records = async (name: string, content: string | Uint8Array) => {
  const { documents, problems } = await read(name, content);
  return {
    records: documents.map(({ title, text }) => [title, text] as const),
    problems: problems.map(({ severity, message }) => `${severity}: ${message}`),
  };
};

describe('FASTA', () => {
  it('reads records with headers, folded lines and blank lines', async () => {
    expect(await records('a.fa', '>one first of all\nACGT\nACG\n\n>two\n\nGGG\nT\n')).toEqual({
      records: [
        ['one first of all', 'ACGTACG'],
        ['two', 'GGGT'],
      ],
      problems: [],
    });
  });

  it.each([
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('reads %s', async (_, end) => {
    const { records: found } = await records('a.fasta', ['>one', 'ACGT', 'AC', '>two x', 'GG'].join(end));
    expect(found).toEqual([
      ['one', 'ACGTAC'],
      ['two x', 'GG'],
    ]);
  });

  it('reads soft-masked letters as upper case, and counts them', async () => {
    expect(await records('a.fna', '>one\nACgtN\n')).toEqual({
      records: [['one', 'ACGTN']],
      problems: [
        'note: 1 base is unknown (N).',
        'note: 2 letters in lower case (soft-masked) were read as upper case.',
      ],
    });
  });

  it('drops comments, gaps, stops, digits and other characters, and says so', async () => {
    const { records: found, problems } = await records(
      'a.fa',
      '; a comment\n>one\n 1 ACGT-ACGT ACGTACGTACGT\n;another\n 21 A.CGT*#é\n',
    );
    expect(found).toEqual([['one', 'ACGTACGTACGTACGTACGTACGT']]);
    expect(problems).toEqual([
      'partly-read: 6 characters that are not part of a sequence were dropped: 0–9, #, �.',
      'note: 2 gap characters were dropped (- or .).',
      'note: 1 stop character was dropped (*).',
      'note: 2 comment lines were dropped (;).',
    ]);
  });

  it('keeps IUPAC codes and RNA', async () => {
    expect(await records('a.frn', '>one\nACGURYKM\n')).toEqual({
      records: [['one', 'ACGURYKM']],
      problems: ['note: 4 letters are IUPAC codes for several nucleotides; they were kept.'],
    });
  });

  it('skips records without a sequence, and names the first', async () => {
    expect(await records('a.fa', '>none\n>\n\n>one\nAC\n>last')).toEqual({
      records: [['one', 'AC']],
      problems: ['partly-read: 3 records have no sequence and were skipped (first: none).'],
    });
  });

  it('reads a record whose header is only >', async () => {
    expect(await records('a.fa', '>\nACGT\n')).toEqual({ records: [[undefined, 'ACGT']], problems: [] });
  });

  it('counts names that occur again', async () => {
    const { problems } = await records('a.fa', '>x a\nA\n>x b\nC\n>y\nG\n');
    expect(problems).toEqual(['note: 1 record has the name of an earlier one (first: x).']);
  });

  it('says what proteins are', async () => {
    const { records: found, problems } = await records('a.faa', '>p\nMKVLAAGIVGLLLFQEPS*\n');
    expect(found).toEqual([['p', 'MKVLAAGIVGLLLFQEPS']]);
    expect(problems[0]).toBe('note: The sequences are proteins. A DNA model does not know amino acids.');
  });

  it('reads a sequence without a header', async () => {
    expect(await records('a.fa', 'ACGTTGCA\nACGT\n')).toEqual({
      records: [[undefined, 'ACGTTGCAACGT']],
      problems: ['note: A sequence has no header (>).'],
    });
  });

  it.each([
    ['prose', 'It was a dark and stormy night; the rain fell in torrents.\n> quoted\nYes.\n'],
    ['Persian', 'این یک متن است.\nخط دوم.\n'],
    ['JSON', '{"a": [1, 2, 3]}\n'],
    ['numbers under a header', '>one\n1 2 3 4 5 6 7 8 9\n10 11 12\n'],
  ])('rejects %s that is called .fa', async (_, content) => {
    const { records: found, problems } = await records('a.fa', content);
    expect(found).toEqual([]);
    expect(problems.join()).toContain('skipped: Not FASTA');
  });

  it('rejects binary data', async () => {
    const { records: found, problems } = await records(
      'a.fa',
      Uint8Array.from({ length: 999 }, (_, at) => (at * 37) % 7),
    );
    expect(found).toEqual([]);
    expect(problems.join()).toContain('skipped');
  });

  it('reads gzip, of several members too', async () => {
    const packed = Buffer.concat([gzipSync('>one\nACG'), gzipSync('T\n>two\nGG\n')]);
    expect((await records('a.fa.gz', packed)).records).toEqual([
      ['one', 'ACGT'],
      ['two', 'GG'],
    ]);
  });

  it('gives the same records wherever its pieces end', async () => {
    const content = Buffer.from('>one é\r\nACGT\r\nac\r\n;c\r\n>two\r\n\r\nGGTT\r\n');
    const whole = await inPieces(content, content.length);
    expect(whole).toEqual([
      ['one é', 'ACGTAC'],
      ['two', 'GGTT'],
    ]);
    for (const size of [1, 2, 3, 5, 7]) expect(await inPieces(content, size)).toEqual(whole);
  });

  it('does not hold long lines', async () => {
    const sequence = 'ACGTTGCATG'.repeat(300_000);
    expect((await records('a.fa', `>long\n${sequence}\n`)).records).toEqual([['long', sequence]]);
  });

  it('parts a header into id and description', () => {
    expect(headerParts('chr1  the first one ')).toEqual({ id: 'chr1', description: 'the first one' });
    expect(headerParts('')).toEqual({ id: '', description: '' });
  });
});

async function inPieces(content: Uint8Array, size: number): Promise<(readonly [string | undefined, string])[]> {
  const input: Input = {
    ...memoryInput('a.fa', content),
    async *stream() {
      for (let at = 0; at < content.length; at += size) yield await Promise.resolve(content.subarray(at, at + size));
    },
  };
  const found: [string | undefined, string][] = [];
  for await (const event of readFasta(input, {})) {
    if (event.type === 'document') found.push([event.title, '']);
    if (event.type === 'text') found.at(-1)![1] += decodeText(event.content);
  }
  return found;
}
