import type { TokenProbability } from '../../main/contract/serving.ts';
import type { Tokenizer } from '../../main/library/tokenizers/tokenizer.ts';
import { END_OF_TEXT } from '../../main/library/tokenizers/vocabulary.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A token and those that were most likely at its place. */
export type ReportedToken = TokenProbability & { top: TokenProbability[] };

/** Names tokens and tells how likely they were, as OpenAI's interface does. */
export class TokenReporter {
  readonly #tokenizer: Tokenizer;

  constructor(tokenizer: Tokenizer) {
    this.#tokenizer = tokenizer;
  }

  /**
   * @param logProbabilities of all tokens at its place
   * @param count how many of the most likely
   */
  report(id: number, logProbabilities: Float64Array, count: number): ReportedToken {
    // In a list of names no two tokens may share one.
    const names = new Map<string, number>();
    const of = (one: number): TokenProbability => {
      const bytes = this.#tokenizer.decodeBytes([one]);
      let token = this.#name(one, bytes);
      if ((names.get(token) ?? one) !== one) token = `token_id:${one}`;
      names.set(token, one);
      // JSON has no infinity.
      return { token, bytes: Array.from(bytes), logprob: Math.max(-9999, logProbabilities[one]) };
    };
    const top = likeliest(logProbabilities, count).map(of);
    return { ...of(id), top };
  }

  /** The name of a token and its bytes, if nothing is known of its likelihood. */
  describe(id: number): Pick<TokenProbability, 'token' | 'bytes'> {
    const bytes = this.#tokenizer.decodeBytes([id]);
    return { token: this.#name(id, bytes), bytes: Array.from(bytes) };
  }

  /** A token's text; its bytes where they are not whole characters. */
  #name(id: number, bytes: Uint8Array): string {
    if (bytes.length === 0) return id === this.#tokenizer.endOfText ? END_OF_TEXT : `token_id:${id}`;
    try {
      return utf8.decode(bytes);
    } catch {
      return `bytes:${Array.from(bytes, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}`;
    }
  }
}

/** The ids of the largest values, the largest first. */
function likeliest(values: Float64Array, count: number): number[] {
  const best: number[] = [];
  for (let id = 0; id < values.length && count > 0; id++) {
    if (best.length === count && values[id] <= values[best[count - 1]]) continue;
    let place = best.length;
    while (place > 0 && values[best[place - 1]] < values[id]) place--;
    best.splice(place, 0, id);
    best.length = Math.min(best.length, count);
  }
  return best;
}
