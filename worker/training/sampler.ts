import type { TrainingConfiguration } from '../../main/contract/configuration.ts';
import { samplingSchema } from '../../main/contract/jobs.ts';
import type { DatasetReader } from '../data/datasets/dataset-reader.ts';
import type { Tokenizer } from '../data/tokenizers/tokenizer.ts';
import { withDecoder } from '../generation/decoder.ts';
import { generate, promptTokens } from '../generation/generate.ts';
import type { LanguageModel } from '../models/language-model.ts';
import { derivedSeed } from '../ops/random.ts';

/** Tokens of the default prompt. */
const promptLength = 48;

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
    this.#prompt = training.sample_prompt === '' ? defaultPrompt(reader, model.config.l_max) : training.sample_prompt;
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

/** Whole words from the beginning of the validation text, or of the training text where there is none. */
function defaultPrompt(reader: DatasetReader, limit: number): string {
  const split = reader.tokenCount('validation') > 0 ? 'validation' : 'train';
  const count = Math.min(promptLength, Math.max(1, Math.floor(limit / 2)), reader.tokenCount(split));
  const decoder = reader.tokenizer.streamDecoder();
  // A character that is cut in half at the end is left out.
  const text = Array.from(reader.read(split, 0, count), (id) => decoder.push(id)).join('');
  // Where a book is cut for validation its first and last word are halves.
  const words = /\s(\S.*\S)\s/s.exec(text)?.[1];
  return words ?? text;
}
