import type { Job } from '../../main/contract/jobs.ts';
import type { RunRecord } from '../../main/contract/runs.ts';
import type { Message } from '../../main/contract/message.ts';
import type { CheckpointEntry } from '../../main/library/checkpoints/checkpoint-folder.ts';
import { chooseCheckpoint, openModel, type OpenModel } from './open-model.ts';
import { type Device, openDevice } from '../devices/index.ts';
import { interruptKernels } from '../devices/interruptible-kernels.ts';
import type { JobContext } from '../process/job-context.ts';
import { readRunRecord, runFolder } from '../../main/library/runs/run-folder.ts';

/** A run's model on the device of a job, and where it came from. */
export interface RunModel extends OpenModel {
  readonly record: RunRecord;
  readonly checkpoint: CheckpointEntry;
  readonly device: Device;
}

type Notice = { type: 'notice'; message: Message };

/**
 * Opens the model that a job computes with. Damaged checkpoints that were passed over are reported; its kernels end
 * when the job is asked to.
 *
 * @throws HyenaError `not-found` for a run without a checkpoint, `damaged`, `device`
 */
export async function openRunModel(
  {
    library,
    run,
    checkpoint: choice = 'best',
    device: name,
  }: Pick<Job<'generate'>, 'library' | 'run' | 'checkpoint' | 'device'>,
  { cancellation, heartbeat, emit }: JobContext<Notice>,
): Promise<RunModel> {
  const record = await readRunRecord(library, run);
  const checkpoint = await chooseCheckpoint(runFolder(library, run), run, choice, (passedOver) =>
    emit({ type: 'notice', message: passedOver }),
  );
  const { device } = await openDevice(name, record);
  interruptKernels(device, cancellation, heartbeat);
  return { ...(await openModel(checkpoint.path, device)), record, checkpoint, device };
}
