import type { Tokenizer } from '../../../main/library/tokenizers/tokenizer.ts';
import type { LanguageModel } from '../../models/language-model.ts';

/** A text whose end is scored. */
export interface Continuation {
  readonly context: string;
  readonly text: string;
}

export interface ContinuationScore {
  /** Log-likelihood of the text after the context, nats. */
  readonly logLikelihood: number;
  /** Whether each of its tokens is the likeliest one. */
  readonly greedy: boolean;
  /** Whether the beginning of the context was left out. */
  readonly shortened: boolean;
}

/** Tokens that are computed at a time, with padding. */
const atOnce = 8192;

interface Encoded {
  readonly index: number;
  readonly ids: Int32Array;
  /** Tokens at the end that are scored. */
  readonly scored: number;
  readonly shortened: boolean;
}

/**
 * Context and text as one sequence of tokens, split as lm-evaluation-harness does (`_encode_pair`): white space at the end
 * of the context goes to the text, and the tokens of the text are those behind as many as the context alone has. What is
 * longer than `limit` + 1 loses its beginning.
 */
function encode({ context, text }: Continuation, tokenizer: Tokenizer, limit: number, index: number): Encoded {
  const trimmed = context.trimEnd();
  const whole = tokenizer.encode(context + text);
  const before = trimmed === '' ? 0 : tokenizer.encode(trimmed).length;
  // The first token follows none: without a context it is the end of another text, where there is such a token.
  const begun = before === 0 && tokenizer.endOfText !== null;
  const ids = begun ? Int32Array.from([tokenizer.endOfText, ...whole]) : whole;
  const scored = Math.min(Math.max(1, whole.length - before), ids.length - 1, limit);
  const kept = ids.subarray(Math.max(0, ids.length - limit - 1));
  return { index, ids: kept, scored, shortened: kept.length < ids.length };
}

/**
 * Scores texts after their contexts, similar lengths side by side: what stands behind a text cannot change it, so the
 * shorter ones are padded.
 *
 * @param between called before each batch with how many are done: throws where the job is to stop, lets messages in
 * @returns in the order of the continuations
 */
export async function scoreContinuations(
  model: LanguageModel,
  tokenizer: Tokenizer,
  continuations: readonly Continuation[],
  between: (done: number) => Promise<void>,
): Promise<ContinuationScore[]> {
  const encoded = continuations.map((one, index) => encode(one, tokenizer, model.limit, index));
  encoded.sort((a, b) => b.ids.length - a.ids.length || a.index - b.index);
  const scores = new Array<ContinuationScore>(continuations.length);
  for (let first = 0; first < encoded.length;) {
    await between(first);
    // The padding may not be longer than what a model can take.
    const length = encoded[first].ids.length - 1;
    const count = Math.max(1, Math.min(encoded.length - first, Math.floor(atOnce / Math.max(1, length))));
    const group = encoded.slice(first, first + count);
    first += count;
    if (length < 1) {
      for (const { index, shortened } of group) scores[index] = { logLikelihood: 0, greedy: false, shortened };
      continue;
    }
    const ids = new Int32Array(count * length);
    const targets = new Int32Array(count * length);
    const places: number[] = [];
    for (const [row, { ids: own, scored }] of group.entries()) {
      ids.set(own.subarray(0, -1), row * length);
      targets.set(own.subarray(1), row * length);
      for (let place = own.length - 1 - scored; place < own.length - 1; place++) places.push(row * length + place);
    }
    const batch = { ids, targets, batchSize: count, length };
    const answers = await model.answers(batch, Int32Array.from(places));
    let at = 0;
    for (const { index, scored, shortened } of group) {
      let [logLikelihood, greedy] = [0, true];
      for (let token = 0; token < scored; token++, at++) {
        logLikelihood -= answers.losses[at];
        if (answers.tokens[at] !== targets[places[at]]) greedy = false;
      }
      scores[index] = { logLikelihood, greedy, shortened };
    }
  }
  return scores;
}
