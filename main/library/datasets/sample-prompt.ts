import type { DatasetReader } from './dataset-reader.ts';

/** Tokens of the default prompt. */
const promptLength = 48;

/**
 * What the samples of a run continue: the text that was chosen, or else the beginning of the data.
 *
 * @param limit the model's context
 */
export const samplePrompt = (chosen: string, reader: DatasetReader, limit: number): string =>
  chosen === '' ? defaultPrompt(reader, limit) : chosen;

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
