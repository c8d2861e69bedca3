/** A small generator of random numbers with a seed, so that a failure can be repeated (mulberry32). */
export class Random {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }
  /** In [0, below). */
  int(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * Math.max(1, below));
  }
  pick<T>(from: readonly T[]): T {
    return from[this.int(from.length)];
  }
}

const hostileText = [
  ...['', ' ', '.', '..', '../..', '/etc/passwd', 'C:\\x', 'a/b', '\0', '\u001b[31m', '\ud800', 'é'.repeat(300)],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '%',
    '%s',
    '{0}',
    '-1',
    '1e999',
    'NaN',
    'x'.repeat(70_000),
    '鯨'.repeat(100),
  ],
];
const hostileNumbers = [
  ...[
    0,
    -0,
    -1,
    1,
    0.5,
    5e-324,
    1e-300,
    1e300,
    1.7976931348623157e308,
    2 ** 31,
    2 ** 32,
    2 ** 53,
    -(2 ** 31),
    4294967297,
  ],
];

/** Any JSON value, often a hostile one. */
export function hostileValue(random: Random, depth = 0): unknown {
  switch (random.int(depth > 3 ? 5 : 8)) {
    case 0:
      return null;
    case 1:
      return random.int(2) === 0;
    case 2:
      return random.pick(hostileNumbers);
    case 3:
    case 4:
      return random.pick(hostileText);
    case 5:
      return Array.from({ length: random.int(4) }, () => hostileValue(random, depth + 1));
    case 6:
      return Object.fromEntries(
        Array.from({ length: random.int(4) }, () => [random.pick(hostileText), hostileValue(random, depth + 1)]),
      );
    default: {
      let nested: unknown = 1;
      for (let level = 0; level < 500; level++) nested = random.int(2) === 0 ? [nested] : { a: nested };
      return nested;
    }
  }
}

/** A JSON value with one thing in it changed, left out, added or replaced. */
export function mutateValue(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random.int(6) === 0) return hostileValue(random);
  if (Array.isArray(value)) {
    const copy = [...(value as unknown[])];
    const at = random.int(copy.length);
    if (random.int(3) === 0) copy.splice(at, 1);
    else if (random.int(2) === 0) copy.splice(at, 0, hostileValue(random));
    else copy[at] = mutateValue(copy[at], random);
    return copy;
  }
  const entries = Object.entries(value);
  const at = random.int(entries.length);
  const action = random.int(5);
  if (action === 0) entries.splice(at, 1);
  else if (action === 1) entries.push([random.pick(hostileText), hostileValue(random)]);
  else if (entries.length > 0) entries[at] = [entries[at][0], mutateValue(entries[at][1], random)];
  // As JSON.parse makes it: `__proto__` becomes a key like any other.
  return JSON.parse(JSON.stringify(Object.fromEntries(entries)).replaceAll('"\\u005f', '"_')) as unknown;
}

/** Bytes with one of the damages that files and packets suffer. */
export function mutateBytes(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const at = random.int(copy.length);
  const length = 1 + random.int(64);
  switch (random.int(7)) {
    case 0:
      return copy.subarray(0, at);
    case 1:
      for (let count = 1 + random.int(8); count > 0; count--) copy[random.int(copy.length)] = random.int(256);
      return copy;
    case 2:
      copy[at] ^= 1 << random.int(8);
      return copy;
    case 3:
      return copy.fill(random.pick([0, 0x20, 0x7f, 0xff]), at, at + length);
    case 4:
      return Buffer.concat([copy.subarray(0, at), copy.subarray(Math.max(0, at - length))]);
    case 5:
      return Buffer.concat([copy.subarray(0, at), copy.subarray(at + length)]);
    default:
      return Buffer.concat([
        copy.subarray(0, at),
        Uint8Array.from({ length }, () => random.int(256)),
        copy.subarray(at),
      ]);
  }
}

/** How many rounds the harness does of `usual` ones: HYENA_FUZZ multiplies them. */
export const rounds = (defaultCount: number): number =>
  Math.max(1, Math.round(defaultCount * Number(process.env.HYENA_FUZZ ?? 1)));
