import { readFile } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { HyenaError } from '../../main/contract/errors.ts';
import { told, asMessage } from '../../main/contract/told.ts';
import type { Job } from '../../main/contract/jobs.ts';
import type { EvaluationResult } from '../../main/contract/runs.ts';
import { chooseCheckpoint, openModel, type OpenModel } from '../checkpoints/open-model.ts';
import { DatasetReader } from '../data/datasets/dataset-reader.ts';
import { openDevice } from '../devices/index.ts';
import { interruptKernels } from '../interruptible-kernels.ts';
import type { JobContext } from '../job-context.ts';
import { datasetIdentity, textOf } from './dataset-text.ts';
import { figures, learning, scoreWindows, type TokenText, total, windowsOf } from './evaluation.ts';
import { readRunRecord, runFolder } from './run-folder.ts';

type EvaluateJob = Extract<Job, { kind: 'evaluate' }>;

/**
 * Scores a text with a run's model: every token after the first is predicted, in windows of the run's sequence length
 * that follow each other, the last one shorter. Each window is read from its start alone, so a token's context is what
 * its window holds before it.
 *
 * @throws HyenaError `not-found`, `bad-input` for a text that holds nothing to predict, `interrupted`
 */
export async function runEvaluate(job: EvaluateJob, context: JobContext): Promise<EvaluationResult> {
  const { cancellation } = context;
  const began = performance.now();
  const record = await readRunRecord(job.library, job.run);
  const { training, model: modelConfiguration } = record.configuration;
  const entry = await chooseCheckpoint(
    runFolder(job.library, job.run),
    job.run,
    job.checkpoint ?? 'best',
    (passedOver) => {
      context.emit({ type: 'notice', ...asMessage(passedOver) });
    },
  );
  const { device } = await openDevice(job.device, record);
  interruptKernels(device, cancellation, context.beat);
  const opened = await openModel(entry.path, device);
  const { text, source, close } = await openText(job, record.configuration.dataset, opened);
  try {
    const length = training.sequence_length ?? modelConfiguration.l_max;
    const windows = learning(text, windowsOf(text.length, length, true));
    if (windows.length === 0)
      throw text.length > 1
        ? new HyenaError(
            'bad-input',
            told`None of the ${text.length} tokens of ${source} counts: it holds no answer.`,
            {
              hint: 'Score chats with answers.',
            },
          )
        : new HyenaError('bad-input', told`${source} holds ${text.length} tokens: there is nothing to predict.`, {
            hint: 'Score a longer text.',
          });
    const score = (batch: Parameters<typeof opened.model.tokenLosses>[0]) =>
      cancellation.interruptible(() => opened.model.tokenLosses(batch));
    const between = async () => {
      await nextTurn();
      cancellation.check();
    };
    const sum = total(await scoreWindows({ score }, text, windows, training.batch_size, between));
    return {
      run: job.run,
      step: entry.step,
      source,
      ...figures(sum),
      tokens: sum.tokens,
      bytes: sum.bytes,
      seconds: (performance.now() - began) / 1000,
    };
  } finally {
    close();
  }
}

interface OpenText {
  text: TokenText;
  source: string;
  close: () => void;
}

async function openText(job: EvaluateJob, ownDataset: string, { tokenizer }: OpenModel): Promise<OpenText> {
  const { source } = job;
  if (source.from === 'file') {
    const bytes = await readFile(source.path).catch((error: unknown) => {
      throw HyenaError.from(error);
    });
    const ids = tokenizer.encodeBytes(bytes);
    const text: TokenText = {
      length: ids.length,
      read: (from, count) => ({ ids: ids.subarray(from, from + count), learned: null }),
      byteLengthOf: (some) => tokenizer.byteLengthOf(some),
    };
    return { text, source: source.path, close: () => undefined };
  }
  const name = source.from === 'run' ? ownDataset : source.name;
  const reader = await DatasetReader.open(job.library, name);
  try {
    if (JSON.stringify(reader.tokenizer.toJSON()) !== JSON.stringify(tokenizer.toJSON()))
      throw new HyenaError(
        'configuration',
        told`The data set '${name}' was made with another tokenizer than this model.`,
        {
          hint: 'Score the file that it was made of: hyena eval RUN --file PATH.',
        },
      );
    if (source.from === 'run') await checkUnchanged(job, reader);
    const split = source.from === 'run' || reader.tokenCount('validation') >= 2 ? 'validation' : 'train';
    return { text: textOf(reader, split), source: `${name} (${split})`, close: () => reader.close() };
  } catch (error) {
    reader.close();
    throw error;
  }
}

async function checkUnchanged(job: EvaluateJob, reader: DatasetReader): Promise<void> {
  const { dataset } = await readRunRecord(job.library, job.run);
  if (dataset !== null && dataset.identity !== datasetIdentity(reader.record))
    throw new HyenaError(
      'configuration',
      told`The data set '${reader.record.name}' is not the one that the run '${job.run}' was trained on.`,
      { hint: told`Name it to score it all the same: hyena eval ${job.run} --data ${reader.record.name}` },
    );
}
