import { describe, expect, it } from 'vitest';
import { toEnglish } from '../../../../main/contract/message.ts';
import { parseVariant, parseVcf, windowAround } from '../../../../worker/sequences/variants.ts';

describe('a variant', () => {
  it.each([
    ['chr7:140753336 A>T', { record: 'chr7', position: 140753336, ref: 'A', alt: 'T' }],
    ['HLA:A*01:12:acg>t', { record: 'HLA:A*01', position: 12, ref: 'ACG', alt: 'T' }],
    ['x:1,234 ->AC', { record: 'x', position: 1234, ref: '', alt: 'AC' }],
    ['x:3 A > -', { record: 'x', position: 3, ref: 'A', alt: '' }],
  ])('%s', (given, variant) => {
    expect(parseVariant(given)).toEqual(variant);
  });

  it.each(['chr7', 'chr7:A>T', 'chr7:0 A>T', 'chr7:-3 A>T', 'chr7:5 A', 'chr7:5 <DEL>>A', ''])(
    'refuses %s',
    (given) => {
      expect(() => parseVariant(given)).toThrow(/is not a variant/);
    },
  );
});

describe('a VCF file', () => {
  it('gives each alternative allele, and the reason of what has no bases', () => {
    const text = [
      '##fileformat=VCFv4.3',
      '#CHROM\tPOS\tID\tREF\tALT\tQUAL',
      'chr1\t10\trs1\ta\tC,G\t.',
      'chr1\t11\t.\tA\t<DEL>,*\t.',
      'chr1\t12\t.\tA\t.\t.',
      'chr1\tx\t.\tA\tC\t.',
      'chr1 13 . A C',
      '',
    ].join('\r\n');
    const parsed = [...parseVcf(text)];
    expect(parsed.flatMap(({ variant }) => variant ?? [])).toEqual([
      { record: 'chr1', position: 10, ref: 'A', alt: 'C', id: 'rs1' },
      { record: 'chr1', position: 10, ref: 'A', alt: 'G', id: 'rs1' },
    ]);
    expect(parsed.flatMap(({ problem }) => (problem ? toEnglish(problem) : []))).toEqual([
      'Line 4: the allele <DEL> has no bases.',
      'Line 4: the allele * has no bases.',
      "Line 6: 'x' is not a position.",
      'Line 7 has fewer than five columns.',
    ]);
  });
});

describe('a window', () => {
  const sequence = 'ACGTACGTACGTACGTACGT';
  const variant = (position: number, ref: string, alt: string) => ({ record: 'x', position, ref, alt });

  it('has the variant in its middle', () => {
    expect(windowAround(sequence, variant(10, 'C', 'T'), 5)).toEqual({ start: 8, end: 12, ref: 'TACGT', alt: 'TATGT' });
  });

  it('is moved inwards at the ends', () => {
    expect(windowAround(sequence, variant(1, 'A', 'T'), 5)).toEqual({ start: 1, end: 5, ref: 'ACGTA', alt: 'TCGTA' });
    expect(windowAround(sequence, variant(20, 'T', 'A'), 5)).toEqual({
      start: 16,
      end: 20,
      ref: 'TACGT',
      alt: 'TACGA',
    });
  });

  it.each([1, 2, 5, 9, 10, 19, 20])('never exceeds its width, at position %i', (position) => {
    for (const width of [2, 3, 4, 7, 19, 20, 50])
      for (const [ref, alt] of [
        [sequence[position - 1], 'N'],
        ['', 'N'],
        [sequence[position - 1], ''],
      ]) {
        const { start, end, ref: before, alt: after } = windowAround(sequence, variant(position, ref, alt), width);
        expect(Math.max(before.length, after.length)).toBe(Math.min(width, sequence.length + (ref === '' ? 1 : 0)));
        expect(before).toBe(sequence.slice(start - 1, end));
        expect(sequence.slice(0, start - 1) + after + sequence.slice(end)).toBe(
          sequence.slice(0, position - 1) + alt + sequence.slice(position - 1 + ref.length),
        );
      }
  });

  it('refuses other bases, places beyond the end and alleles without room', () => {
    expect(() => windowAround(sequence, variant(10, 'A', 'T'), 5)).toThrow('the sequence has C there, not A');
    expect(() => windowAround(sequence, variant(21, 'A', 'T'), 5)).toThrow('beyond the end');
    expect(() => windowAround(sequence, variant(20, 'TA', 'T'), 5)).toThrow('beyond the end');
    expect(() => windowAround(sequence, variant(1, 'ACGTA', 'T'), 5)).toThrow('more than a window');
  });
});
