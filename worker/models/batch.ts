import * as tf from '@tensorflow/tfjs-core';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';

/** Token ids of equally long sequences, row-major `[batchSize, length]`. */
export interface TokenBatch {
  readonly ids: Int32Array;
  /** The token after each. */
  readonly targets: Int32Array;
  /** Weight of each target in the loss; left out: all 1. */
  readonly mask?: Float32Array;
  readonly batchSize: number;
  readonly length: number;
}

/** Windows of `length + 1` tokens, one after another in `tokens`, as inputs and targets. */
export function batchOfWindows(tokens: ArrayLike<number>, batchSize: number, length: number): TokenBatch {
  if (tokens.length !== batchSize * (length + 1))
    throw new HyenaError('internal', `${tokens.length} tokens are not ${batchSize} windows of ${length + 1}.`);
  const ids = new Int32Array(batchSize * length);
  const targets = new Int32Array(batchSize * length);
  for (let row = 0; row < batchSize; row++)
    for (let i = 0; i < length; i++) {
      ids[row * length + i] = tokens[row * (length + 1) + i];
      targets[row * length + i] = tokens[row * (length + 1) + i + 1];
    }
  return { ids, targets, batchSize, length };
}

/** @throws HyenaError `internal` for wrong sizes, `bad-input` for ids that the vocabulary lacks */
export function checkBatch({ ids, targets, mask, batchSize, length }: TokenBatch, vocabulary: number): void {
  const count = batchSize * length;
  if (count < 1 || ids.length !== count || targets.length !== count || (mask && mask.length !== count))
    throw new HyenaError(
      'internal',
      `A batch of ${batchSize} × ${length} has ${ids.length} ids, ${targets.length} targets.`,
    );
  checkIds(ids, vocabulary);
  checkIds(targets, vocabulary);
}

/** @throws HyenaError `bad-input` for ids that the vocabulary lacks */
export function checkIds(ids: Int32Array, vocabulary: number): void {
  const wrong = ids.find((id) => id < 0 || id >= vocabulary);
  if (wrong !== undefined)
    throw new HyenaError(
      'bad-input',
      msg`Token ${String(wrong)} is outside the model's vocabulary of ${vocabulary} tokens.`,
      {
        hint: 'The data and the model must use the same tokenizer.',
      },
    );
}

/** Places of the targets that count, where these are few enough for the head to be computed there alone; else null. */
export function learnedPlaces({ targets, mask }: TokenBatch): Int32Array | null {
  if (mask === undefined) return null;
  const places: number[] = [];
  for (const [place, weight] of mask.entries()) if (weight !== 0) places.push(place);
  return places.length > 0 && 2 * places.length <= targets.length ? Int32Array.from(places) : null;
}

/**
 * Targets and mask as tensors `[batchSize·length]`.
 *
 * @param places leaves only these
 */
export function targetTensors(
  { targets, mask }: TokenBatch,
  places: Int32Array | null = null,
): { targets: tf.Tensor; mask: tf.Tensor } {
  if (places !== null)
    return {
      targets: tf.tensor1d(
        places.map((place) => targets[place]),
        'int32',
      ),
      mask: tf.tensor1d(Float32Array.from(places, (place) => mask?.[place] ?? 1)),
    };
  return {
    targets: tf.tensor1d(targets.slice(), 'int32'),
    mask: mask ? tf.tensor1d(mask.slice()) : tf.ones([targets.length]),
  };
}
