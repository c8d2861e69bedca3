import { HyenaError } from '../../main/contract/errors.ts';
import { asMessage, type Told } from '../../main/contract/told.ts';
import type { Job } from '../../main/contract/jobs.ts';
import { servingRequestSchema, type ServingEvent } from '../../main/contract/serving.ts';
import { weightsIdentity } from '../checkpoints/manifest.ts';
import { chooseCheckpoint, openModel } from '../checkpoints/open-model.ts';
import { openDevice } from '../devices/index.ts';
import { ModelTemplates } from '../generation/model-templates.ts';
import { constraintsFor } from '../generation/constrained.ts';
import { interruptKernels } from '../interruptible-kernels.ts';
import type { JobContext } from '../job-context.ts';
import { Decoder } from '../models/decoding/decoder.ts';
import { kindOfModel, readRunRecord, runFolder } from '../training/run-folder.ts';
import { Conversations } from './conversations.ts';
import { RememberingReader } from './remembered.ts';
import { Requests } from './requests.ts';

type ServeJob = Extract<Job, { kind: 'serve-model' }>;

/** Answers requests with a run's model until it is asked to stop. */
export async function runServe(job: ServeJob, context: JobContext): Promise<null> {
  const emit = (event: ServingEvent) => context.emit(event);
  const record = await readRunRecord(job.library, job.run);
  const entry = await chooseCheckpoint(
    runFolder(job.library, job.run),
    job.run,
    job.checkpoint ?? 'best',
    (passedOver) => {
      emit({ type: 'notice', ...asMessage(passedOver) });
    },
  );
  const { device } = await openDevice(job.device, record);
  interruptKernels(device, context.cancellation, context.beat);
  const { model, tokenizer, config } = await openModel(entry.path, device);
  const decoder = new Decoder(model);
  const kind = await kindOfModel(job.library, record);
  const notice = (message: Told) => emit({ type: 'notice', ...asMessage(message) });
  const templates = new ModelTemplates(kind, await ModelTemplates.own(entry.path, notice));
  const reader = new RememberingReader(decoder);
  const conversations = new Conversations({
    ...{ library: job.library, decoder, reader, tokenizer, templates },
    identity: await weightsIdentity(entry.path),
    onProblem: notice,
  });
  const requests = new Requests(reader, tokenizer, conversations, emit, (format) => constraintsFor(format, tokenizer));
  context.onTold((message) => {
    const parsed = servingRequestSchema.safeParse(message);
    if (!parsed.success) throw new HyenaError('internal', `A request is malformed: ${parsed.error.message}`);
    if (parsed.data.type === 'cancel') requests.cancel(parsed.data.id);
    else if (parsed.data.type === 'measure') void requests.measure(parsed.data);
    else requests.add(parsed.data);
  });
  emit({
    ...{ type: 'ready', device: device.name, step: entry.step, context: config.l_max, vocabulary: config.vocab_size },
    ...{ kind, template: templates.usual },
  });
  await new Promise<void>((resolve) => {
    if (context.signal.aborted) resolve();
    else context.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await requests.close();
  reader.dispose();
  return null;
}
