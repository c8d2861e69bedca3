import { z } from 'zod';
import { csvText } from '../logic/csv.ts';
import { messageSchema } from '../message-schema.ts';

/** Time and memory of a mixer at one length. */
export const scalingRowSchema = z.strictObject({
  mixer: z.string(),
  length: z.int().describe('Tokens.'),
  forwardMilliseconds: z.number().describe('Median time of the mixer alone, forward, ms.'),
  mixerMilliseconds: z.number().describe('Median time of the mixer alone, forward and backward, ms.'),
  stepMilliseconds: z.number().describe('Median time of a training step of a model of this mixer, ms.'),
  peakMemoryMiB: z.number().describe('Peak memory of the process so far; shorter lengths are measured first.'),
});
export type ScalingRow = z.infer<typeof scalingRowSchema>;

export const scalingResultSchema = z.strictObject({
  device: z.string(),
  deviceReason: messageSchema,
  rows: z.array(scalingRowSchema),
});

/** A measurement of several mixers on one device. */
export const scalingChartSchema = z.strictObject({
  device: z.string(),
  processor: z.string(),
  time: z.iso.datetime(),
  d_model: z.int(),
  n_layer: z.int(),
  rows: z.array(scalingRowSchema),
});
export type ScalingChart = z.infer<typeof scalingChartSchema>;

/** What is compared. */
export const scalingQuantities = ['mixerMilliseconds', 'stepMilliseconds', 'peakMemoryMiB'] as const;
export type ScalingQuantity = (typeof scalingQuantities)[number];

/** Times below this are mostly overhead of calls, and say nothing about growth. */
const leastMilliseconds = 0.5;
/** The longest lengths that an exponent is fitted to: growth at the end, not an average over all. */
const fittedPoints = 4;

/**
 * How a quantity grows: the exponent p of quantity ∝ length^p, by least squares over the logarithms of the four longest
 * lengths.
 *
 * @returns null with fewer than two points
 */
export function exponentOf(rows: readonly ScalingRow[], quantity: ScalingQuantity): number | null {
  const points = [...rows]
    .sort((a, b) => a.length - b.length)
    .filter((row) => quantity === 'peakMemoryMiB' || row[quantity] >= leastMilliseconds)
    .slice(-fittedPoints)
    .map((row) => [Math.log(row.length), Math.log(row[quantity])] as const);
  if (points.length < 2) return null;
  const [x, y] = [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length);
  const covariance = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  const variance = points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
  return variance === 0 ? null : covariance / variance;
}

/** Where one mixer becomes cheaper than another, for longer texts. */
export interface Crossover {
  readonly cheaper: string;
  readonly than: string;
  /** Tokens; on straight lines of the logarithms between the measured lengths. */
  readonly length: number;
}

/** The lengths at which mixers change places; of each pair the last one. */
export function crossovers(rows: readonly ScalingRow[], quantity: ScalingQuantity): Crossover[] {
  const names = [...new Set(rows.map(({ mixer }) => mixer))];
  const found: Crossover[] = [];
  for (const [index, first] of names.entries())
    for (const second of names.slice(index + 1)) {
      const pairs = rows
        .filter(({ mixer }) => mixer === first)
        .flatMap((row) => {
          const other = rows.find(({ mixer, length }) => mixer === second && length === row.length);
          return other ? [{ length: row.length, gap: Math.log(row[quantity] / other[quantity]) }] : [];
        })
        .sort((a, b) => a.length - b.length);
      for (let at = pairs.length - 1; at > 0; at--) {
        const [before, after] = [pairs[at - 1], pairs[at]];
        if (before.gap * after.gap >= 0) continue;
        const share = before.gap / (before.gap - after.gap);
        const length = Math.exp(Math.log(before.length) + share * Math.log(after.length / before.length));
        const [cheaper, than] = after.gap < 0 ? [first, second] : [second, first];
        found.push({ cheaper, than, length: Math.round(length) });
        break;
      }
    }
  return found;
}

/** Rows as CSV. */
export function scalingCsv(rows: readonly ScalingRow[], title: string): string {
  const columns = ['mixer', 'length', 'forwardMilliseconds', ...scalingQuantities] as const;
  return csvText([[title], columns, ...rows.map((row) => columns.map((column) => row[column]))]);
}
