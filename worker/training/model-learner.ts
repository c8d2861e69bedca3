import { join } from 'node:path';
import type { TrainingConfiguration } from '../../main/contract/configuration.ts';
import { hasDropout } from '../../main/contract/model-configuration.ts';
import { adaptersFile, weightsFile } from '../../main/library/checkpoints/manifest.ts';
import { adapterMetadata } from '../../main/library/checkpoints/weights.ts';
import { safetensorsPieces, SafetensorsFile } from '../../main/library/checkpoints/safetensors.ts';
import type { Content } from '../../main/library/files/atomic.ts';
import type { TokenBatch } from '../models/batch.ts';
import type { Gradients } from '../models/gradients.ts';
import type { LanguageModel } from '../models/language-model.ts';
import { Optimizer } from './optimizer.ts';
import type { Learner, LearnerFile } from './learner.ts';

/** A language model and AdamW on a device, as the training loop sees them. */
export class ModelLearner implements Learner {
  readonly #model: LanguageModel;
  readonly #optimizer: Optimizer;
  readonly #training: TrainingConfiguration;
  #gradients: Gradients | null = null;

  readonly #check: () => void;

  /** @param check called between tensors that are made or loaded: throws where the job is to stop */
  constructor(model: LanguageModel, training: TrainingConfiguration, check: () => void = () => undefined) {
    this.#model = model;
    this.#optimizer = new Optimizer(model, training, check);
    this.#training = training;
    this.#check = check;
  }

  get parameterCount(): number {
    return this.#model.parameters.count();
  }

  async accumulate(batch: TokenBatch, share: number, seed: number): Promise<number> {
    const { precision, convolution, gradient_checkpointing: checkpointing } = this.#training;
    const { loss, gradients } = this.#model.lossAndGradients(batch, {
      precision,
      convolution,
      checkpointing,
      dropoutSeed: hasDropout(this.#model.config) ? seed : null,
      gradientScale: share,
    });
    if (this.#gradients === null) this.#gradients = gradients;
    else this.#gradients.add(gradients);
    return loss;
  }

  async update(learningRateScale: number, step: number): Promise<number> {
    const gradients = this.#gradients;
    this.#gradients = null;
    if (gradients === null) return 0;
    return this.#optimizer.step(gradients, { step, learningRateScale });
  }

  discard(): void {
    this.#gradients?.dispose();
    this.#gradients = null;
  }

  score(batch: TokenBatch): Promise<Float32Array> {
    const { precision, convolution } = this.#training;
    return this.#model.tokenLosses(batch, { precision, convolution });
  }

  contents(): Partial<Record<LearnerFile, Content>> {
    const { parameters, adapters } = this.#model;
    // `format` is what Hugging Face's library looks for before it loads a file.
    const weights =
      adapters === null
        ? { [weightsFile]: safetensorsPieces(parameters.toWrite(), { format: 'pt' }) }
        : { [adaptersFile]: safetensorsPieces(parameters.toWrite(parameters.trainable()), adapterMetadata(adapters)) };
    return { ...weights, 'optimizer.safetensors': safetensorsPieces(this.#optimizer.toWrite()) };
  }

  async restore(folder: string): Promise<void> {
    this.discard();
    const { parameters, adapters } = this.#model;
    const [name, learned] =
      adapters === null ? [weightsFile, parameters.all()] : [adaptersFile, parameters.trainable()];
    await withFile(join(folder, name), (file) => parameters.load(file, learned, this.#check));
    await withFile(join(folder, 'optimizer.safetensors'), (file) => this.#optimizer.load(file, this.#check));
  }
}

async function withFile(path: string, use: (file: SafetensorsFile) => Promise<void>): Promise<void> {
  const file = await SafetensorsFile.open(path);
  try {
    await use(file);
  } finally {
    await file.close();
  }
}
