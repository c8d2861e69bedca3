import { expect, it } from 'vitest';
import { checkConvolution, type ConvolutionValues } from '../../../../worker/benchmarks/convolution-check.ts';
import { randomKey, randomNormal } from '../../../../main/contract/logic/random.ts';

const shape = [2, 3, 11] as const;
const [channels, batch, length] = shape;
const noise = (count: number, seed: number) =>
  Float32Array.from({ length: count }, (_, index) => randomNormal(randomKey(seed), index));

/** Everything by definition, scattering where the check gathers. */
function correct(): ConvolutionValues {
  const size = channels * batch * length;
  const [u, h, skip, dy] = [noise(size, 1), noise(channels * length, 2), noise(channels, 3), noise(size, 4)];
  const [y, du, dh] = [new Float32Array(size), new Float32Array(size), new Float32Array(h.length)];
  for (let c = 0; c < channels; c++)
    for (let b = 0; b < batch; b++)
      for (let i = 0; i < length; i++) {
        const at = (c * batch + b) * length + i;
        y[at] += skip[c] * u[at];
        du[at] += skip[c] * dy[at];
        for (let j = 0; i + j < length; j++) {
          y[at + j] += h[c * length + j] * u[at];
          du[at] += h[c * length + j] * dy[at + j];
          dh[c * length + j] += u[at] * dy[at + j];
        }
      }
  return { shape, u, h, skip, dy, y, du, dh };
}

it('accepts what is right', () => expect(() => checkConvolution(correct())).not.toThrow());

it.each(['y', 'du', 'dh'] as const)('rejects a wrong %s', (name) => {
  const values = correct();
  for (const broken of [
    values[name].map((value) => value * 1.01),
    values[name].map(() => 0),
    values[name].map(() => NaN),
    values[name].slice().reverse(),
  ])
    expect(() => checkConvolution({ ...values, [name]: broken })).toThrow(/^Wrong .* of the convolution/);
});
