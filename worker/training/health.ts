import { told, type Told } from '../../main/contract/told.ts';
import { type MovingAverage, valueOf } from './average.ts';

/** How much of the loss average a step leaves: the average spans about the last fifty. */
export const lossDecay = 0.98;
/** Spikes are looked for once the average has this many values: the first losses fall fast. */
const settled = 10;
/** Near zero (a text known by heart) a multiple of the average is noise: a spike is this much above it too, in nats. */
const leastRise = 0.5;

/** What is wrong with a loss, in words, or null. */
export function lossTrouble(
  loss: number,
  average: MovingAverage,
  spikeFactor: number,
): { kind: 'not-finite' | 'spike'; reason: Told } | null {
  if (!Number.isFinite(loss))
    return {
      kind: 'not-finite',
      reason: Number.isNaN(loss) ? told`the loss is not a number` : told`the loss is infinite`,
    };
  const usual = valueOf(average);
  if (usual === null || average.count < settled) return null;
  if (loss <= spikeFactor * usual || loss <= usual + leastRise) return null;
  return {
    kind: 'spike',
    reason: told`the loss jumped to ${loss.toFixed(3)}, ${(loss / usual).toFixed(1)} times its average of ${usual.toFixed(3)}`,
  };
}

/** What is wrong with a gradient norm, in words, or null. */
export function gradientTrouble(norm: number): { kind: 'not-finite'; reason: Told } | null {
  if (Number.isFinite(norm)) return null;
  const reason = Number.isNaN(norm) ? told`the gradient norm is not a number` : told`the gradient norm is infinite`;
  return { kind: 'not-finite', reason };
}
