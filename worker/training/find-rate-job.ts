import { resolveModel } from '../../main/contract/configuration.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import type { Job, JobEvent } from '../../main/contract/jobs.ts';
import {
  hasDiverged,
  proposeRate,
  rateAt,
  smooth,
  type RateFinderResult,
  type RatePoint,
} from '../../main/contract/lab/rate-finder.ts';
import { adaptersOf } from '../../main/contract/logic/adapters.ts';
import { derivedSeed } from '../../main/contract/logic/random.ts';
import { TrainingPlan } from '../../main/contract/logic/training-plan.ts';
import { msg } from '../../main/contract/message.ts';
import { DatasetReader } from '../../main/library/datasets/dataset-reader.ts';
import { checkInitialCheckpoint } from '../../main/library/runs/warm-start.ts';
import { learnedSpans } from '../data/answer-windows.ts';
import { openDevice } from '../devices/index.ts';
import { interruptKernels } from '../devices/interruptible-kernels.ts';
import { measureInProcess } from '../devices/measuring.ts';
import { LanguageModel } from '../models/language-model.ts';
import type { JobContext } from '../process/job-context.ts';
import { batchesOf } from './dataset-text.ts';
import { countedTokens, type BatchSource, type Learner } from './learner.ts';
import { openLearner } from './open-learner.ts';
import { loadInitialCheckpoint } from './warm-start/load.ts';

type FindRateJob = Job<'find-rate'>;
type FindRateContext = JobContext<JobEvent<'find-rate'>>;

/**
 * Trains a model that is thrown away for some steps with a rate that rises exponentially, and proposes a learning rate.
 * Nothing is written. Rates of filters and other groups rise by the same factor.
 *
 * @throws HyenaError what stops training from beginning
 */
export async function runFindRate(job: FindRateJob, context: FindRateContext): Promise<RateFinderResult> {
  const { configuration, library } = job;
  const { training } = configuration;
  const { cancellation } = context;
  const check = (): void => cancellation.check();
  const reader = await DatasetReader.open(library, configuration.dataset);
  try {
    const config = resolveModel(configuration.model, reader.tokenizer.vocabularySize);
    const { sequenceLength } = new TrainingPlan(training, config, reader.tokenCount('train'));
    const around = reader.hasMask('train') && reader.record.task === null ? learnedSpans(reader, 'train', check) : null;
    const batches = batchesOf(reader, training.seed, around);
    // A text that is too short, or holds nothing to learn, has no first batch.
    batches.batch(0, 1, sequenceLength);
    const { device, reason } = await openDevice(configuration.device, {
      configuration,
      measure: measureInProcess(configuration, context.signal),
    });
    interruptKernels(device, cancellation, context.heartbeat);
    const model = LanguageModel.create(config, device, training.seed, check, adaptersOf(training));
    const begun = await checkInitialCheckpoint(library, configuration, () => undefined);
    if (begun) await loadInitialCheckpoint(begun, model, device);
    const learner = await openLearner(model, training, check);
    try {
      const from = context.activeSeconds();
      const points = await risingRates(job, context, learner, batches, sequenceLength);
      const seconds = context.activeSeconds() - from;
      return { device: device.name, deviceReason: reason, points, proposed: proposeRate(points), seconds };
    } finally {
      learner.dispose?.();
    }
  } finally {
    reader.close();
  }
}

async function risingRates(
  job: FindRateJob,
  { cancellation, emit }: FindRateContext,
  learner: Learner,
  batches: BatchSource,
  length: number,
): Promise<RatePoint[]> {
  const { training } = job.configuration;
  const { batch_size: rows, gradient_accumulation_steps: count, learning_rate: configured, seed } = training;
  const points: RatePoint[] = [];
  let draw = 0;
  for (let step = 0; step < job.steps; step++) {
    const rate = rateAt(job, step);
    let loss = 0;
    await cancellation.interruptible(async () => {
      const drawn = Array.from({ length: count }, (_, index) => batches.batch(draw + index, rows, length));
      const counted = drawn.reduce((sum, batch) => sum + countedTokens(batch), 0);
      if (counted === 0)
        throw new HyenaError('configuration', msg`A batch had no tokens that count in the loss.`, {
          hint: 'Use a larger batch_size.',
        });
      for (const [index, batch] of drawn.entries()) {
        const share = countedTokens(batch) / counted;
        if (share === 0) continue;
        loss += share * (await learner.accumulate(batch, share, derivedSeed(seed, 'dropout', draw + index)));
      }
      await learner.update(rate / configured, step + 1);
    });
    draw += count;
    // A loss that is not finite has no place in JSON: the rates end before it.
    if (!Number.isFinite(loss)) return points;
    const point = { step: step + 1, rate, loss, smoothed: smooth(points, loss) };
    points.push(point);
    emit(point);
    if (hasDiverged(points)) return points;
  }
  return points;
}
