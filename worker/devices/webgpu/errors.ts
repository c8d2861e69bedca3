import { HyenaError } from '../../../main/contract/errors.ts';
import { toMessage, msg } from '../../../main/contract/message.ts';

const mebibytes = (bytes: number) => Math.ceil(bytes / 2 ** 20);
const smallerHint = 'Use a smaller batch, a shorter sequence or gradient checkpointing.';

/** The device is gone, for what reason its driver tells, if any. */
export const lostError = (gpu: string, reason: string): HyenaError =>
  new HyenaError('device', reason ? msg`GPU ${gpu} was lost: ${toMessage(reason)}.` : msg`GPU ${gpu} was lost.`, {
    hint: 'The driver was reset or the GPU was removed. Resume from the last checkpoint; if this happens again, use another device.',
  });

/** What Dawn reports of a command. @param inUse bytes that are allocated */
export function refusedError(gpu: string, error: GPUError, inUse: number): HyenaError {
  if (error instanceof GPUOutOfMemoryError)
    return new HyenaError(
      'out-of-memory',
      msg`GPU ${gpu} is out of memory: ${mebibytes(inUse)} MiB in use by this process.`,
      { hint: smallerHint },
    );
  return new HyenaError('device', msg`GPU ${gpu} rejected an operation: ${toMessage(error.message)}`, {
    hint: 'This is a bug in Hyena Studio or in the driver. Update the driver, or use another device.',
  });
}

/** A tensor is larger than any that the adapter takes; both in bytes. */
export const tooLargeError = (gpu: string, needed: number, most: number): HyenaError =>
  new HyenaError(
    'out-of-memory',
    msg`A tensor of ${mebibytes(needed)} MiB exceeds the limit of GPU ${gpu}, ${mebibytes(most)} MiB.`,
    { hint: smallerHint },
  );

/** A result could not be read. */
export const unreadError = (gpu: string, cause: unknown): HyenaError =>
  new HyenaError('device', msg`GPU ${gpu} returned no result: ${toMessage(String(cause))}`, {
    hint: 'Resume from the last checkpoint; if this happens again, use another device.',
    cause,
  });
