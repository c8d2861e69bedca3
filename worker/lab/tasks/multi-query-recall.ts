import { ask, emptyRow, numerals, type Random, type Task } from './task.ts';

/**
 * Distinct places from 0 to p.length - 1, one after another with probabilities p among those that are left: what
 * `numpy.random.choice(replace=False, p=p)` draws.
 *
 * @param cumulated running sums of the probabilities
 */
function weightedPlaces(cumulated: Float64Array, taken: number, random: Random): number[] {
  const chosen = new Set<number>();
  while (chosen.size < taken) {
    const at = random.uniform() * cumulated[cumulated.length - 1];
    let [low, high] = [0, cumulated.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulated[middle] > at) high = middle;
      else low = middle + 1;
    }
    chosen.add(low);
  }
  return [...chosen];
}

/**
 * Multi-query associative recall exactly as Zoology generates it (arXiv 2312.04927; `multiquery_ar`,
 * `random_non_queries` false): K pairs of distinct keys 1 … V/2 - 1 and distinct values V/2 … V - 1; then each key once
 * more, at an even distance 2n behind the pairs, n drawn without replacement with p(n + 1) ∝ (n + 1)^(a - 1); zeros
 * elsewhere. The answer is asked where the key is; the token that follows there is not the answer. Only these places are
 * learned.
 */
export const multiQueryRecall: Task<'mqar'> = {
  version: 1,
  vocabulary: ({ vocabulary }) => numerals(vocabulary),
  length: ({ length }) => length,
  problem({ vocabulary, length, pairs }) {
    if (length % 2 === 1) return { key: 'length', bound: null };
    if (4 * pairs > length) return { key: 'pairs', bound: Math.floor(length / 4) };
    return pairs > vocabulary / 2 - 1 ? { key: 'pairs', bound: Math.floor(vocabulary / 2) - 1 } : null;
  },
  row({ vocabulary, length, pairs, power }, random) {
    const half = Math.floor(vocabulary / 2);
    const keys = random.distinct(half - 1, pairs).map((key) => 1 + key);
    const values = random.distinct(vocabulary - half, pairs).map((value) => half + value);
    const row = emptyRow(length);
    keys.forEach((key, pair) => row.inputs.set([key, values[pair]], 2 * pair));
    const places = weightedPlaces(powerLaw((length - 2 * pairs) / 2, power), pairs, random);
    places.forEach((place, pair) => {
      const at = 2 * pairs + 2 * place;
      row.inputs[at] = keys[pair];
      ask(row, at, values[pair]);
    });
    return row;
  },
};

const laws = new Map<string, Float64Array>();

/** Running sums of n^(a - 1), n from 1 to `count`. */
function powerLaw(count: number, power: number): Float64Array {
  const name = `${count} ${power}`;
  let sums = laws.get(name);
  if (sums === undefined) {
    sums = new Float64Array(count);
    for (let n = 0, sum = 0; n < count; n++) sums[n] = sum += (n + 1) ** (power - 1);
    laws.set(name, sums);
  }
  return sums;
}
