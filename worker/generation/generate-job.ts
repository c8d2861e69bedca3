import type { Job, JobEvent } from '../../main/contract/jobs.ts';
import { msg } from '../../main/contract/message.ts';
import type { GenerateResult } from '../../main/contract/runs.ts';
import type { JobContext } from '../process/job-context.ts';
import { kindOfModel, runFolder } from '../../main/library/runs/run-folder.ts';
import { openRunModel } from '../models/run-model.ts';
import { weightsIdentity } from '../../main/library/checkpoints/manifest.ts';
import { distilledStrategy } from '../models/decoding/distilled.ts';
import { distillerOf } from '../models/mixers/index.ts';
import { Decoder } from '../models/decoding/decoder.ts';
import { generate } from './generate.ts';
import { ModelTemplates } from './model-templates.ts';
import { readPrompt } from './prompt.ts';

type GenerateJob = Job<'generate'>;

/**
 * Writes text with a run's model, telling it piece by piece. Asked to stop it ends with the text so far.
 *
 * @throws HyenaError `not-found`, `bad-input` for a prompt longer than the model's context
 */
export async function runGenerate(
  job: GenerateJob,
  context: JobContext<JobEvent<'generate'>>,
): Promise<GenerateResult> {
  const { cancellation, emit } = context;
  const opened = await openRunModel(job, context);
  const { record, checkpoint, device } = opened;
  const own = await ModelTemplates.own(checkpoint.path, (problem) => emit({ type: 'notice', message: problem }));
  const templates = new ModelTemplates(await kindOfModel(job.library, record), own);
  const began = performance.now();
  let read = began;
  let promptLength = 0;
  const distilled =
    job.distilled === undefined
      ? null
      : await distillerOf(opened.config)(
          opened.model,
          job.distilled,
          { runFolder: runFolder(job.library, job.run), identity: await weightsIdentity(checkpoint.path) },
          {
            onProblem: (error) => emit({ type: 'notice', message: error.messages.message }),
            onProgress: () => {
              context.heartbeat();
              cancellation.check();
            },
          },
        );
  if (distilled && !distilled.kept) emit({ type: 'notice', message: msg`The distilled filters were saved.` });
  const decoder = new Decoder(opened.model, distilled ? distilledStrategy(distilled.layers) : undefined);
  const answers = await cancellation.interruptible(async () => {
    const prompt = await readPrompt(job, opened, decoder, {
      checkpoint: checkpoint.path,
      templates,
      onProgress: (done, tokens) => {
        // Told of texts that take a while.
        if (tokens >= 4096) emit({ type: 'reading', done });
      },
      onProblem: (message) => emit({ type: 'notice', message }),
    });
    read = performance.now();
    promptLength = prompt.ids.length;
    const sentence = { run: job.run, step: checkpoint.step, device: device.name };
    emit({ type: 'prompt', ...sentence, tokens: promptLength, seconds: (read - began) / 1000 });
    try {
      return await generate({
        decoder,
        tokenizer: opened.tokenizer,
        prompt: prompt.ids,
        reading: prompt,
        sampling: { ...job.sampling, stop: [...job.sampling.stop, ...prompt.stops] },
        onText: (text, answer) => emit({ type: 'text', text, answer }),
        check: () => cancellation.check(),
      });
    } finally {
      prompt.text.dispose();
    }
  });
  decoder.dispose();
  const ended = performance.now();
  return {
    run: job.run,
    step: checkpoint.step,
    ...answers[0],
    answers,
    promptTokens: promptLength,
    tokensPerSecond: ended > read ? answers.reduce((sum, { tokens }) => sum + tokens, 0) / ((ended - read) / 1000) : 0,
    seconds: (ended - began) / 1000,
  };
}
