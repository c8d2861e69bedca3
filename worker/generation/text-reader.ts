import { Decoder, type Sequence } from '../models/decoding/decoder.ts';
import type { LanguageModel } from '../models/language-model.ts';

/** A text that has been read, as far as writing is concerned. */
export interface OpenSequence {
  /** Another continuation of the same text. */
  fork(): OpenSequence;
  dispose(): void;
}

/** What writing needs of a model: reads texts and tells the scores of what may come next, `[vocabulary]`. */
export interface TextReader<T extends OpenSequence = OpenSequence> {
  /** The longest context, tokens. */
  readonly limit: number;
  /** Reads a text from its start, all at once. */
  prefill(
    ids: Int32Array,
    options?: {
      onProgress?: (done: number) => void;
      /** Called with the scores of what follows each token, in order; valid during the call alone. */
      onScores?: (scores: Float32Array, position: number) => void;
    },
  ): Promise<{
    text: T;
    logits: Float32Array;
    /** Tokens that had been read before; left out: none. */
    reused?: number;
  }>;
  /** Reads one token more of each of several texts. */
  step(texts: readonly T[], ids: readonly number[]): Promise<Float32Array[]>;
}

/** Works with a decoder for the weights that the model has now, and frees it afterwards. */
export async function withDecoder<R>(
  model: LanguageModel,
  work: (decoder: TextReader<Sequence>) => Promise<R>,
): Promise<R> {
  const decoder = new Decoder(model);
  try {
    return await work(decoder);
  } finally {
    decoder.dispose();
  }
}
