import { describe, expect, it } from 'vitest';
import { profileOf } from '../../../../worker/benchmarks/profile.ts';

const nothing = { calls: 2, seconds: 0, bytes: 0, operations: 0, productOperations: 0, productSeconds: 0 };

describe('a profile', () => {
  const work = {
    layerNorm: { ...nothing, seconds: 0.002, bytes: 4e7 },
    mlp: { ...nothing, seconds: 0.01, bytes: 1e7, productOperations: 8e8, productSeconds: 0.008 },
    longConvolution: { ...nothing, seconds: 0.004, operations: 2e8 },
  };
  const timing = { median: 10, best: 9, cpu: 20, steps: 2, total: 20 };
  const { rows, ...whole } = profileOf(work, timing, { bandwidth: 4e10, fp32: 1e11, products: 2e11 });

  it('has means per step, the largest share first', () => {
    expect(rows.map(({ kernel }) => kernel)).toEqual(['mlp', 'longConvolution', 'layerNorm']);
    expect(rows[0]).toMatchObject({ calls: 1, milliseconds: 5, share: 0.5, bytes: 5e6, productMilliseconds: 4 });
  });

  it('compares each kernel with what holds it up: products, other computing, or memory', () => {
    const roofline = rows.map(({ rooflineMilliseconds }) => rooflineMilliseconds);
    [2, 1, 0.5].forEach((expected, index) => expect(roofline[index]).toBeCloseTo(expected, 9));
    expect(whole.rooflineMilliseconds).toBeCloseTo(3.5, 9);
  });

  it('says how long no kernel ran', () => {
    expect(whole.stepMilliseconds).toBe(10);
    expect(whole.waitingMilliseconds).toBeCloseTo(2, 9);
  });
});
