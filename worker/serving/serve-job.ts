import { HyenaError } from '../../main/contract/errors.ts';
import type { Job } from '../../main/contract/jobs.ts';
import { servingRequestSchema, type ServingEvent } from '../../main/contract/serving.ts';
import { chooseCheckpoint, openModel } from '../checkpoints/open-model.ts';
import { openDevice } from '../devices/index.ts';
import { interruptKernels } from '../interruptible-kernels.ts';
import type { JobContext } from '../job-context.ts';
import { Decoder } from '../models/decoding/decoder.ts';
import { readRunRecord, runFolder } from '../training/run-folder.ts';
import { RememberingReader } from './remembered.ts';
import { Requests } from './requests.ts';

type ServeJob = Extract<Job, { kind: 'serve-model' }>;

/** Answers requests with a run's model until it is asked to stop. */
export async function runServe(job: ServeJob, context: JobContext): Promise<null> {
  const emit = (event: ServingEvent) => context.emit(event);
  await readRunRecord(job.library, job.run);
  const entry = await chooseCheckpoint(runFolder(job.library, job.run), job.run, job.checkpoint ?? 'best', (error) => {
    emit({ type: 'notice', message: error.message });
  });
  const { device } = await openDevice(job.device);
  interruptKernels(device, context.cancellation, context.beat);
  const { model, tokenizer, config } = await openModel(entry.path, device);
  const requests = new Requests(new RememberingReader(new Decoder(model)), tokenizer, emit);
  context.onTold((message) => {
    const parsed = servingRequestSchema.safeParse(message);
    if (!parsed.success) throw new HyenaError('internal', `A request is malformed: ${parsed.error.message}`);
    if (parsed.data.type === 'cancel') requests.cancel(parsed.data.id);
    else requests.add(parsed.data);
  });
  emit({ type: 'ready', device: device.name, step: entry.step, context: config.l_max, vocabulary: config.vocab_size });
  await new Promise<void>((resolve) => {
    if (context.signal.aborted) resolve();
    else context.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await requests.close();
  return null;
}
