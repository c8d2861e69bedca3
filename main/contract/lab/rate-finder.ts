import { z } from 'zod';
import { messageSchema } from '../message-schema.ts';

/** Losses of a model while its learning rate rises exponentially (Smith, arXiv 1506.01186, section 3.3). */
export const ratePointSchema = z.strictObject({
  step: z.int(),
  rate: z.number(),
  loss: z.number().describe('Mean cross entropy of the batch, nats per token.'),
  smoothed: z.number().describe('Moving average of the loss.'),
});
export type RatePoint = z.output<typeof ratePointSchema>;

export const rateFinderResultSchema = z.strictObject({
  device: z.string(),
  deviceReason: messageSchema,
  points: z.array(ratePointSchema),
  proposed: z.number().nullable().describe('Learning rate; null if the loss never fell.'),
  seconds: z.number(),
});
export type RateFinderResult = z.output<typeof rateFinderResultSchema>;

/** Where a search for a rate begins and ends, and how finely it looks. */
export const rateRange = { low: 1e-6, high: 1, steps: 100 } as const;

/** How fast the moving average forgets; with a hundred steps, ten of them. */
const decay = 0.9;
/** Training has diverged when the average is this many times the lowest one. */
const divergence = 3;
/** An average of fewer steps says nothing about divergence. */
const settled = 10;

/** The rate of a step: from `low` to `high`, by equal ratios. */
export const rateAt = ({ low, high, steps }: { low: number; high: number; steps: number }, step: number): number =>
  steps === 1 ? low : low * (high / low) ** (step / (steps - 1));

/** The moving average after another loss, corrected for its start (Adam's bias correction). */
export function smooth(before: readonly RatePoint[], loss: number): number {
  const count = before.length;
  const sum = count === 0 ? 0 : before[count - 1].smoothed * (1 - decay ** count);
  return (decay * sum + (1 - decay) * loss) / (1 - decay ** (count + 1));
}

/** Whether the loss has left its valley, so that higher rates need not be tried. */
export function hasDiverged(points: readonly RatePoint[]): boolean {
  const last = points.at(-1);
  if (last === undefined) return false;
  if (!Number.isFinite(last.loss)) return true;
  return points.length > settled && last.smoothed > divergence * Math.min(...points.map(({ smoothed }) => smoothed));
}

/** A fall of the average by less than this share is noise. */
const leastFall = 0.02;

/** Where in the fall the rate is taken; the middle was low for AdamW (measured in docs/lab.md). */
const place = 2 / 3;
/** Before this share of the whole fall the rate is too low to matter. */
const visibleFall = 0.05;

/**
 * A learning rate that the losses speak for: two thirds, in steps, of the longest stretch in which the average falls, from
 * where a twentieth of the fall is done. It is where the loss falls steadily, well below where it diverges. The search for
 * the longest falling subsequence is that of fastai's `valley`.
 *
 * @returns null if the average never fell by two percent
 */
export function proposeRate(points: readonly RatePoint[]): number | null {
  const kept = points.filter(({ smoothed }) => Number.isFinite(smoothed));
  // Lengths of the longest falling subsequences, by where they end, and where each of these begins.
  const lengths = kept.map(() => 1);
  const starts = kept.map((_, index) => index);
  let end = 0;
  for (let index = 1; index < kept.length; index++) {
    for (let before = 0; before < index; before++)
      if (kept[index].smoothed < kept[before].smoothed && lengths[index] <= lengths[before]) {
        lengths[index] = lengths[before] + 1;
        starts[index] = starts[before];
      }
    if (lengths[index] > lengths[end]) end = index;
  }
  if (kept.length === 0) return null;
  const { smoothed: top } = kept[starts[end]];
  const fall = top - kept[end].smoothed;
  if (fall < leastFall * top) return null;
  const start = kept.findLastIndex(({ smoothed }, index) => index < end && smoothed > top - visibleFall * fall);
  return Number(kept[Math.round(start + place * (end - start))].rate.toPrecision(2));
}
