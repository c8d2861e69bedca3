/** A tensor's values with their shape, row-major. */
export interface Values {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** The place of element `index` in a tensor: `[1, 0, 3]`. */
function placeOf(index: number, shape: readonly number[]): string {
  const place: number[] = [];
  let rest = index;
  for (const extent of [...shape].reverse()) {
    place.unshift(rest % extent);
    rest = Math.floor(rest / extent);
  }
  return `[${place.join(', ')}]`;
}

/**
 * What is wrong with `actual`, or null: its shape must be that of `expected` and each error at most `tolerance` times
 * the scale of `expected`, its largest magnitude. Not-a-number agrees with nothing; an all-zero or empty `expected`
 * is taken at scale `floor`.
 */
export function difference(actual: Values, expected: Values, tolerance: number, floor = 1e-30): string | null {
  if (actual.shape.join() !== expected.shape.join())
    return `the shape is [${actual.shape.join(', ')}], not [${expected.shape.join(', ')}]`;
  if (actual.data.length !== expected.data.length)
    return `there are ${actual.data.length} values, not ${expected.data.length}`;
  let scale = floor;
  for (let i = 0; i < expected.data.length; i++) scale = Math.max(scale, Math.abs(expected.data[i]));
  let worst = -1;
  let largest = 0;
  for (let i = 0; i < expected.data.length; i++) {
    const error = Math.abs(actual.data[i] - expected.data[i]) / scale;
    if (Number.isNaN(error) || error > largest) {
      largest = error;
      worst = i;
      if (Number.isNaN(error)) break;
    }
  }
  if (largest <= tolerance) return null;
  const values = `${actual.data[worst]} instead of ${expected.data[worst]}`;
  return `the largest error is ${largest.toExponential(2)} of the scale ${scale.toExponential(3)}, at ${placeOf(worst, expected.shape)}: ${values}; allowed ${tolerance}`;
}

/** Throws what `difference` says, with the name of what was compared. */
export function expectClose(name: string, actual: Values, expected: Values, tolerance: number, floor?: number): void {
  const wrong = difference(actual, expected, tolerance, floor);
  if (wrong !== null) throw new Error(`${name}: ${wrong}`);
}
