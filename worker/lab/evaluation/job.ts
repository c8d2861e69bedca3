import { readFile } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { HyenaError } from '../../../main/contract/errors.ts';
import type { Job, JobEvent } from '../../../main/contract/jobs.ts';
import type { ChoiceEvaluation, TaskEvaluation } from '../../../main/contract/lab/evaluations.ts';
import { perplexityOf } from '../../../main/contract/logic/perplexity.ts';
import { derivedSeed } from '../../../main/contract/logic/random.ts';
import { msg } from '../../../main/contract/message.ts';
import type { Tokenizer } from '../../../main/library/tokenizers/tokenizer.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { openRunModel } from '../../models/run-model.ts';
import type { JobContext } from '../../process/job-context.ts';
import { Random } from '../tasks/task.ts';
import { scoreContinuations } from './continuations.ts';
import { readItems, readPassages, type Item } from './items.ts';
import { choiceMetrics } from './metrics.ts';
import { slidingLoss, wordsOfWikiText } from './sliding-window.ts';

type EvaluateTaskJob = Job<'evaluate-task'>;
type Scored = Pick<TaskEvaluation, 'items' | 'metrics' | 'shortened'>;

interface Opened {
  readonly model: LanguageModel;
  readonly tokenizer: Tokenizer;
  /** @param total of what is done */
  readonly between: (total: number) => (done: number) => Promise<void>;
}

/**
 * Does the job `evaluate-task`: a published evaluation on a file of the user, nothing is downloaded.
 *
 * @throws HyenaError `not-found`, `bad-input` for a file of another format, `interrupted`
 */
export async function runEvaluateTask(
  job: EvaluateTaskJob,
  context: JobContext<JobEvent<'evaluate-task'>>,
): Promise<TaskEvaluation> {
  const began = performance.now();
  const content = await readFile(job.path, 'utf8').catch((error: unknown) => {
    throw HyenaError.from(error);
  });
  const parsed = prepare(job, content);
  const { model, tokenizer, checkpoint } = await openRunModel(job, context);
  const between = (total: number) => async (done: number) => {
    await nextTurn();
    context.cancellation.check();
    context.emit({ type: 'progress', done, total });
  };
  const scored = await context.cancellation.interruptible(() => parsed({ model, tokenizer, between }));
  const { task, shots, name: source } = job;
  return {
    ...{ run: job.run, step: checkpoint.step, task, source, shots, ...scored },
    seconds: (performance.now() - began) / 1000,
  };
}

/** Reads the file before a model is loaded. @returns what scores it */
function prepare(job: EvaluateTaskJob, content: string): (opened: Opened) => Promise<Scored> {
  if (job.task === 'wikitext') return (opened) => scoreText(content, job, opened);
  if (job.task === 'lambada') {
    const passages = readPassages(content, job.name).slice(0, job.limit);
    return (opened) => scorePassages(passages, opened);
  }
  const { task } = job;
  const all = readItems(task, content, job.name);
  if (job.shots >= all.length)
    throw new HyenaError(
      'bad-input',
      msg`${job.name} has ${all.length} questions, too few for ${job.shots} solved ones.`,
      {
        hint: 'Choose fewer shots.',
      },
    );
  return (opened) => scoreItems(task, withShots(all, job), opened);
}

async function scoreText(text: string, { stride, name }: EvaluateTaskJob, opened: Opened): Promise<Scored> {
  const { model, tokenizer, between } = opened;
  const ids = tokenizer.encode(text);
  const words = wordsOfWikiText(text);
  if (ids.length < 2 || words === 0)
    throw new HyenaError(
      'bad-input',
      msg`${name} has ${ids.length} {1|one: token|other: tokens}, too few to predict anything.`,
      {
        hint: 'Score a longer text.',
      },
    );
  // A model without a bound is given as much at a time as it was trained with.
  const length = Math.min(model.limit, model.config.l_max);
  const step = Math.min(length, stride ?? Math.max(1, Math.floor(length / 2)));
  const nats = await slidingLoss(model, ids, { length, stride: step }, between(ids.length - 1));
  const bytes = tokenizer.byteLengthOf(ids.subarray(1));
  return {
    items: words,
    metrics: [
      { name: 'word_perplexity', value: perplexityOf(nats / words), unit: 'perplexity' },
      { name: 'bits_per_byte', value: nats / Math.LN2 / Math.max(1, bytes), unit: 'bits' },
    ],
    shortened: 0,
  };
}

async function scorePassages(
  passages: ReturnType<typeof readPassages>,
  { model, tokenizer, between }: Opened,
): Promise<Scored> {
  const scores = await scoreContinuations(
    model,
    tokenizer,
    passages.map(({ context, last }) => ({ context, text: ` ${last}` })),
    between(passages.length),
  );
  const nats = scores.reduce((sum, { logLikelihood }) => sum - logLikelihood, 0) / scores.length;
  return {
    items: passages.length,
    metrics: [
      { name: 'acc', value: scores.filter(({ greedy }) => greedy).length / scores.length, unit: 'share' },
      { name: 'perplexity', value: perplexityOf(nats), unit: 'perplexity' },
    ],
    shortened: scores.filter(({ shortened }) => shortened).length,
  };
}

/** The items to score, with others of the file, solved, before them: for each item its own, which the seed fixes. */
function withShots(all: readonly Item[], { shots, limit, seed }: EvaluateTaskJob): Item[] {
  return all.slice(0, limit).map((item, index) => {
    if (shots === 0) return item;
    const random = new Random(derivedSeed(seed, 'shots', index));
    const solved = random
      .distinct(all.length - 1, shots)
      .map((other) => all[other < index ? other : other + 1])
      .map(({ context, choices, gold }) => context + choices[gold[0] ?? 0]);
    return { ...item, context: [...solved, item.context].join('\n\n') };
  });
}

async function scoreItems(
  task: ChoiceEvaluation,
  items: readonly Item[],
  { model, tokenizer, between }: Opened,
): Promise<Scored> {
  const continuations = items.flatMap(({ context, choices }) => choices.map((text) => ({ context, text })));
  const scores = await scoreContinuations(model, tokenizer, continuations, between(continuations.length));
  let at = 0;
  let shortened = 0;
  const likelihoods = items.map(({ choices }) => {
    const own = scores.slice(at, (at += choices.length));
    if (own.some((score) => score.shortened)) shortened++;
    return own.map(({ logLikelihood }) => logLikelihood);
  });
  return { items: items.length, metrics: choiceMetrics(task, items, likelihoods), shortened };
}
