import type { TrainingConfiguration } from '../../main/contract/configuration.ts';
import { samplingSchema } from '../../main/contract/sampling.ts';
import type { DatasetReader } from '../../main/library/datasets/dataset-reader.ts';
import { samplePrompt } from '../../main/library/datasets/sample-prompt.ts';
import type { Tokenizer } from '../../main/library/tokenizers/tokenizer.ts';
import { withDecoder } from '../generation/text-reader.ts';
import { generate, promptTokens } from '../generation/generate.ts';
import type { LanguageModel } from '../models/language-model.ts';
import { derivedSeed } from '../../main/contract/logic/random.ts';

/** Writes the samples of a run: the same model writes the same text at a step, whenever it gets there. */
export class Sampler {
  readonly #prompt: string;
  readonly #model: LanguageModel;
  readonly #tokenizer: Tokenizer;
  readonly #training: TrainingConfiguration;

  constructor(model: LanguageModel, reader: DatasetReader, training: TrainingConfiguration) {
    this.#model = model;
    this.#tokenizer = reader.tokenizer;
    this.#training = training;
    this.#prompt = samplePrompt(training.sample_prompt, reader, model.config.l_max);
  }

  /** @param check throws where the run is to stop */
  async sample(step: number, check: () => void): Promise<{ prompt: string; text: string }> {
    const { seed, sample_tokens, sample_temperature } = this.#training;
    const ids = promptTokens(this.#tokenizer, this.#prompt);
    const [{ text, reason }] = await withDecoder(this.#model, (decoder) =>
      generate({
        decoder,
        tokenizer: this.#tokenizer,
        prompt: ids.subarray(-decoder.limit),
        sampling: samplingSchema.parse({
          max_tokens: sample_tokens,
          temperature: sample_temperature,
          seed: derivedSeed(seed, 'sample', step),
        }),
        check,
      }),
    );
    // Half a sample must not count as the step's sample.
    if (reason === 'stopped') check();
    return { prompt: this.#prompt, text };
  }
}
