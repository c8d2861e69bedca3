import type { adaptersFile, CheckpointFile, weightsFile } from '../../main/library/checkpoints/manifest.ts';
import type { Content } from '../../main/library/files/atomic.ts';
import type { TokenBatch } from '../models/batch.ts';

/** How many predictions of a batch count in its loss. */
export function countedTokens({ targets, mask }: TokenBatch): number {
  if (mask === undefined) return targets.length;
  let counted = 0;
  for (const one of mask) counted += one;
  return counted;
}

/** Files of a checkpoint that hold what a learner has learned: all weights, or adapters. */
export type LearnerFile = Extract<CheckpointFile, typeof weightsFile | typeof adaptersFile | 'optimizer.safetensors'>;

/**
 * A model with its optimizer as the training loop sees them. All computation is a function of weights, moments and
 * arguments, so that a run can continue exactly.
 */
export interface Learner {
  /** Trainable numbers. */
  readonly parameterCount: number;
  /**
   * Adds `share` times the gradients of a batch's mean loss to those of the step.
   *
   * @param seed of the dropout
   * @returns the batch's mean loss over what counts, nats per token
   */
  accumulate(batch: TokenBatch, share: number, seed: number): Promise<number>;
  /**
   * Changes the weights by the step's gradients, which are then gone. A gradient norm that is not finite changes
   * nothing.
   *
   * @param learningRateScale what the configured learning rates are multiplied by: schedule and recoveries
   * @param step from 1: for the bias correction
   * @returns the norm of the whole gradient before clipping
   */
  update(learningRateScale: number, step: number): Promise<number>;
  /** Drops the step's gradients. */
  discard(): void;
  /** The loss of every prediction of a batch, nats: `[batchSize, length]`, without dropout; the mask is not looked at. */
  score(batch: TokenBatch): Promise<Float32Array>;
  /** Weights, or adapters in their place, and moments as the files of a checkpoint. */
  contents(): Partial<Record<LearnerFile, Content>>;
  /** Takes weights and moments from a checkpoint's folder. */
  restore(folder: string): Promise<void>;
  /** Gives the model of this process the weights as they are now; left out: it always has them. */
  refreshModel?(): Promise<void>;
  /** Ends what it has started; left out: nothing. */
  dispose?(): void;
}

/** Where batches come from: the n-th batch is always the same, however the run got there. */
export interface BatchSource {
  /**
   * @param draw counts the batches of the run from 0
   * @param length tokens that are predicted in each row
   */
  batch(draw: number, batchSize: number, length: number): TokenBatch;
}
