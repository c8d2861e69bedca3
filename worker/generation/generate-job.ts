import type { Job } from '../../main/contract/jobs.ts';
import type { GenerateEvent, GenerateResult } from '../../main/contract/runs.ts';
import { chooseCheckpoint, openModel } from '../checkpoints/open-model.ts';
import { openDevice } from '../devices/index.ts';
import { interruptKernels } from '../interruptible-kernels.ts';
import type { JobContext } from '../job-context.ts';
import { readRunRecord, runFolder } from '../training/run-folder.ts';
import { withDecoder } from './decoder.ts';
import { generate, promptTokens } from './generate.ts';

type GenerateJob = Extract<Job, { kind: 'generate' }>;

/**
 * Writes text with a run's model, telling it piece by piece. Asked to stop it ends with the text so far.
 *
 * @throws HyenaError `not-found`, `bad-input` for a prompt longer than the model's context
 */
export async function runGenerate(job: GenerateJob, context: JobContext): Promise<GenerateResult> {
  const { cancellation } = context;
  const emit = (event: GenerateEvent) => context.emit(event);
  await readRunRecord(job.library, job.run);
  const entry = await chooseCheckpoint(runFolder(job.library, job.run), job.run, job.checkpoint ?? 'best', (error) => {
    emit({ type: 'notice', message: error.message });
  });
  const { device } = await openDevice(job.device);
  interruptKernels(device, cancellation, context.beat);
  const { model, tokenizer } = await openModel(entry.path, device);
  const prompt = promptTokens(tokenizer, job.prompt);
  const began = performance.now();
  let read = began;
  const answers = await cancellation.interruptible(() =>
    withDecoder(model, (decoder) =>
      generate({
        decoder,
        tokenizer,
        prompt,
        sampling: job.sampling,
        onPrompt: () => {
          read = performance.now();
          const seconds = (read - began) / 1000;
          emit({
            type: 'prompt',
            run: job.run,
            step: entry.step,
            device: device.name,
            tokens: prompt.length,
            seconds,
          });
        },
        onProgress: (done) => {
          // Told of texts that take a while.
          if (prompt.length >= 4096) emit({ type: 'reading', done });
        },
        onText: (text, answer) => emit({ type: 'text', text, answer }),
        check: () => cancellation.check(),
      }),
    ),
  );
  const ended = performance.now();
  return {
    run: job.run,
    step: entry.step,
    ...answers[0],
    answers,
    promptTokens: prompt.length,
    tokensPerSecond: ended > read ? answers.reduce((sum, { tokens }) => sum + tokens, 0) / ((ended - read) / 1000) : 0,
    seconds: (ended - began) / 1000,
  };
}
