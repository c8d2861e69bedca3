import type { Profile, ProfileRow } from '../../../contract/benchmarks.ts';
import { formatNumber } from '../format.ts';
import type { Output } from '../output.ts';
import { printPairs, printTable } from '../table.ts';

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
/** Below this a kernel has done nothing worth a rate, ms. */
const leastMilliseconds = 0.01;
const giga = (perSecond: number) => formatNumber(perSecond / 1e9, perSecond < 1e10 ? 1 : 0);

/** A rate next to the machine's peak; empty if nothing was counted. */
function rate(amount: number, milliseconds: number, peak: number): string {
  if (amount === 0 || milliseconds < leastMilliseconds) return '';
  const perSecond = (1000 * amount) / milliseconds;
  return `${giga(perSecond)} (${formatNumber((100 * perSecond) / peak, 0)}%)`;
}

/** Where the time of a step goes: a row for each kernel, the largest share first, and the roofline. */
export function printProfile(output: Output, profile: Profile): void {
  const { rows, peaks, stepMilliseconds, waitingMilliseconds, rooflineMilliseconds } = profile;
  output.line();
  printTable(
    output,
    [
      { title: 'kernel', value: ({ kernel }: ProfileRow) => kernel },
      { title: 'calls', value: ({ calls }) => formatNumber(calls, Number.isInteger(calls) ? 0 : 1), align: 'right' },
      { title: 'ms', value: ({ milliseconds }) => milliseconds.toFixed(2), align: 'right' },
      { title: 'share', value: ({ share }) => percent(share), align: 'right' },
      {
        title: 'GFLOP/s',
        value: ({ productOperations, operations, milliseconds }) =>
          rate(
            productOperations + operations,
            milliseconds,
            productOperations > operations ? peaks.products : peaks.fp32,
          ),
        align: 'right',
      },
      {
        title: 'products',
        value: ({ productOperations, productMilliseconds }) =>
          rate(productOperations, productMilliseconds, peaks.products),
        align: 'right',
      },
      { title: 'GB/s', value: ({ bytes, milliseconds }) => rate(bytes, milliseconds, peaks.bandwidth), align: 'right' },
    ],
    rows,
  );
  output.line();
  const reached = rooflineMilliseconds / stepMilliseconds;
  printPairs(output, [
    [
      'no kernel runs',
      `${formatNumber(waitingMilliseconds, 2)} ms (${percent(waitingMilliseconds / stepMilliseconds)})`,
    ],
    [
      'roofline',
      `${formatNumber(rooflineMilliseconds, 2)} ms of ${formatNumber(stepMilliseconds, 2)} ms (${percent(reached)})`,
    ],
    ['peak of products', `${giga(peaks.products)} GFLOP/s, in fp32 ${giga(peaks.fp32)} GFLOP/s`],
    ['memory bandwidth', `${giga(peaks.bandwidth)} GB/s`],
  ]);
}
