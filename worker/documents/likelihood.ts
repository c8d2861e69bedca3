import type { Tokenizer } from '../../main/library/tokenizers/tokenizer.ts';
import type { LanguageModel } from '../models/language-model.ts';

/** A text and what is to be predicted after it. */
export interface ConditionalText {
  readonly before: string;
  readonly text: string;
  /** Whether the end of text is to follow, and counts, if the tokenizer has one. */
  readonly ended?: boolean;
}

/** Tokens that are computed at once. */
const tokensAtOnce = 8192;

/**
 * How well a model predicts texts, each after another.
 *
 * @param onProgress called with the share that is done; throws where the work is to end
 * @returns mean cross entropy of each text, nats per token; NaN where a text has no tokens
 */
export async function continuationLosses(
  model: LanguageModel,
  tokenizer: Tokenizer,
  pairs: readonly ConditionalText[],
  onProgress: (done: number) => void,
): Promise<number[]> {
  const limit = model.limit;
  const rows = pairs.map(({ before, text, ended = false }, index) => {
    const ids = tokenizer.encode(text);
    const end = ended && tokenizer.endOfText !== null ? [tokenizer.endOfText] : [];
    const target = Int32Array.from([...ids, ...end]).subarray(0, Math.max(1, limit - 1));
    // The end of what goes before is nearest to what is predicted.
    const room = Math.max(1, limit + 1 - target.length);
    const context = tokenizer.encode(before === '' ? '\n' : before);
    const prefix = context.subarray(Math.max(0, context.length - room));
    return { index, ids: Int32Array.from([...prefix, ...target]), target: target.length };
  });
  rows.sort((a, b) => a.ids.length - b.ids.length);
  const losses = pairs.map(() => NaN);
  for (let first = 0; first < rows.length;) {
    const group: typeof rows = [];
    while (first + group.length < rows.length) {
      const next = rows[first + group.length];
      if (group.length > 0 && next.ids.length * (group.length + 1) > tokensAtOnce) break;
      group.push(next);
    }
    const length = Math.max(1, ...group.map(({ ids }) => ids.length - 1));
    const ids = new Int32Array(group.length * length);
    const targets = new Int32Array(group.length * length);
    // What is to the right of a row's end acts on nothing: the model is causal.
    for (const [row, one] of group.entries()) {
      ids.set(one.ids.subarray(0, -1), row * length);
      targets.set(one.ids.subarray(1), row * length);
    }
    const all = await model.tokenLosses({ ids, targets, batchSize: group.length, length });
    for (const [row, { index, ids: own, target }] of group.entries()) {
      const end = row * length + own.length - 1;
      const scored = all.subarray(end - target, end);
      losses[index] = scored.reduce((sum, loss) => sum + loss, 0) / target;
    }
    first += group.length;
    onProgress(first / rows.length);
  }
  return losses;
}
