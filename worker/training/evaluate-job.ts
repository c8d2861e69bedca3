import { readFile } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import type { Job, JobEvent } from '../../main/contract/jobs.ts';
import type { EvaluationResult, RunRecord } from '../../main/contract/runs.ts';
import { DatasetReader } from '../../main/library/datasets/dataset-reader.ts';
import type { JobContext } from '../process/job-context.ts';
import { datasetIdentity } from '../../main/library/datasets/identity.ts';
import { readDatasetText } from './dataset-text.ts';
import {
  metricsOf,
  countLearnedTokens,
  type Score,
  scoreWindows,
  type TokenText,
  total,
  windowsOf,
} from './evaluation.ts';
import { compress } from '../lab/compressors.ts';
import { answerRows, everyRow } from './row-evaluator.ts';
import { openRunModel, type RunModel } from '../models/run-model.ts';

type EvaluateJob = Job<'evaluate'>;

/**
 * Scores a text with a run's model: every token after the first is predicted, in windows of the run's sequence length
 * that follow each other, the last one shorter. Each window is read from its start alone, so a token's context is what
 * its window holds before it.
 *
 * @throws HyenaError `not-found`, `bad-input` for a text that holds nothing to predict, `interrupted`
 */
export async function runEvaluate(
  job: EvaluateJob,
  context: JobContext<JobEvent<'evaluate'>>,
): Promise<EvaluationResult> {
  const { cancellation } = context;
  const began = performance.now();
  const opened = await openRunModel(job, context);
  const { record, checkpoint } = opened;
  const { training, model: modelConfiguration } = record.configuration;
  const common = (score: Score) => ({
    ...{ run: job.run, step: checkpoint.step, ...metricsOf(score), tokens: score.tokens, bytes: score.bytes },
    seconds: (performance.now() - began) / 1000,
  });
  const { text, bytes, rows, source, close } = await openText(job, opened);
  const between = async () => {
    await nextTurn();
    cancellation.check();
  };
  try {
    if (rows !== null) {
      const { score, answers } = await cancellation.interruptible(() =>
        answerRows(opened.model, rows, 'validation', everyRow(rows), between),
      );
      return { ...common(score), source, answers };
    }
    const length = training.sequence_length ?? modelConfiguration.l_max;
    const windows = countLearnedTokens(text, windowsOf(text.length, length, true));
    if (windows.length === 0)
      throw text.length > 1
        ? new HyenaError(
            'bad-input',
            msg`None of the ${text.length} tokens of ${source} counts: it contains no answers.`,
            {
              hint: 'Score chats with answers.',
            },
          )
        : new HyenaError(
            'bad-input',
            msg`${source} has ${text.length} {1|one: token|other: tokens}, too few to predict anything.`,
            {
              hint: 'Score a longer text.',
            },
          );
    const score = (batch: Parameters<typeof opened.model.tokenLosses>[0]) =>
      cancellation.interruptible(() => opened.model.tokenLosses(batch));
    const sum = total(await scoreWindows({ score }, text, windows, training.batch_size, between));
    return {
      ...common(sum),
      source,
      ...(job.anchors && { anchors: await compress(bytes(), context.signal) }),
    };
  } finally {
    close();
  }
}

interface OpenText {
  text: TokenText;
  /** All of it. */
  bytes: () => Uint8Array;
  /** Of a task: its rows are answered, not read as text. */
  rows: DatasetReader | null;
  source: string;
  close: () => void;
}

async function openText(job: EvaluateJob, { tokenizer, record }: RunModel): Promise<OpenText> {
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
    return { text, bytes: () => bytes, rows: null, source: source.path, close: () => undefined };
  }
  const name = source.from === 'run' ? record.configuration.dataset : source.name;
  const reader = await DatasetReader.open(job.library, name);
  try {
    if (JSON.stringify(reader.tokenizer.toJSON()) !== JSON.stringify(tokenizer.toJSON()))
      throw new HyenaError(
        'configuration',
        msg`Data set '${name}' was created with a different tokenizer than this model.`,
        {
          hint: 'Score the source file instead.',
          command: 'hyena eval RUN --file PATH',
        },
      );
    if (source.from === 'run') checkUnchanged(record, reader);
    const split = source.from === 'run' || reader.tokenCount('validation') >= 2 ? 'validation' : 'train';
    const bytes = () => reader.tokenizer.decodeBytes(reader.read(split, 0, reader.tokenCount(split)));
    const rows = reader.record.task === null ? null : reader;
    return {
      text: readDatasetText(reader, split),
      bytes,
      rows,
      source: `${name} (${split})`,
      close: () => reader.close(),
    };
  } catch (error) {
    reader.close();
    throw error;
  }
}

function checkUnchanged({ name, dataset }: RunRecord, reader: DatasetReader): void {
  if (dataset !== null && dataset.identity !== datasetIdentity(reader.record))
    throw new HyenaError(
      'configuration',
      msg`Data set '${reader.record.name}' is not the one that run '${name}' was trained on.`,
      {
        hint: 'To score it anyway, choose it explicitly.',
        command: `hyena eval ${name} --data ${reader.record.name}`,
      },
    );
}
