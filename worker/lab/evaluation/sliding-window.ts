import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LanguageModel } from '../../models/language-model.ts';

/**
 * The summed loss of a text in windows that overlap: each token is predicted once, from at least `length` - `stride`
 * tokens before it wherever the text has as many (Press et al., arXiv 2012.15832, section 2; `strided` of Hugging Face's
 * guide to perplexity).
 *
 * @param length predictions of a window, the model's context at most
 * @param stride predictions that count in each window but the first, from 1 to `length`
 * @param between called with how many tokens are done
 * @returns nats, over all tokens but the first
 */
export async function slidingLoss(
  model: LanguageModel,
  ids: Int32Array,
  { length, stride }: { length: number; stride: number },
  between: (done: number) => Promise<void>,
): Promise<number> {
  const predictions = ids.length - 1;
  let nats = 0;
  for (let done = 0; done < predictions;) {
    await between(done);
    await nextTurn();
    // The first window counts whole; each other one ends `stride` further.
    const end = Math.min(predictions, done === 0 ? length : done + stride);
    const from = Math.max(0, end - length);
    const batch = {
      ids: ids.slice(from, end),
      targets: ids.slice(from + 1, end + 1),
      batchSize: 1,
      length: end - from,
    };
    const losses = await model.tokenLosses(batch);
    for (let place = done - from; place < losses.length; place++) nats += losses[place];
    done = end;
  }
  return nats;
}

/**
 * Words of a text as WikiText counts them: what stands between white space, and one end for each line. The test split of
 * WikiText-2 and -103 has 245,569 by it.
 */
export function wordsOfWikiText(text: string): number {
  const lines = text.split('\n');
  // What follows the last line end is not a line.
  if (lines.at(-1)?.trim() === '') lines.pop();
  return lines.reduce((sum, line) => sum + (line.match(/\S+/g)?.length ?? 0) + 1, 0);
}
