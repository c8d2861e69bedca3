import { expect, it } from 'vitest';
import { bytesTokenizer } from '../../main/library/tokenizers/bytes.ts';
import { continuationLosses } from '../../worker/documents/likelihood.ts';
import { scoreContinuations } from '../../worker/lab/evaluation/continuations.ts';
import { slidingLoss } from '../../worker/lab/evaluation/sliding-window.ts';
import { LanguageModel } from '../../worker/models/language-model.ts';
import { onEveryDevice } from './devices.ts';
import { configurationOf, idsOf } from './models.ts';

const nothing = () => Promise.resolve();

/** Natural logarithms of the probabilities of the next token after each position. */
async function logProbabilities(model: LanguageModel, ids: Int32Array): Promise<Float64Array[]> {
  const logits = await model.logits(ids, 1);
  const { vocab_size } = model.config;
  return Array.from(ids, (_, place) => {
    const scores = Float64Array.from(logits.subarray(place * vocab_size, (place + 1) * vocab_size));
    const largest = scores.reduce((a, b) => Math.max(a, b));
    const total = Math.log(scores.reduce((sum, score) => sum + Math.exp(score - largest), 0)) + largest;
    return scores.map((score) => score - total);
  });
}

await onEveryDevice('evaluations', (device) => {
  it('score texts of different lengths side by side as each alone, beginnings left out beyond the context', async () => {
    const model = LanguageModel.create(configurationOf({ l_max: 16 }, 256), device(), 5);
    const texts = [
      { context: 'The whale', text: ' swam' },
      { context: 'A', text: ' b' },
      { context: 'What is longer than the context of this model', text: ' loses' },
      { context: '', text: 'ab' },
      { context: 'ends with a space ', text: 'x' },
    ];
    const scores = await scoreContinuations(model, bytesTokenizer, texts, nothing);
    for (const [index, { context, text }] of texts.entries()) {
      const ids = bytesTokenizer.encode(context + text);
      const begun = context === '' && bytesTokenizer.endOfText !== null ? [bytesTokenizer.endOfText, ...ids] : [...ids];
      const scored = Math.min(ids.length - context.trimEnd().length, begun.length - 1);
      const kept = Int32Array.from(begun.slice(-17));
      const logs = await logProbabilities(model, kept.slice(0, -1));
      let [sum, greedy] = [0, true];
      for (let place = kept.length - 1 - scored; place < kept.length - 1; place++) {
        sum += logs[place][kept[place + 1]];
        if (logs[place].indexOf(Math.max(...logs[place])) !== kept[place + 1]) greedy = false;
      }
      expect(scores[index].logLikelihood).toBeCloseTo(sum, 3);
      expect(scores[index].greedy).toBe(greedy);
      expect(scores[index].shortened).toBe(begun.length > 17);
    }
    model.dispose();
  });

  it('take the mean loss of a text after another, with the end behind it if that counts', async () => {
    const model = LanguageModel.create(configurationOf({ l_max: 24 }, 256), device(), 5);
    const pairs = [
      { before: 'The whale', text: ' swam' },
      { before: 'The whale', text: ' swam', ended: true },
      { before: 'A', text: 'hab', ended: true },
    ];
    const losses = await continuationLosses(model, bytesTokenizer, pairs, () => undefined);
    for (const [index, { before, text, ended = false }] of pairs.entries()) {
      const ids = Int32Array.from([
        ...bytesTokenizer.encode(before + text),
        ...(ended ? [bytesTokenizer.endOfText!] : []),
      ]);
      const logs = await logProbabilities(model, ids.slice(0, -1));
      const places = Array.from({ length: ids.length - before.length }, (_, at) => before.length - 1 + at);
      const expected = places.reduce((sum, place) => sum - logs[place][ids[place + 1]], 0) / places.length;
      expect(losses[index]).toBeCloseTo(expected, 3);
    }
    model.dispose();
  });

  it('score a text in overlapping windows, each token once', async () => {
    const model = LanguageModel.create(configurationOf({ l_max: 12 }), device(), 5);
    const ids = idsOf(31);
    for (const stride of [1, 5, 12]) {
      let expected = 0;
      for (let done = 0; done < 30;) {
        const end = Math.min(30, done === 0 ? 12 : done + stride);
        const from = Math.max(0, end - 12);
        const logs = await logProbabilities(model, ids.slice(from, end));
        for (let place = done; place < end; place++) expected -= logs[place - from][ids[place + 1]];
        done = end;
      }
      expect(await slidingLoss(model, ids, { length: 12, stride }, nothing)).toBeCloseTo(expected, 2);
    }
    model.dispose();
  });
});
