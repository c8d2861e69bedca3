import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DatasetEvent } from '../../main/contract/dataset-events.ts';
import {
  datasetRecordSchema,
  type DatasetRecord,
  type DatasetSplit,
  type SplitName,
} from '../../main/contract/datasets.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import type { Job } from '../../main/contract/jobs.ts';
import {
  isFileTask,
  taskSettings,
  type FileTaskName,
  type GeneratedTaskName,
  type TaskRecord,
  type TaskSettings,
} from '../../main/contract/lab/tasks.ts';
import { derivedSeed } from '../../main/contract/logic/random.ts';
import { msg } from '../../main/contract/message.ts';
import { flush } from '../../main/library/datasets/layout.ts';
import { RowWriter } from '../../main/library/datasets/row-writer.ts';
import { dtypeFor } from '../../main/library/datasets/shards.ts';
import { tokenizerFromJSON } from '../../main/library/tokenizers/load.ts';
import { StatisticsGatherer } from '../data/datasets/statistics.ts';
import { stageDataset } from '../data/datasets/stage.ts';
import { writeRecord, writeSources, writeTokenizer } from '../data/datasets/write.ts';
import { ProgressReporter } from '../data/datasets/progress.ts';
import { fileTasks, generators } from './tasks/index.ts';
import { Random, type Row, type Task } from './tasks/task.ts';

/** Tokens of a split at most: what a shard holds. */
const mostTokens = 1 << 27;
/** A split of distinct rows gives up after this many equal ones in a row. */
const mostRepetitions = 1000;
const rowsAtOnce = 1024;

interface Context {
  readonly signal: AbortSignal;
  readonly emit: (event: DatasetEvent) => void;
}

/**
 * Does the job `build-task`: generates or reads the rows of a task into a data set of the library, whole or not at all.
 *
 * @throws HyenaError `already-exists`, `usage` for the name, `configuration` for settings that do not fit each other,
 *   `not-found` and `bad-input` for the files of a task that is read, `disk-full`, `interrupted`
 */
export async function runBuildTask(job: Job<'build-task'>, context: Context): Promise<DatasetRecord> {
  const { library, name } = job;
  const source = isFileTask(job.task)
    ? openedTask(job.task, job.settings, job.file)
    : generatedTask(job.task, job.settings);
  return stageDataset(library, name, context.signal, (folder) => build(folder, name, job, source, context));
}

/** The rows of a task, whether they are generated or read. */
interface RowSource {
  readonly version: number;
  readonly settings: Readonly<Record<string, number>>;
  readonly length: number;
  readonly texts: string[];
  readonly slices: string[];
  readonly counts: Readonly<Record<SplitName, number>>;
  readonly rows: (split: SplitName) => Iterable<Row>;
}

function openedTask(name: FileTaskName, given: Readonly<Record<string, number>>, folder: string | null): RowSource {
  const settings = taskSettings(name, given);
  const task = fileTasks[name];
  if (folder === null) throw new HyenaError('usage', msg`The task ${name} is read from files.`);
  const { counts, rows } = task.open(folder);
  const taken = {
    train: Math.min(settings.train_rows, counts.train),
    validation: Math.min(settings.test_rows, counts.validation),
  };
  return {
    version: task.version,
    settings: { ...settings, train_rows: taken.train, test_rows: taken.validation },
    length: task.length(settings),
    texts: task.vocabulary(settings),
    slices: task.slices?.(settings) ?? [],
    counts: taken,
    rows: (split) => rows(split, taken[split]),
  };
}

function generatedTask(name: GeneratedTaskName, given: Readonly<Record<string, number>>): RowSource {
  const settings: TaskSettings<GeneratedTaskName> = taskSettings(name, given);
  // The table has each generator under the name whose settings it takes.
  const generator = generators[name] as unknown as Task;
  const problem = generator.problem?.(settings) ?? null;
  if (problem !== null) {
    const value = (settings as Record<string, number>)[problem.key];
    throw new HyenaError(
      'configuration',
      problem.bound === null
        ? msg`${problem.key} is ${value}, but must be even.`
        : msg`${problem.key} is ${value}, but these settings allow ${problem.bound} at most.`,
      { kept: 'No data set was created.' },
    );
  }
  const counts = { train: settings.train_rows, validation: settings.test_rows };
  return {
    version: generator.version,
    settings,
    length: generator.length(settings),
    texts: generator.vocabulary(settings),
    slices: generator.slices?.(settings) ?? [],
    counts,
    rows: (split) => rowsOf(generator, settings, split, counts[split]),
  };
}

