import { z } from 'zod';

/** An exponential moving average that counts its start right: the weights of what it has seen always sum to one. */
export const averageSchema = z.strictObject({
  sum: z.number(),
  weight: z.number(),
  count: z.int().min(0),
});
export type MovingAverage = z.infer<typeof averageSchema>;

export const emptyAverage = (): MovingAverage => ({ sum: 0, weight: 0, count: 0 });

/** @param decay share of the past that remains, below 1 */
export function updateAverage(average: MovingAverage, value: number, decay: number): MovingAverage {
  return {
    sum: decay * average.sum + (1 - decay) * value,
    weight: decay * average.weight + (1 - decay),
    count: average.count + 1,
  };
}

/** Null before the first value. */
export const valueOf = ({ sum, weight }: MovingAverage): number | null => (weight > 0 ? sum / weight : null);
