import { HyenaError } from '../../../main/contract/errors.ts';
import { asTold, told } from '../../../main/contract/told.ts';

const mebibytes = (bytes: number) => Math.ceil(bytes / 2 ** 20);
const smallerHint = 'Use a smaller batch, a shorter sequence or gradient checkpointing.';

/** The device is gone, for what reason its driver tells, if any. */
export const lostError = (gpu: string, reason: string): HyenaError =>
  new HyenaError(
    'device',
    reason ? told`The GPU ${gpu} was lost: ${asTold(reason)}.` : told`The GPU ${gpu} was lost.`,
    {
      hint: 'Its driver was reset, or it was taken away. Go on from the last checkpoint; if it happens again, use another device.',
    },
  );

/** What Dawn tells of a command. @param inUse bytes that are allocated */
export function refusedError(gpu: string, error: GPUError, inUse: number): HyenaError {
  if (error instanceof GPUOutOfMemoryError)
    return new HyenaError(
      'out-of-memory',
      told`The GPU ${gpu} has no memory left for this: ${mebibytes(inUse)} MiB are in use here.`,
      { hint: smallerHint },
    );
  return new HyenaError('device', told`The GPU ${gpu} refused what it was given: ${asTold(error.message)}`, {
    hint: 'This is a defect of the program or the driver. Update the driver, or use another device.',
  });
}

/** A tensor is larger than any that the adapter takes; both in bytes. */
export const tooLargeError = (gpu: string, needed: number, most: number): HyenaError =>
  new HyenaError(
    'out-of-memory',
    told`A tensor of ${mebibytes(needed)} MiB is needed, but the GPU ${gpu} allows ${mebibytes(most)} MiB.`,
    { hint: smallerHint },
  );

/** A result could not be read. */
export const unreadError = (gpu: string, cause: unknown): HyenaError =>
  new HyenaError('device', told`The GPU ${gpu} gave no result: ${asTold(String(cause))}`, {
    hint: 'Go on from the last checkpoint; if it happens again, use another device.',
    cause,
  });
