import { join, resolve } from 'node:path';
import type { Columns } from '../../../main/contract/columns.ts';
import type { DatasetEvent } from '../../../main/contract/dataset-events.ts';
import { datasetRecordSchema, type DatasetRecord } from '../../../main/contract/datasets.ts';
import { HyenaError } from '../../../main/contract/errors.ts';
import { toEnglish, msg, joinMessages, type MessageLike } from '../../../main/contract/message.ts';
import { findFiles } from '../readers/walk.ts';
import { loadTokenizer, parseTokenizerChoice, type TokenizerChoice } from '../../../main/library/tokenizers/load.ts';
import { tokenizerWarnings } from '../tokenizers/warnings.ts';
import type { Tokenizer } from '../../../main/library/tokenizers/tokenizer.ts';
import { learnCharacters } from './characters.ts';
import { gatherDocuments, ProblemList } from './gather.ts';
import { learnTokenizer } from './learn.ts';
import { flush } from '../../../main/library/datasets/layout.ts';
import { loadRecord } from '../../../main/library/datasets/library.ts';
import { replaceDataset } from '../../../main/library/datasets/manage.ts';
import { ProgressReporter } from './progress.ts';
import { dtypeFor, SplitWriter } from '../../../main/library/datasets/shards.ts';
import { planSplit, type SplitPlan } from './split.ts';
import { Spool } from './spool.ts';
import { stageDataset } from './stage.ts';
import { StatisticsGatherer } from './statistics.ts';
import { tokenizeSpool } from './tokenize.ts';
import { writeFiles, writeRecord, writeSources, writeTokenizer } from './write.ts';

export interface AddDatasetOptions {
  library: string;
  name: string;
  /** Files and folders. */
  paths: readonly string[];
  /** How a person knows each path; the path otherwise. */
  names?: readonly string[];
  /** bytes, characters, gpt2, bpe:SIZE, or the path of a tokenizer.json. */
  tokenizer: string;
  /** Share of the text kept for validation, 0 to 0.9. */
  validation: number;
  /** Column or key that holds the text; null: found by itself. */
  field: string | null;
  /** Columns that are put together instead. */
  columns?: Columns | null;
  /** Whether it takes the place of the data set of its name. */
  replace?: boolean | undefined;
  /** Largest number of tokens in a file; for tests. */
  tokensPerShard?: number;
}

export interface AddDatasetContext {
  signal: AbortSignal;
  emit: (event: DatasetEvent) => void;
}

/**
 * Reads files, tokenizes them and adds them to the library as a data set. Everything is made in its own folder that
 * gets the data set's name at the very end, so a data set is whole or not there.
 *
 * Throws `already-exists`, `not-found` (a path), `usage` (name, tokenizer), `bad-input` (no text in the files),
 * `disk-full`, `interrupted` (by the signal).
 */
export async function addDataset(options: AddDatasetOptions, context: AddDatasetContext): Promise<DatasetRecord> {
  const { library, name, replace = false } = options;
  const choice = parseTokenizerChoice(options.tokenizer);
  try {
    const before = replace ? await loadRecord(library, name) : null;
    const place = replace ? replacing(context) : undefined;
    return await stageDataset(
      library,
      name,
      context.signal,
      async (folder) => {
        // What is wrong with a tokenizer is reported before the files are read; loading it again costs nothing.
        if (choice.kind !== 'bpe' && choice.kind !== 'characters') await loadTokenizer(choice);
        return build(folder, options, choice, context, before);
      },
      place,
    );
  } catch (error) {
    throw error instanceof HyenaError ? error : withoutLosses(error);
  }
}

/** Puts a data set in the place of the one before, and reports where that stays if runs need it. */
const replacing =
  ({ emit }: AddDatasetContext) =>
  async (folder: string, library: string, record: DatasetRecord): Promise<void> => {
    const kept = await replaceDataset(library, folder, record);
    if (kept === null) return;
    const message = msg`Runs were trained on the text as it was before. It was kept as '${kept}', and they use that.`;
    emit({ type: 'problem', source: record.name, severity: 'note', message });
  };

function withoutLosses(thrown: unknown): HyenaError {
  const error = HyenaError.from(thrown);
  return new HyenaError(error.code, error.messages.message, {
    kept: 'Your source files are unchanged; no data set was created.',
    hint:
      error.code === 'disk-full'
        ? 'Free some disk space or choose a library on another disk, then add the data set again.'
        : undefined,
    cause: thrown,
  });
}

