import { msg, type Message } from '../../main/contract/message.ts';
import { type MovingAverage, valueOf } from '../../main/library/runs/average.ts';

/** How much of the loss average a step leaves: the average spans about the last fifty. */
export const lossDecay = 0.98;
/** Spikes are looked for once the average has this many values: the first losses fall fast. */
const settled = 10;
/** Near zero (a text memorised) a multiple of the average is noise: a spike is this much above it too, in nats. */
const leastRise = 0.5;

/** What is wrong with a loss, in words, or null. */
export function detectLossAnomaly(
  loss: number,
  average: MovingAverage,
  spikeFactor: number,
): { kind: 'not-finite' | 'spike'; reason: Message } | null {
  if (!Number.isFinite(loss))
    return {
      kind: 'not-finite',
      reason: Number.isNaN(loss) ? msg`the loss is NaN` : msg`the loss is infinite`,
    };
  const sampled = valueOf(average);
  if (sampled === null || average.count < settled) return null;
  if (loss <= spikeFactor * sampled || loss <= sampled + leastRise) return null;
  return {
    kind: 'spike',
    reason: msg`the loss jumped to ${loss.toFixed(3)}, ${(loss / sampled).toFixed(1)} times its average of ${sampled.toFixed(3)}`,
  };
}

/** What is wrong with a gradient norm, in words, or null. */
export function detectGradientAnomaly(norm: number): { kind: 'not-finite'; reason: Message } | null {
  if (Number.isFinite(norm)) return null;
  const reason = Number.isNaN(norm) ? msg`the gradient norm is NaN` : msg`the gradient norm is infinite`;
  return { kind: 'not-finite', reason };
}
