/**
 * Random bits by counter: a hash of (seed, index), so that any value can be had without the ones before it and every
 * device draws the same. Two rounds of a 32-bit mixer (constants of `lowbias32`, Ellis, hash-prospector), each keyed
 * by its own hash of the seed.
 */
export interface RandomKey {
  readonly first: number;
  readonly second: number;
}

/** A bijection of 32-bit integers in which every input bit affects every output bit. */
function mix(value: number): number {
  let x = value;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}

/** The key of a seed, a non-negative integer below 2^53. */
export function randomKey(seed: number): RandomKey {
  const first = mix((seed >>> 0) ^ 0x9e3779b9);
  return { first, second: mix(Math.floor(seed / 2 ** 32) ^ mix(first ^ 0x85ebca6b)) };
}

/** 32 random bits, an unsigned integer. */
export function randomBits({ first, second }: RandomKey, index: number): number {
  return mix(mix(index ^ first) ^ second) >>> 0;
}

/** A number from 0 to 1 - 2^-24, in steps of 2^-24. */
export function randomUniform(key: RandomKey, index: number): number {
  return (randomBits(key, index) >>> 8) * 2 ** -24;
}

/** A standard normal number, by Box and Muller from two bits; uses the counters 2·index and 2·index + 1. */
export function randomNormal(key: RandomKey, index: number): number {
  const radius = Math.sqrt(-2 * Math.log(((randomBits(key, 2 * index) >>> 8) + 1) * 2 ** -24));
  return radius * Math.cos(2 * Math.PI * randomUniform(key, 2 * index + 1));
}

/** A seed for something named, drawn from a seed: below 2^32. */
export function derivedSeed(seed: number, ...path: (string | number)[]): number {
  let { first, second } = randomKey(seed);
  const absorb = (value: number) => {
    first = mix(first ^ value);
    second = mix(second + first);
  };
  for (const part of path) {
    if (typeof part === 'number') {
      absorb(part >>> 0);
      absorb(Math.floor(part / 2 ** 32) >>> 0);
    } else {
      for (const byte of new TextEncoder().encode(part)) absorb(byte);
      absorb(256);
    }
  }
  return mix(first ^ second) >>> 0;
}
