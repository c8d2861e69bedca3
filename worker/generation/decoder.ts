import { HyenaError } from '../../main/contract/errors.ts';
import { Decoder as HistoryDecoder, type DecodingState } from '../models/cached-decoding.ts';
import type { LanguageModel } from '../models/language-model.ts';

/** Reads a context and tells the scores of what may come next. */
export interface Decoder {
  /** The longest context, tokens. */
  readonly limit: number;
  /** Reads a context from its start, all at once. @returns scores of the next token, `[vocabulary]` */
  prefill(ids: Int32Array): Promise<Float32Array>;
  /** Reads one token more. */
  step(id: number): Promise<Float32Array>;
  /** Frees what was kept of the context. */
  reset(): void;
}

/**
 * Keeps what the model needs of the context, so that a token costs what is new: one pass over the weights and a dot
 * product of each filter with its history. Takes the weights that the model has at the
 * first `prefill` after a `reset`.
 */
export function historyDecoder(model: LanguageModel): Decoder {
  let decoder: HistoryDecoder | null = null;
  let state: DecodingState | null = null;
  return {
    limit: model.config.l_max,
    async prefill(ids) {
      // A text that outgrows the context is read again from its last half, with the same weights.
      decoder ??= await HistoryDecoder.create(model);
      const read = await decoder.prefill(ids);
      state = read.state;
      return read.logits;
    },
    step(id) {
      if (decoder === null || state === null)
        throw new HyenaError('internal', 'Decoding needs a context before its first step.');
      return Promise.resolve(decoder.step(state, id));
    },
    reset() {
      decoder = null;
      state = null;
    },
  };
}
