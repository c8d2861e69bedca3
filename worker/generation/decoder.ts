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

/** Reads the whole context again for every token. Exact, slow. */
export function rereadingDecoder(model: LanguageModel): Decoder {
  let context: number[] = [];
  const read = () => model.lastLogits(Int32Array.from(context), 1);
  return {
    limit: model.config.l_max,
    prefill(ids) {
      context = Array.from(ids);
      return read();
    },
    step(id) {
      context.push(id);
      return read();
    },
    reset() {
      context = [];
    },
  };
}
