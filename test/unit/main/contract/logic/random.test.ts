import { describe, expect, it } from 'vitest';
import {
  derivedSeed,
  randomBits,
  randomKey,
  randomNormal,
  randomUniform,
} from '../../../../../main/contract/logic/random.ts';

const count = 200_000;
const draws = (seed: number, draw: (key: ReturnType<typeof randomKey>, index: number) => number) => {
  const key = randomKey(seed);
  return Float64Array.from({ length: count }, (_, index) => draw(key, index));
};
const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;

it('gives the frozen bits, so that checkpoints of the same seed stay the same', () => {
  const bits = (seed: number) => Array.from({ length: 4 }, (_, index) => randomBits(randomKey(seed), index));
  expect(bits(1)).toEqual([0xce5d24ce, 0x56b28c90, 0x5fa90d8d, 0xdc06b642]);
  expect(bits(2)).toEqual([0xf6cc38fd, 0xac62d448, 0x22242abc, 0xec5a1d0f]);
  expect(bits(2 ** 40 + 3)).toEqual([0x01cacb10, 0x00da78fb, 0x00f25fc3, 0xc4d94797]);
  expect(derivedSeed(0, 'backbone.ln_f.weight')).toBe(3726255072);
  expect(derivedSeed(7, 3, 'mlp')).toBe(2635107621);
});

describe.each([0, 1, 2 ** 33])('seed %i', (seed) => {
  it('is uniform: moments and every bit within five deviations', () => {
    const values = draws(seed, randomUniform);
    expect(Math.abs(mean(values) - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / count));
    expect(Math.abs(mean(values.map((x) => x * x)) - 1 / 3)).toBeLessThan(5 * Math.sqrt(4 / 45 / count));
    expect(values.every((x) => x >= 0 && x < 1)).toBe(true);
    const bits = draws(seed, randomBits);
    for (let bit = 0; bit < 32; bit++) {
      const share = mean(bits.map((value) => (value / 2 ** bit) & 1));
      expect(Math.abs(share - 0.5), `bit ${bit}`).toBeLessThan(2.5 / Math.sqrt(count));
    }
  });

  it('is normal: the first four moments', () => {
    const values = draws(seed, randomNormal);
    const moment = (power: number) => mean(values.map((x) => x ** power));
    expect(Math.abs(moment(1))).toBeLessThan(5 / Math.sqrt(count));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
    expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / count));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / count));
    expect(values.every(Number.isFinite)).toBe(true);
  });
});

it('has independent streams for neighbouring seeds', () => {
  const [a, b] = [draws(5, randomUniform), draws(6, randomUniform)];
  const correlation = mean(a.map((x, index) => 12 * (x - 0.5) * (b[index] - 0.5)));
  expect(Math.abs(correlation)).toBeLessThan(5 / Math.sqrt(count));
});

it('derives seeds that differ with every part of the path', () => {
  const seeds = [
    derivedSeed(1),
    derivedSeed(1, 'a'),
    derivedSeed(1, 'b'),
    derivedSeed(1, 'a', 'b'),
    derivedSeed(1, 'ab'),
  ];
  seeds.push(derivedSeed(2, 'a'), derivedSeed(1, 0), derivedSeed(1, 1), derivedSeed(1, 2 ** 32), derivedSeed(1, 0, 0));
  expect(new Set(seeds).size).toBe(seeds.length);
});
