import { Decoder as ModelDecoder, type DecodingState } from '../models/decoding.ts';
import type { LanguageModel } from '../models/language-model.ts';

/** Reads a context and tells the scores of what may come next. */
export interface Decoder {
  /** The longest context, tokens. */
  readonly limit: number;
  /** Reads a context from its start, all at once. @returns scores of the next token, `[vocabulary]` */
  prefill(ids: Int32Array): Promise<Float32Array>;
  /** Reads one token more. */
  step(id: number): Promise<Float32Array>;
  /** Frees what was kept of the context and of the weights: the next text is written with those the model has then. */
  reset(): void;
}

/** A prompt is read in parallel on the model's device, then each token costs little more than its own share. */
export function modelDecoder(model: LanguageModel): Decoder {
  let decoder: ModelDecoder | null = null;
  let state: DecodingState | null = null;
  return {
    limit: model.config.l_max,
    async prefill(ids) {
      decoder ??= await ModelDecoder.create(model);
      const read = await decoder.prefill(ids);
      state = read.state;
      return read.logits;
    },
    step(id) {
      if (decoder === null || state === null) throw new Error('step needs a context: call prefill first');
      return Promise.resolve(decoder.step(state, id));
    },
    reset() {
      decoder = null;
      state = null;
    },
  };
}
