import { describe, expect, it } from 'vitest';
import { paperOf } from '../../../benchmarks/summaries/documents.js';
import { rouge } from '../../../benchmarks/summaries/rouge.js';
import { textRank } from '../../../benchmarks/summaries/text-rank.js';

describe('ROUGE', () => {
  // Values of Google's rouge-score 0.1.2 without stemming.
  it.each([
    [
      'The quick brown fox jumps over the lazy dog',
      'The quick brown dog jumps on the log.',
      [0.7058823529, 0.2666666667, 0.5882352941],
    ],
    ['police killed the gunman', 'the gunman kill police', [0.75, 0.3333333333, 0.5]],
    [
      'It is a TCP/IP-based protocol; version 2.0 (RFC 1234).',
      'The protocol, based on TCP/IP, is described in RFC 1234 and it is in version 2.',
      [0.6896551724, 0.2962962963, 0.275862069],
    ],
    ['a a a b', 'a b b a a c', [0.8, 0.5, 0.6]],
    ['nothing here', 'something else', [0, 0, 0]],
    [
      'Call me Ishmael. Some years ago, never mind how long precisely, I thought I would sail about a little.',
      'Some years ago I thought I would sail about; call me Ishmael, never mind how long.',
      [0.9142857143, 0.7272727273, 0.5142857143],
    ],
  ])('ROUGE of %j and %j is what Google computes', (reference, candidate, expected) => {
    const { rouge1, rouge2, rougeL } = rouge(reference, candidate);
    for (const [index, value] of [rouge1, rouge2, rougeL].entries()) expect(value).toBeCloseTo(expected[index], 9);
    expect(rouge(reference, reference).rougeL).toBe(1);
  });
});

describe('TextRank', () => {
  it('is the stationary rank of the graph of shared words', () => {
    const ranks = textRank(
      [
        'Harbour ropes cost money.',
        'Harbour ropes break often, money burns.',
        'Gulls scream.',
        'Money buys harbour ropes, gulls scream loudly.',
      ],
      { tolerance: 1e-12 },
    );
    // Words: 4, 6, 2, 7; weights by hand from the paper's formula, the rest from the fixed point.
    const weight = (shared: number, a: number, b: number) => shared / (Math.log(a) + Math.log(b));
    const graph = [
      [0, weight(3, 4, 6), 0, weight(3, 4, 7)],
      [weight(3, 4, 6), 0, 0, weight(3, 6, 7)],
      [0, 0, 0, weight(2, 2, 7)],
      [weight(3, 4, 7), weight(3, 6, 7), weight(2, 2, 7), 0],
    ];
    const total = (row: number[]) => row.reduce((sum, one) => sum + one, 0);
    for (const [i, rank] of ranks.entries()) {
      const given = graph.reduce((sum, row, j) => sum + (total(row) === 0 ? 0 : (row[i] / total(row)) * ranks[j]), 0);
      expect(rank).toBeCloseTo(0.15 + 0.85 * given, 9);
    }
    expect(ranks[3]).toBe(Math.max(...ranks));
  });

  it('gives a sentence that shares nothing the least', () => {
    const ranks = textRank(['Alpha beta gamma.', 'Beta gamma delta.', 'Nothing common whatever.', '']);
    expect([...ranks]).toEqual([
      expect.closeTo(1, 3),
      expect.closeTo(1, 3),
      expect.closeTo(0.15),
      expect.closeTo(0.15),
    ]);
  });
});

describe('an RFC', () => {
  const words = (count: number) =>
    Array.from({ length: count }, (_, index) => `word${'abcdefgh'[index % 8]}`).join(' ');
  const rfc = (abstract: number, body: number) =>
    `\n\nRequest for Comments: 9999\n\n\n        A Title of\n         Two Lines\n\nAbstract\n\n   ${words(abstract)}\n   more.\n\n` +
    `Smith         Informational      [Page 1]\n\f\nRFC 9999     Title     May 2020\n\n   Last words.\n\nStatus of This Memo\n\n` +
    `   Nobody cares.\n\nTable of Contents\n\n   1.  Introduction ... 2\n\n1.  Introduction\n\n   ${words(body)}.\n\n` +
    `2.  References\n\n   [1] Someone.\n`;

  it('is divided into title, abstract and body, without the breaks of its pages', () => {
    const paper = paperOf('rfc9999', rfc(70, 1600))!;
    expect(paper.title).toBe('A Title of Two Lines');
    expect(paper.summary).toMatch(/worda wordb .* more\. Last words\.$/);
    expect(paper.body).toMatch(/^1\. {2}Introduction\n\n {3}worda/);
    expect(paper.body).not.toMatch(/Someone|References|Page/);
  });

  it('is left out where its abstract or its body is short', () => {
    expect(paperOf('rfc9999', rfc(20, 1600))).toBeNull();
    expect(paperOf('rfc9999', rfc(70, 800))).toBeNull();
  });
});
