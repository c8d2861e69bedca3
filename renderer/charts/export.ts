import { csvText, type CsvValue } from '../../main/contract/logic/csv.ts';
import type { Series } from './view.ts';

/**
 * All values of the series, in full precision: a row for every x that any of them has. A value that is not finite is
 * an empty cell; what has no place along x is left out.
 */
export function toCsv(xName: string, shown: readonly Series[]): string {
  const series = shown.flatMap((one) => {
    if (!one.band) return [one];
    const { low, high } = one.band;
    return [one, { ...one, name: `${one.name} (min)`, y: low }, { ...one, name: `${one.name} (max)`, y: high }];
  });
  const rows: CsvValue[][] = [[xName, ...series.map(({ name }) => name)]];
  const next = series.map(() => 0);
  for (;;) {
    let x = Infinity;
    series.forEach((one, index) => {
      while (next[index] < one.x.length && !Number.isFinite(one.x[next[index]])) next[index]++;
      if (next[index] < one.x.length) x = Math.min(x, one.x[next[index]]);
    });
    if (x === Infinity) break;
    const values = series.map((one, index) => {
      if (next[index] >= one.x.length || one.x[next[index]] !== x) return null;
      return one.y[next[index]++];
    });
    rows.push([x, ...values]);
  }
  return csvText(rows);
}

/** The most characters of a file's name that names of runs take; systems allow about 255 bytes in all. */
const mostOfName = 60;

/** The name of a file with a chart: whose, and what of them. */
export function fileNameOf(subject: readonly string[], what: string, kind: 'png' | 'csv'): string {
  const [first, ...others] = subject;
  if (first === undefined) return `${what}.${kind}`;
  const whose = Array.from(first).slice(0, mostOfName).join('');
  return `${whose}${others.length > 0 ? `-and-${others.length}-more` : ''}-${what}.${kind}`;
}
