import { HyenaError } from '../../main/contract/errors.ts';
import { Decoder as HistoryDecoder, type DecodingState } from '../models/decoding.ts';
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
 * product of each filter with its history. Takes the weights that the model has at `prefill`.
 */
export function historyDecoder(model: LanguageModel): Decoder {
  let current: { decoder: HistoryDecoder; state: DecodingState } | null = null;
  return {
    limit: model.config.l_max,
    async prefill(ids) {
      const decoder = await HistoryDecoder.create(model);
      const { state, logits } = await decoder.prefill(ids);
      current = { decoder, state };
      return logits;
    },
    step(id) {
      if (current === null) throw new HyenaError('internal', 'Decoding needs a context before its first step.');
      return Promise.resolve(current.decoder.step(current.state, id));
    },
    reset() {
      current = null;
    },
  };
}
