import type { ResolvedModelConfiguration, TrainingConfiguration } from '../../main/contract/configuration.ts';
import type { Device } from '../devices/index.ts';
import type { JobContext } from '../process/job-context.ts';
import { type TokenBatch, batchOfWindows } from '../models/batch.ts';
import { LanguageModel } from '../models/language-model.ts';
import { adaptersOf } from '../../main/contract/logic/adapters.ts';
import { randomBits, randomKey } from '../../main/contract/logic/random.ts';
import { countedTokens } from '../training/learner.ts';
import { openLearner } from '../training/open-learner.ts';
import { TrainingPlan } from '../../main/contract/logic/training-plan.ts';
import { timed, type Timing } from './timing.ts';

/** Made-up text: `rows` windows of `length` + 1 tokens. */
export function syntheticBatch(vocabulary: number, rows: number, length: number, seed: number): TokenBatch {
  const key = randomKey(seed);
  const ids = Int32Array.from({ length: rows * (length + 1) }, (_, index) => randomBits(key, index) % vocabulary);
  return batchOfWindows(ids, rows, length);
}

/** Times whole training steps of a configuration, accumulation and optimizer included, on synthetic text. */
export async function timeTraining(
  model: ResolvedModelConfiguration,
  training: TrainingConfiguration,
  device: Device,
  steps: number,
  context: JobContext,
  options?: Parameters<typeof timed>[3],
): Promise<{ timing: Timing; tokens: number; parameters: number; loss: number }> {
  const { sequenceLength } = new TrainingPlan(training, model, Infinity);
  const adapters = adaptersOf(training);
  const created = LanguageModel.create(model, device, training.seed, undefined, adapters);
  const learner = await openLearner(created, training);
  const { batch_size, gradient_accumulation_steps: batches } = training;
  let step = 0;
  let loss = 0;
  const timing = await timed(
    steps,
    context,
    async () => {
      step++;
      loss = 0;
      for (let index = 0; index < batches; index++) {
        // The same text each time: a loss that falls shows that the steps do what they should.
        const batch = syntheticBatch(model.vocab_size, batch_size, sequenceLength, index);
        loss += (await learner.accumulate(batch, 1 / batches, step * batches + index)) / batches;
      }
      await learner.update(1, step);
    },
    options,
  );
  const tokens = batches * countedTokens(syntheticBatch(model.vocab_size, batch_size, sequenceLength, 0));
  learner.dispose?.();
  return { timing, tokens, parameters: learner.parameterCount, loss };
}
