import { describe, expect, it } from 'vitest';
import { initialValues, matrixGroup, type ParameterSpec } from '../../../../../main/contract/logic/parameter-specs.ts';
import { derivedSeed, randomKey, randomNormal, randomUniform } from '../../../../../main/contract/logic/random.ts';

const spec = (initial: ParameterSpec['initial']): ParameterSpec => ({
  name: 'weight',
  shape: [1024, 512],
  group: matrixGroup,
  initial,
});

describe('the first values of a large parameter', () => {
  it('are those of its seed and name, and end in their midst where the job is to stop', () => {
    const key = randomKey(derivedSeed(3, 'weight'));
    const normal = initialValues(spec({ from: 'normal', deviation: 0.02 }), 3);
    const uniform = initialValues(spec({ from: 'uniform', bound: 0.5 }), 3);
    for (const index of [0, 1, 131_071, 131_072, 524_287]) {
      expect(normal[index]).toBe(Math.fround(0.02 * randomNormal(key, index)));
      expect(uniform[index]).toBe(Math.fround(0.5 * (2 * randomUniform(key, index) - 1)));
    }
    let looks = 0;
    const stop = () => {
      if (++looks === 3) throw new Error('stopped');
    };
    expect(() => initialValues(spec({ from: 'normal', deviation: 0.02 }), 3, stop)).toThrow('stopped');
    expect(looks).toBe(3);
  });
});
