import { perplexityOf } from '../../main/contract/logic/perplexity.ts';
import { reverseComplement } from '../../main/contract/logic/nucleotides.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import type { Job, JobEvent } from '../../main/contract/jobs.ts';
import type { ScoreResult, Strands } from '../../main/contract/sequences.ts';
import type { Tokenizer } from '../../main/library/tokenizers/tokenizer.ts';
import type { LanguageModel } from '../models/language-model.ts';
import { openRunModel } from '../models/run-model.ts';
import type { JobContext } from '../process/job-context.ts';
import { sumOf, tokenScores, type TokenScores } from './likelihood.ts';
import { openPositionFile, type PositionScores } from './position-file.ts';
import { encodeLetters, readRecords, UnknownLetters, type SequenceRecord } from './records.ts';

type ScoreJob = Job<'score-sequences'>;

/** Records are gathered until they have this many letters, so that short ones are computed together. */
const lettersTogether = 1 << 15;
/** The bases of a track, in its order. */
const trackBases = [...'ACGT'];

/**
 * Scores the records of files: the log-probability of each token given those before it, and their sums.
 *
 * @throws HyenaError `not-found`, `bad-input` where nothing can be scored, `interrupted`
 */
export async function runScore(job: ScoreJob, context: JobContext<JobEvent<'score-sequences'>>): Promise<ScoreResult> {
  const began = performance.now();
  const { emit, cancellation } = context;
  const { model, tokenizer, checkpoint, device } = await openRunModel(job, context);
  const unknown = new UnknownLetters(tokenizer);
  const output = job.output
    ? await openPositionFile(job.output.path, job.output.format, { tokenizer, bothStrands: job.strands === 'both' })
    : null;
  const columns = job.output?.format === 'track' ? trackBases.map((base) => encodeLetters(tokenizer, base)[0]) : [];
  const totals = { records: 0, tokens: 0, scored: 0, logLikelihood: 0 };
  let done = 0;
  const flush = async (records: readonly SequenceRecord[]) => {
    const scored = await cancellation.interruptible(() =>
      scoreRecords(model, tokenizer, records, {
        strands: job.strands,
        columns,
        onProgress: (tokens) => emit({ type: 'progress', done: (done += tokens) }),
      }),
    );
    for (const [index, record] of records.entries()) {
      const { ids, forward, reverse } = scored[index];
      unknown.add(record.text, ids);
      const one = summary(record, forward, reverse);
      totals.records++;
      totals.tokens += one.tokens;
      totals.scored += one.scored;
      totals.logLikelihood += one.logLikelihood ?? 0;
      const offset = await output?.write(positionsOf(record, ids, forward, reverse));
      emit({ type: 'record', ...one, ...(offset !== undefined && { offset }) });
    }
    cancellation.check();
  };
  try {
    const { paths, names } = job;
    const onProblem = (problem: Parameters<Parameters<typeof readRecords>[0]['onProblem']>[0]) =>
      emit({ type: 'problem', ...problem });
    let group: SequenceRecord[] = [];
    let letters = 0;
    for await (const record of readRecords({ paths, names, signal: context.signal, onProblem })) {
      group.push(record);
      letters += record.text.length;
      if (letters < lettersTogether) continue;
      await flush(group);
      [group, letters] = [[], 0];
    }
    await flush(group);
  } finally {
    await output?.close();
  }
  const notice = unknown.notice();
  if (notice) emit({ type: 'notice', message: notice });
  if (totals.scored === 0)
    throw new HyenaError('bad-input', 'No record has two tokens: there is nothing to score.', {
      hint: 'Choose files with sequences or texts.',
    });
  return {
    ...{ run: job.run, step: checkpoint.step, device: device.name, strands: job.strands },
    ...{ records: totals.records, tokens: totals.tokens, scored: totals.scored },
    mean: totals.logLikelihood / totals.scored,
    seconds: (performance.now() - began) / 1000,
  };
}

interface ScoredRecord {
  readonly ids: Int32Array;
  readonly forward: TokenScores;
  /** Of the other strand, in its own order; null: not scored. */
  readonly reverse: TokenScores | null;
}

async function scoreRecords(
  model: LanguageModel,
  tokenizer: Tokenizer,
  records: readonly SequenceRecord[],
  { strands, columns, onProgress }: { strands: Strands; columns: number[]; onProgress: (tokens: number) => void },
): Promise<ScoredRecord[]> {
  const letters = strands === 'both' || columns.length > 0;
  const encode = (text: string) => (letters ? encodeLetters(tokenizer, text) : tokenizer.encode(text));
  const rows = records.map(({ text }) => encode(text));
  const others = strands === 'both' ? records.map(({ text }) => encode(reverseComplement(text))) : [];
  const scores = await tokenScores(model, [...rows, ...others], { columns, onProgress });
  return rows.map((ids, index) => ({
    ids,
    forward: scores[index],
    reverse: strands === 'both' ? scores[rows.length + index] : null,
  }));
}

function summary({ id: record, description }: SequenceRecord, forward: TokenScores, reverse: TokenScores | null) {
  const tokens = forward.logProbabilities.length;
  const scored = Math.max(0, tokens - 1);
  const sums = [forward, ...(reverse ? [reverse] : [])].map(({ logProbabilities }) => sumOf(logProbabilities));
  const logLikelihood = scored === 0 ? null : sums.reduce((all, one) => all + one, 0) / sums.length;
  const mean = logLikelihood === null ? null : logLikelihood / scored;
  return {
    ...{ record, description, tokens, scored, logLikelihood, mean },
    perplexity: mean === null ? null : perplexityOf(-mean),
  };
}

/** At each place the mean of the strands that have a log-probability there: the first base lacks that of one, the last of the other. */
function positionsOf(
  { id: record, text: letters }: SequenceRecord,
  ids: Int32Array,
  { logProbabilities, columns }: TokenScores,
  other: TokenScores | null,
): PositionScores {
  if (!other) return { record, letters, ids, logProbabilities, strands: null, columns };
  const reverse = Float32Array.from(other.logProbabilities).reverse();
  const mean = logProbabilities.map((forward, at) => meanOf(forward, reverse[at]));
  const width = logProbabilities.length === 0 ? 0 : columns.length / logProbabilities.length;
  // On the other strand A stands for T, C for G.
  const both = columns.map((forward, index) => {
    const at = Math.floor(index / width);
    const complement = width - 1 - (index % width);
    return meanOf(forward, other.columns[(logProbabilities.length - 1 - at) * width + complement]);
  });
  return {
    record,
    letters,
    ids,
    logProbabilities: mean,
    strands: { forward: logProbabilities, reverse },
    columns: both,
  };
}

const meanOf = (a: number, b: number): number => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : (a + b) / 2);
