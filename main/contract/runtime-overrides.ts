import type { TrainingConfiguration } from './configuration.ts';
import { HyenaError } from './errors.ts';
import { msg } from './message.ts';
import type { RuntimeOverrides } from './runtime-overrides-schema.ts';

/**
 * Training with these changes. A step learns from as many sequences as before: with a smaller batch the gradients of
 * more batches are summed.
 *
 * @throws HyenaError `configuration` where that does not come out even
 */
export function withOverrides(training: TrainingConfiguration, changes: RuntimeOverrides): TrainingConfiguration {
  const sequences = training.batch_size * training.gradient_accumulation_steps;
  const { batch_size: batch = training.batch_size } = changes;
  if (sequences % batch !== 0)
    throw new HyenaError(
      'configuration',
      msg`Each step of this run uses ${sequences} sequences, which is not a multiple of a batch size of ${batch}.`,
      { kept: 'Nothing was changed.', hint: msg`The nearest valid batch size is ${batchUpTo(batch, sequences)}.` },
    );
  return { ...training, ...changes, gradient_accumulation_steps: sequences / batch };
}

/** The largest size of equal batches that is not above `most`; 0 if there is none. */
function batchUpTo(most: number, sequences: number): number {
  let batch = Math.floor(most);
  while (batch > 0 && sequences % batch !== 0) batch--;
  return batch;
}

/** What makes a step take less memory; null where only another device or another run does. */
export function suggestReduction({
  batch_size: batch,
  gradient_accumulation_steps: batches,
  gradient_checkpointing: checkpointing,
}: TrainingConfiguration): RuntimeOverrides | null {
  const half = batchUpTo(batch / 2, batch * batches);
  if (half > 0) return { batch_size: half };
  return checkpointing ? null : { gradient_checkpointing: true };
}

/** As `--set` takes them. */
export const toSettings = (changes: RuntimeOverrides): string =>
  Object.entries(changes)
    .map(([key, value]) => `--set ${key}=${value}`)
    .join(' ');
