import { reverseComplement } from '../../main/contract/logic/nucleotides.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import type { Job, JobEvent } from '../../main/contract/jobs.ts';
import { msg, type Message } from '../../main/contract/message.ts';
import type { Variant, VariantsResult } from '../../main/contract/sequences.ts';
import type { RunModel } from '../models/run-model.ts';
import { openRunModel } from '../models/run-model.ts';
import type { JobContext } from '../process/job-context.ts';
import { alternativeLikelihoods } from './likelihood.ts';
import { encodeLetters, readRecords, UnknownLetters, type SequenceRecord } from './records.ts';
import { parseVariant, parseVcf, variantName, windowAround, type ParsedVariant } from './variants.ts';

type VariantsJob = Job<'score-variants'>;

/** Bases around a variant where nobody says how many, at most: those of Evo 2's scores of variants. */
const usualWindow = 8192;

interface Given {
  readonly variant: Variant;
  /** Whether a person named this very variant: it fails rather than being left out. */
  readonly named: boolean;
}

/**
 * Scores variants without any training for it (zero-shot; Evo, doi 10.1126/science.ado9336; Evo 2): the log-likelihoods of
 * the bases around each with either allele, and their difference.
 *
 * @throws HyenaError `not-found`, `usage`, `bad-input` for a named variant that does not fit or where none does, `interrupted`
 */
export async function runVariants(
  job: VariantsJob,
  context: JobContext<JobEvent<'score-variants'>>,
): Promise<VariantsResult> {
  const began = performance.now();
  const { emit, cancellation, signal } = context;
  const totals = { scored: 0, skipped: 0 };
  let why: Message | null = null;
  const skip = (variant: string, message: Message) => {
    totals.skipped++;
    why ??= message;
    emit({ type: 'skipped', variant, message });
  };
  const waiting = await givenVariants(job, signal, skip);
  const opened = await openRunModel(job, context);
  const { model, tokenizer } = opened;
  const width = job.window ?? Math.min(usualWindow, model.limit);
  if (width > model.limit)
    throw new HyenaError('usage', msg`A window of ${width} bases exceeds this model's context of ${model.limit}.`, {
      hint: 'Choose a smaller window.',
    });
  const unknown = new UnknownLetters(tokenizer);
  const { paths, names } = job;
  const onProblem = (problem: Parameters<Parameters<typeof readRecords>[0]['onProblem']>[0]) =>
    emit({ type: 'problem', ...problem });
  for await (const record of readRecords({ paths, names, signal, onProblem })) {
    const own = takeFor(waiting, record.id);
    for (const { variant, named } of own) {
      cancellation.check();
      try {
        const scored = await cancellation.interruptible(() =>
          scoreOne(opened, record, variant, { ...job, width, unknown }),
        );
        totals.scored++;
        emit({ type: 'variant', ...variant, ...scored });
      } catch (thrown) {
        const error = HyenaError.from(thrown);
        if (named || error.code !== 'bad-input') throw error;
        skip(variantName(variant), error.messages.message);
      }
      emit({ type: 'progress', done: totals.scored + totals.skipped });
    }
  }
  for (const [record, rest] of waiting)
    for (const { variant, named } of rest) {
      const message = msg`No record is named ${record}.`;
      if (named)
        throw new HyenaError('bad-input', message, { hint: 'A record is named by the first word of its header.' });
      skip(variantName(variant), message);
    }
  const notice = unknown.notice();
  if (notice) emit({ type: 'notice', message: notice });
  if (totals.scored === 0)
    throw new HyenaError('bad-input', why ?? 'No variants found.', {
      hint: 'Positions count from 1. Choose the reference that the variants were called against.',
    });
  return {
    ...{ run: job.run, step: opened.checkpoint.step, device: opened.device.name, strands: job.strands, window: width },
    ...totals,
    seconds: (performance.now() - began) / 1000,
  };
}

/** The variants by the record that they are of. */
async function givenVariants(
  { variants, vcf }: VariantsJob,
  signal: AbortSignal,
  skip: (variant: string, message: Message) => void,
): Promise<Map<string, Given[]>> {
  const waiting = new Map<string, Given[]>();
  const add = (variant: Variant, named: boolean) => {
    const list = waiting.get(variant.record) ?? [];
    list.push({ variant, named });
    waiting.set(variant.record, list);
  };
  for (const given of variants) add(parseVariant(given), true);
  for (const path of vcf) {
    let reason: Message | null = null;
    const onProblem = (problem: { message: Message }) => (reason = problem.message);
    let found = false;
    for await (const { text } of readRecords({ paths: [path], signal, onProblem })) {
      found = true;
      for (const { given, variant, problem } of parseVcf(text) as Iterable<ParsedVariant>)
        if (variant) add(variant, false);
        else skip(given, problem);
    }
    if (!found) throw new HyenaError('bad-input', reason ?? msg`${path} is empty.`);
  }
  return waiting;
}

/** Takes the variants of a record out; `chr7` and `7` are the same, where only one of them is there. */
function takeFor(waiting: Map<string, Given[]>, record: string): Given[] {
  const other = /^chr/i.test(record) ? record.slice(3) : `chr${record}`;
  const name = waiting.has(record) ? record : other;
  const own = waiting.get(name) ?? [];
  waiting.delete(name);
  return own;
}

async function scoreOne(
  { model, tokenizer }: RunModel,
  { text }: SequenceRecord,
  variant: Variant,
  { strands, width, unknown }: Pick<VariantsJob, 'strands'> & { width: number; unknown: UnknownLetters },
) {
  const { start, end, ref, alt } = windowAround(text, variant, width);
  const sums = [0, 0];
  const orders = strands === 'both' ? [[ref, alt], [ref, alt].map(reverseComplement)] : [[ref, alt]];
  for (const texts of orders) {
    const rows = texts.map((one) => encodeLetters(tokenizer, one));
    texts.forEach((one, index) => unknown.add(one, rows[index]));
    const found = await alternativeLikelihoods(model, rows);
    found.forEach((one, index) => (sums[index] += one / orders.length));
  }
  return { start, end, refLogLikelihood: sums[0], altLogLikelihood: sums[1], delta: sums[1] - sums[0] };
}
