import { HyenaError } from '../../main/contract/errors.ts';
import type { Message } from '../../main/contract/message.ts';
import type { Job, JobEvent } from '../../main/contract/jobs.ts';
import { servingRequestSchema } from '../../main/contract/serving.ts';
import { weightsIdentity } from '../../main/library/checkpoints/manifest.ts';
import { ModelTemplates } from '../generation/model-templates.ts';
import { constraintsFor } from '../generation/constrained.ts';
import type { JobContext } from '../process/job-context.ts';
import { Decoder } from '../models/decoding/decoder.ts';
import { kindOfModel } from '../../main/library/runs/run-folder.ts';
import { openRunModel } from '../models/run-model.ts';
import { Conversations } from './conversations.ts';
import { PrefixCachingReader } from './prefix-caching-reader.ts';
import { RequestScheduler } from './requests.ts';

type ServeJob = Job<'serve-model'>;

/** Answers requests with a run's model until it is asked to stop. */
export async function runServe(job: ServeJob, context: JobContext<JobEvent<'serve-model'>>): Promise<null> {
  const { emit } = context;
  const { model, tokenizer, config, record, checkpoint, device } = await openRunModel(job, context);
  const decoder = new Decoder(model);
  const kind = await kindOfModel(job.library, record);
  const notice = (message: Message) => emit({ type: 'notice', message });
  const templates = new ModelTemplates(kind, await ModelTemplates.own(checkpoint.path, notice));
  const reader = new PrefixCachingReader(decoder);
  const conversations = new Conversations({
    ...{ library: job.library, decoder, reader, tokenizer, templates },
    identity: await weightsIdentity(checkpoint.path),
    onProblem: notice,
  });
  const requests = new RequestScheduler(reader, tokenizer, conversations, emit, (format) =>
    constraintsFor(format, tokenizer),
  );
  context.onMessage((message) => {
    const parsed = servingRequestSchema.safeParse(message);
    if (!parsed.success) throw new HyenaError('internal', `Malformed request: ${parsed.error.message}`);
    if (parsed.data.type === 'cancel') requests.cancel(parsed.data.id);
    else if (parsed.data.type === 'measure') void requests.measure(parsed.data);
    else requests.add(parsed.data);
  });
  emit({
    ...{
      type: 'ready',
      device: device.name,
      step: checkpoint.step,
      context: model.limit,
      vocabulary: config.vocab_size,
    },
    ...{ kind, template: templates.default },
  });
  await new Promise<void>((resolve) => {
    if (context.signal.aborted) resolve();
    else context.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await requests.close();
  reader.dispose();
  return null;
}
