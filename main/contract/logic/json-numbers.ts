import type { GrammarBuilder, GrammarNode } from './grammar.ts';

/** Digits of a whole number, so that it is exact wherever it is read. */
export const mostDigits = 15;
const largest = 10 ** mostDigits - 1;
/** Whole parts up to here leave room for digits behind the point. */
const largestWhole = 10 ** 7;
/** Zeros behind the point, and digits after the first that is none. */
const fractionDigits = 3;

/** What a number lies between; with `exclusive`, not on them. */
export interface NumberBounds {
  readonly least: number;
  readonly most: number;
  readonly leastExclusive: boolean;
  readonly mostExclusive: boolean;
}

/** Whole numbers within bounds; null where there are none. */
export function integersWithin(builder: GrammarBuilder, bounds: NumberBounds): GrammarNode | null {
  const from = bounds.leastExclusive ? Math.floor(bounds.least) + 1 : Math.ceil(bounds.least);
  const to = bounds.mostExclusive ? Math.ceil(bounds.most) - 1 : Math.floor(bounds.most);
  return wholes(builder, Math.max(from, -largest), Math.min(to, largest));
}

/**
 * Numbers within bounds: whole ones, and fractions between two whole numbers that are within as well. Null where there
 * are none of these.
 */
export function numbersWithin(builder: GrammarBuilder, bounds: NumberBounds): GrammarNode | null {
  const from = Math.max(Math.ceil(bounds.least), -largestWhole);
  const to = Math.min(Math.floor(bounds.most), largestWhole);
  const options = [integersWithin(builder, bounds)];
  // Something behind the point is not zero: the ends themselves, which may be excluded, are whole numbers.
  const zeros = builder.repeat(builder.text('0'), 0, fractionDigits);
  const fraction = builder.sequence(
    builder.text('.'),
    zeros,
    builder.byte([0x31, 0x39]),
    digits(builder, 0, fractionDigits),
  );
  const above = to > 0 ? naturals(builder, Math.max(0, from), to - 1) : null;
  if (above) options.push(builder.sequence(above, fraction));
  const below = from < 0 ? naturals(builder, Math.max(0, -to), -from - 1) : null;
  if (below) options.push(builder.sequence(builder.text('-'), below, fraction));
  const found = options.filter((option) => option !== null);
  return found.length > 0 ? builder.choice(...found) : null;
}

const digits = (builder: GrammarBuilder, least: number, most: number): GrammarNode =>
  builder.repeat(builder.byte([0x30, 0x39]), least, most);

function wholes(builder: GrammarBuilder, from: number, to: number): GrammarNode | null {
  const positive = to >= 0 ? naturals(builder, Math.max(0, from), to) : null;
  const negative = from < 0 ? naturals(builder, Math.max(1, -to), -from) : null;
  const signed = negative && builder.sequence(builder.text('-'), negative);
  return positive && signed ? builder.choice(positive, signed) : (positive ?? signed);
}

/** Whole numbers from 0 on; null where there are none. */
function naturals(builder: GrammarBuilder, from: number, to: number): GrammarNode | null {
  if (from > to) return null;
  const [low, high] = [String(from), String(to)];
  const options: GrammarNode[] = [];
  for (let length = low.length; length <= high.length; length++) {
    const first = length === low.length ? low : `1${'0'.repeat(length - 1)}`;
    const last = length === high.length ? high : '9'.repeat(length);
    options.push(between(builder, first, last));
  }
  return builder.choice(...options);
}

/** The numbers of equally many digits from one to another. */
function between(builder: GrammarBuilder, low: string, high: string): GrammarNode {
  const rest = low.length - 1;
  if (/^0*$/.test(low) && /^9*$/.test(high)) return digits(builder, low.length, low.length);
  const digit = (from: number, to: number) => builder.byte([0x30 + from, 0x30 + to]);
  const [first, last] = [Number(low[0]), Number(high[0])];
  if (rest === 0) return digit(first, last);
  if (first === last) return builder.sequence(digit(first, first), between(builder, low.slice(1), high.slice(1)));
  const options = [
    builder.sequence(digit(first, first), between(builder, low.slice(1), '9'.repeat(rest))),
    builder.sequence(digit(last, last), between(builder, '0'.repeat(rest), high.slice(1))),
  ];
  if (last - first > 1) options.push(builder.sequence(digit(first + 1, last - 1), digits(builder, rest, rest)));
  return builder.choice(...options);
}