async function build(
  folder: string,
  name: string,
  { task, file }: Job<'build-task'>,
  { version, settings, length, texts, slices, counts, rows: rowsOfSplit }: RowSource,
  { signal, emit }: Context,
): Promise<DatasetRecord> {
  for (const [, rows] of Object.entries(counts))
    if (rows * length > mostTokens)
      throw new HyenaError('configuration', msg`${rows} rows of ${length} tokens exceed ${mostTokens} tokens.`, {
        kept: 'No data set was created.',
        hint: 'Choose fewer or shorter rows.',
      });
  const tokenizer = await tokenizerFromJSON(wordTokenizer(texts), task);
  const statistics = new StatisticsGatherer(texts.length);
  const lengthOf = texts.map((text) => Buffer.byteLength(text));
  const progress = new ProgressReporter(emit);
  progress.begin('tokenizing', counts.train + counts.validation, 'rows');
  const sources = (slices.length > 0 ? slices : [task]).map((source) => ({ source, documents: 0, bytes: 0 }));
  let bytes = 0;
  const write = async (split: SplitName): Promise<DatasetSplit> => {
    const writer = new RowWriter(folder, split, dtypeFor(texts.length));
    let written = 0;
    try {
      for (const rows of bunches(rowsOfSplit(split))) {
        writer.append(rows);
        for (const { inputs, slice } of rows) {
          statistics.count(inputs);
          let size = 0;
          for (const id of inputs) size += lengthOf[id] + 1;
          statistics.document(0, length, size - 1);
          written += size - 1;
          sources[slice].documents++;
          sources[slice].bytes += size - 1;
        }
        progress.tokens += rows.length * length;
        progress.documents += rows.length;
        progress.advance(rows.length);
        await nextTurn();
        signal.throwIfAborted();
      }
    } catch (error) {
      writer.abandon();
      throw error;
    }
    bytes += written;
    return writer.close(written);
  };
  const splits = { train: await write('train'), validation: await write('validation') };
  progress.finish();
  const described: TaskRecord = { name: task, version, settings: { ...settings }, length, slices };
  const documents = counts.train + counts.validation;
  const known = { files: 0, sourceBytes: 0, documents, duplicates: 0, duplicateBytes: 0, summaries: 0, bytes };
  const record = datasetRecordSchema.parse({
    version: 1,
    name,
    created: new Date().toISOString(),
    tags: [],
    request: {
      paths: file === null ? [] : [file],
      tokenizer: task,
      validation: counts.validation / documents,
      field: null,
      columns: null,
    },
    task: described,
    tokenizer: await writeTokenizer(folder, tokenizer),
    dtype: dtypeFor(texts.length),
    splits,
    statistics: statistics.finish(tokenizer, () => task, known),
    problems: [],
    problemCount: 0,
  } satisfies DatasetRecord);
  await writeSources(folder, sources);
  await writeRecord(folder, record);
  await flush(folder);
  return record;
}

/** The rows of a split: row n depends on the seed, the split and n, of distinct rows on those before it too. */
function* rowsOf(
  task: Task,
  settings: TaskSettings<GeneratedTaskName>,
  split: SplitName,
  count: number,
): Generator<Row> {
  const seen = new Set<string>();
  for (let index = 0, draw = 0, repeated = 0; index < count; draw++) {
    const row = task.row(settings, new Random(derivedSeed(settings.task_seed, split, draw)));
    if (task.distinct === true) {
      const text = row.inputs.join();
      if (seen.has(text)) {
        if (++repeated > mostRepetitions)
          throw new HyenaError('configuration', msg`These settings have no more than about ${index} different rows.`, {
            kept: 'No data set was created.',
            hint: 'Choose fewer rows, or longer ones.',
          });
        continue;
      }
      seen.add(text);
      repeated = 0;
    }
    yield row;
    index++;
  }
}

function* bunches(rows: Iterable<Row>): Generator<Row[]> {
  let bunch: Row[] = [];
  for (const row of rows) {
    bunch.push(row);
    if (bunch.length < rowsAtOnce) continue;
    yield bunch;
    bunch = [];
  }
  if (bunch.length > 0) yield bunch;
}

/** A tokenizer.json whose tokens are words between spaces. */
const wordTokenizer = (texts: readonly string[]): object => ({
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: [],
  normalizer: null,
  pre_tokenizer: { type: 'WhitespaceSplit' },
  post_processor: null,
  decoder: null,
  model: { type: 'WordLevel', vocab: Object.fromEntries(texts.map((text, id) => [text, id])), unk_token: texts[0] },
});
