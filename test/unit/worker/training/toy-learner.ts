import { join } from 'node:path';
import { safetensorsPieces } from '../../../../main/library/checkpoints/safetensors.ts';
import { readSafetensors } from '../../../numerics/read-safetensors.ts';
import type { Content } from '../../../../main/library/files/atomic.ts';
import { type TokenBatch, batchOfWindows } from '../../../../worker/models/batch.ts';
import type { BatchSource, Learner, LearnerFile } from '../../../../worker/training/learner.ts';
import { derive } from './derive.ts';

const vocabulary = 7;

/**
 * A bigram model with Adam in typed arrays: a learner that takes microseconds a step and whose every step depends on
 * weights, moments, data and dropout seeds, so that a run which does not go on exactly shows.
 */
export class ToyLearner implements Learner {
  readonly parameterCount = vocabulary * vocabulary;
  readonly weights = new Float32Array(vocabulary * vocabulary);
  readonly #first = new Float32Array(vocabulary * vocabulary);
  readonly #second = new Float32Array(vocabulary * vocabulary);
  readonly #gradient = new Float32Array(vocabulary * vocabulary);

  readonly #rate: number;

  constructor(rate = 0.05) {
    this.#rate = rate;
    for (let index = 0; index < this.weights.length; index++) this.weights[index] = (derive(1, index) - 0.5) * 0.1;
  }

  #losses(batch: TokenBatch, gradient: Float32Array | null, scale: (position: number) => number): Float32Array {
    const losses = new Float32Array(batch.ids.length);
    for (const [position, input] of batch.ids.entries()) {
      const target = batch.targets[position];
      const keep = scale(position);
      const logits = this.weights.subarray(input * vocabulary, (input + 1) * vocabulary).map((one) => one * keep);
      const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
      losses[position] = Math.log(sum) - logits[target];
      if (gradient === null) continue;
      for (let id = 0; id < vocabulary; id++)
        gradient[input * vocabulary + id] += keep * (Math.exp(logits[id]) / sum - (id === target ? 1 : 0));
    }
    return losses;
  }

  accumulate(batch: TokenBatch, share: number, seed: number): Promise<number> {
    const gradient = new Float32Array(this.#gradient.length);
    const losses = this.#losses(batch, gradient, (position) => (derive(seed, position) < 0.1 ? 0 : 1));
    for (let index = 0; index < gradient.length; index++)
      this.#gradient[index] += (share * gradient[index]) / losses.length;
    return Promise.resolve(losses.reduce((sum, loss) => sum + loss, 0) / losses.length);
  }

  update(learningRateScale: number, step: number): Promise<number> {
    const norm = Math.sqrt(this.#gradient.reduce((sum, one) => sum + one * one, 0));
    if (Number.isFinite(norm))
      for (let index = 0; index < this.weights.length; index++) {
        const gradient = this.#gradient[index];
        this.#first[index] = 0.9 * this.#first[index] + 0.1 * gradient;
        this.#second[index] = 0.98 * this.#second[index] + 0.02 * gradient * gradient;
        const root = Math.sqrt(this.#second[index] / (1 - 0.98 ** step)) + 1e-8;
        this.weights[index] -= (this.#rate * learningRateScale * this.#first[index]) / (1 - 0.9 ** step) / root;
      }
    this.discard();
    return Promise.resolve(norm);
  }

  discard(): void {
    this.#gradient.fill(0);
  }

  score(batch: TokenBatch): Promise<Float32Array> {
    return Promise.resolve(this.#losses(batch, null, () => 1));
  }

  contents(): Partial<Record<LearnerFile, Content>> {
    const tensor = (name: string, data: Float32Array) =>
      ({ name, dtype: 'F32', shape: [vocabulary, vocabulary], data: data.slice() }) as const;
    return {
      'model.safetensors': safetensorsPieces([tensor('weight', this.weights)]),
      'optimizer.safetensors': safetensorsPieces([tensor('first', this.#first), tensor('second', this.#second)]),
    };
  }

  async restore(folder: string): Promise<void> {
    const model = await readSafetensors(join(folder, 'model.safetensors'));
    const optimizer = await readSafetensors(join(folder, 'optimizer.safetensors'));
    this.weights.set(model.tensors.get('weight')?.data as Float32Array);
    this.#first.set(optimizer.tensors.get('first')?.data as Float32Array);
    this.#second.set(optimizer.tensors.get('second')?.data as Float32Array);
    this.discard();
  }
}

/** A text in which the next token mostly follows from the last. */
export const toyText = Int32Array.from({ length: 2000 }, (_, index) =>
  derive(2, index) < 0.8 ? (index * index) % vocabulary : Math.floor(derive(3, index) * vocabulary),
);

export const toyBatches: BatchSource = {
  batch(draw, batchSize, length) {
    const windows = new Int32Array(batchSize * (length + 1));
    for (let row = 0; row < batchSize; row++) {
      const from = Math.floor(derive(4, draw, row) * (toyText.length - length - 1));
      windows.set(toyText.subarray(from, from + length + 1), row * (length + 1));
    }
    return batchOfWindows(windows, batchSize, length);
  },
};