async function build(
  folder: string,
  options: AddDatasetOptions,
  choice: TokenizerChoice,
  { signal, emit }: AddDatasetContext,
  before: DatasetRecord | null,
): Promise<DatasetRecord> {
  const problems = new ProblemList((problem) => emit({ type: 'problem', ...problem }));
  const progress = new ProgressReporter(emit);
  const found = await findFiles(options.paths, signal, options.names);
  found.problems.forEach((problem) => problems.add(problem));
  const sourceBytes = found.files.reduce((sum, { size }) => sum + size, 0);

  const spool = new Spool(join(folder, 'spool'));
  try {
    progress.begin('reading', sourceBytes);
    const reading = { field: options.columns ?? options.field, signal, progress, problems };
    const { sources, summaries } = await gatherDocuments(found.files, spool, reading);
    progress.finish();
    if (spool.documents === 0) throw noText(options.names ?? options.paths, problems);

    const plan = planSplit(spool, options.validation);
    const tokenizer =
      choice.kind === 'bpe'
        ? await learnTokenizer(spool, plan, choice.size, { progress, problems, signal })
        : choice.kind === 'characters'
          ? await learnCharacters(spool, { progress, signal })
          : await loadTokenizer(choice);
    const statistics = new StatisticsGatherer(tokenizer.vocabularySize);
    const splits = await writeSplits(folder, spool, plan, options, {
      tokenizer,
      statistics,
      progress,
      problems,
      signal,
    });
    progress.begin('finishing', null);
    const { documents, bytes, duplicates, duplicateBytes } = spool;
    const files = new Set(sources.map(({ source }) => source)).size;
    const known = { files, sourceBytes, documents, duplicates, duplicateBytes, summaries, bytes };
    const record = datasetRecordSchema.parse({
      version: 1,
      name: options.name,
      tags: before?.tags ?? [],
      created: new Date().toISOString(),
      request: {
        paths: options.paths.map((path) => resolve(path)),
        ...(options.names && { names: [...options.names] }),
        tokenizer: options.tokenizer,
        validation: options.validation,
        field: options.field,
        columns: options.columns ?? null,
      },
      task: null,
      tokenizer: await writeTokenizer(folder, tokenizer),
      dtype: dtypeFor(tokenizer.vocabularySize),
      splits,
      statistics: statistics.finish(tokenizer, (document) => sources[spool.sourceOf(document)].source, known),
      problems: problems.problems,
      problemCount: problems.count,
    } satisfies DatasetRecord);
    await writeSources(folder, sources);
    await writeFiles(
      folder,
      found.files.map(({ path, name = path, size, modified = 0 }) => ({ path, name, bytes: size, modified })),
    );
    await writeRecord(folder, record);
    spool.delete();
    await flush(folder);
    return record;
  } catch (error) {
    spool.delete();
    throw error;
  }
}

async function writeSplits(
  folder: string,
  spool: Spool,
  plan: SplitPlan,
  options: AddDatasetOptions,
  context: {
    tokenizer: Tokenizer;
    statistics: StatisticsGatherer;
    progress: ProgressReporter;
    problems: ProblemList;
    signal: AbortSignal;
  },
): Promise<DatasetRecord['splits']> {
  const { tokenizer, progress, problems } = context;
  const shared = {
    dtype: dtypeFor(tokenizer.vocabularySize),
    masked: spool.hasMasks,
    tokensPerShard: options.tokensPerShard,
  };
  const train = new SplitWriter(folder, 'train', shared);
  const validation = new SplitWriter(folder, 'validation', shared);
  try {
    progress.begin('tokenizing', spool.bytes);
    const lost = await tokenizeSpool(spool, plan, { train, validation }, context);
    tokenizerWarnings(tokenizer, lost, spool.documents).forEach((remark) => problems.add(remark));
    progress.finish();
  } catch (error) {
    train.abandon();
    validation.abandon();
    throw error;
  }
  return { train: train.close(), validation: validation.close() };
}

function noText(paths: readonly string[], problems: ProblemList): HyenaError {
  const first = problems.problems.find(({ severity }) => severity !== 'note') ?? problems.problems[0];
  const sentences: MessageLike[] = [];
  // Each name once: many reasons name the file themselves.
  const namesIt = first !== undefined && toEnglish(first.message).includes(first.source);
  const isOnlyFile = paths.length === 1 && (first?.source === paths[0] || first?.source === resolve(paths[0]));
  if (!isOnlyFile || !namesIt) sentences.push(msg`No text found in ${paths.join(', ')}.`);
  if (!first) sentences.push(msg`The folder is empty.`);
  else if (namesIt || isOnlyFile) sentences.push(first.message);
  else sentences.push(msg`${first.source}: ${first.message}`);
  if (problems.count > 1) sentences.push(msg`(and ${problems.count - 1} more)`);
  return new HyenaError('bad-input', joinMessages(sentences), {
    kept: 'No data set was created.',
    hint: 'Supported: plain text, Markdown, HTML, PDF, EPUB, Word, JSON, CSV, Parquet, FASTA, source code, and zip archives of these.',
  });
}
