/** A number from 0 to 1 that follows from some integers: the tests' own random numbers. */
export function derive(...path: number[]): number {
  let hash = 0x9e3779b9;
  for (const part of path) {
    hash = Math.imul(hash ^ part, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return (hash >>> 0) / 2 ** 32;
}
