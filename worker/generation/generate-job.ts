import type { Job } from '../../main/contract/jobs.ts';
import { told, asMessage } from '../../main/contract/told.ts';
import type { GenerateEvent, GenerateResult } from '../../main/contract/runs.ts';
import { chooseCheckpoint, openModel } from '../checkpoints/open-model.ts';
import { openDevice } from '../devices/index.ts';
import { interruptKernels } from '../interruptible-kernels.ts';
import type { JobContext } from '../job-context.ts';
import { kindOfModel, readRunRecord, runFolder } from '../training/run-folder.ts';
import { weightsIdentity } from '../checkpoints/manifest.ts';
import { distilledFilters } from '../models/distilled/store.ts';
import { Decoder } from '../models/decoding/decoder.ts';
import { generate } from './generate.ts';
import { ModelTemplates } from './model-templates.ts';
import { readPrompt } from './prompt.ts';

type GenerateJob = Extract<Job, { kind: 'generate' }>;

/**
 * Writes text with a run's model, telling it piece by piece. Asked to stop it ends with the text so far.
 *
 * @throws HyenaError `not-found`, `bad-input` for a prompt longer than the model's context
 */
export async function runGenerate(job: GenerateJob, context: JobContext): Promise<GenerateResult> {
  const { cancellation } = context;
  const emit = (event: GenerateEvent) => context.emit(event);
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
  interruptKernels(device, cancellation, context.beat);
  const opened = await openModel(entry.path, device);
  const own = await ModelTemplates.own(entry.path, (problem) => emit({ type: 'notice', ...asMessage(problem) }));
  const templates = new ModelTemplates(await kindOfModel(job.library, record), own);
  const began = performance.now();
  let read = began;
  let promptLength = 0;
  const distilled =
    job.distilled === undefined
      ? null
      : await distilledFilters(
          opened.model,
          job.distilled,
          { runFolder: runFolder(job.library, job.run), identity: await weightsIdentity(entry.path) },
          {
            onProblem: (error) => emit({ type: 'notice', ...asMessage(error.told.message) }),
            onProgress: () => {
              context.beat();
              cancellation.check();
            },
          },
        );
  if (distilled && !distilled.kept)
    emit({ type: 'notice', ...asMessage(told`The filters were distilled and are kept.`) });
  const decoder = new Decoder(opened.model, distilled?.filters ?? null);
  const answers = await cancellation.interruptible(async () => {
    const prompt = await readPrompt(job, opened, decoder, {
      checkpoint: entry.path,
      templates,
      onProgress: (done, tokens) => {
        // Told of texts that take a while.
        if (tokens >= 4096) emit({ type: 'reading', done });
      },
      onProblem: (message) => emit({ type: 'notice', ...asMessage(message) }),
    });
    read = performance.now();
    promptLength = prompt.ids.length;
    const told = { run: job.run, step: entry.step, device: device.name };
    emit({ type: 'prompt', ...told, tokens: promptLength, seconds: (read - began) / 1000 });
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
    step: entry.step,
    ...answers[0],
    answers,
    promptTokens: promptLength,
    tokensPerSecond: ended > read ? answers.reduce((sum, { tokens }) => sum + tokens, 0) / ((ended - read) / 1000) : 0,
    seconds: (ended - began) / 1000,
  };
}
