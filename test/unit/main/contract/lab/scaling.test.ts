import { describe, expect, it } from 'vitest';
import { crossovers, exponentOf, scalingCsv, type ScalingRow } from '../../../../../main/contract/lab/scaling.ts';

const rowsOf = (mixer: string, cost: (length: number) => number): ScalingRow[] =>
  [256, 512, 1024, 2048, 4096, 8192].map((length) => ({
    ...{ mixer, length, forwardMilliseconds: cost(length) / 3, mixerMilliseconds: cost(length) },
    ...{ stepMilliseconds: 2 * cost(length), peakMemoryMiB: 100 },
  }));

describe('the scaling chart', () => {
  it('fits how a time grows at the long end, without what is mostly overhead', () => {
    expect(
      exponentOf(
        rowsOf('a', (length) => 1e-5 * length ** 2),
        'mixerMilliseconds',
      ),
    ).toBeCloseTo(2, 6);
    expect(
      exponentOf(
        rowsOf('h', (length) => 3 + 1e-3 * length),
        'mixerMilliseconds',
      ),
    ).toBeLessThan(1);
    expect(
      exponentOf(
        rowsOf('a', () => 7),
        'stepMilliseconds',
      ),
    ).toBeCloseTo(0, 6);
    expect(
      exponentOf(
        rowsOf('a', () => 0.01),
        'mixerMilliseconds',
      ),
    ).toBeNull();
    expect(exponentOf([], 'mixerMilliseconds')).toBeNull();
  });

  it('finds where one mixer becomes cheaper than another', () => {
    const rows = [
      ...rowsOf('attention', (length) => 1e-5 * length ** 2),
      ...rowsOf('hyena', (length) => 1e-2 * length),
      ...rowsOf('costly', (length) => length),
    ];
    expect(crossovers(rows, 'mixerMilliseconds')).toEqual([{ cheaper: 'hyena', than: 'attention', length: 1000 }]);
    expect(crossovers(rows, 'peakMemoryMiB')).toEqual([]);
    expect(scalingCsv(rows.slice(0, 1), 'A "title"').split('\r\n')).toEqual([
      '"A ""title"""',
      'mixer,length,forwardMilliseconds,mixerMilliseconds,stepMilliseconds,peakMemoryMiB',
      expect.stringMatching(/^attention,256,/) as string,
      '',
    ]);
  });
});
