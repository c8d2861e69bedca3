import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { samplingSchema } from '../../main/contract/sampling.ts';
import type { CompletionRequest, ServingEvent } from '../../main/contract/serving.ts';
import { bytesTokenizer } from '../../main/library/tokenizers/bytes.ts';
import { logProbabilities } from '../../worker/generation/sampling.ts';
import { Decoder } from '../../worker/models/decoding/decoder.ts';
import { LanguageModel } from '../../worker/models/language-model.ts';
import { PrefixCachingReader } from '../../worker/serving/prefix-caching-reader.ts';
import { RequestScheduler } from '../../worker/serving/requests.ts';
import { onEveryDevice } from './devices.ts';
import { configurationOf, idsOf } from './models.ts';

await onEveryDevice('the log-probabilities of a prompt', (device) => {
  const config = configurationOf({ l_max: 600, d_model: 6, n_layer: 1, vocab_size: 256 });

  it('are those of the whole text computed at once, for every token, alone and before an answer', async () => {
    const model = LanguageModel.create(config, device(), 1);
    const before = tf.memory().numTensors;
    const decoder = new Decoder(model);
    const reader = new PrefixCachingReader(decoder);
    const events: ServingEvent[] = [];
    const nothing = () => {
      throw new Error('No conversation is asked for.');
    };
    const opener = { open: nothing, measure: nothing, whole: nothing };
    const requests = new RequestScheduler(reader, bytesTokenizer, opener, (event) => events.push(event), nothing);
    const score = async (id: string, prompt: number[], generate: boolean) => {
      const request: CompletionRequest = {
        ...{ type: 'complete', id, prompt, logprobs: 3, echo: true, generate, format: null, whole: true },
        sampling: samplingSchema.parse({ max_tokens: 2, temperature: 0 }),
      };
      requests.add(request);
      await expect
        .poll(() => events.some((one) => one.type === 'finished' && one.id === id), { timeout: 60_000 })
        .toBe(true);
      const echoed = events.flatMap((one) => (one.type === 'echo' && one.id === id ? one.tokens : []));
      const written = events.flatMap((one) => (one.type === 'piece' && one.id === id ? one.tokens : []));
      return { echoed, written };
    };
    for (const [length, generate] of [
      [300, false],
      [40, true],
      // Remembered by now, but not the scores of its tokens.
      [40, false],
      [1, true],
    ] as const) {
      const ids = idsOf(length, 256, 8);
      const { echoed, written } = await score(`${length} ${generate}`, Array.from(ids), generate);
      expect(echoed.map(({ bytes }) => bytes[0])).toEqual(Array.from(ids));
      expect(echoed[0].logprob).toBeNull();
      // A few places, as the reference takes long.
      for (const place of [1, 2, 17, 255, 256, 299].filter((one) => one < length)) {
        const expected = logProbabilities(await model.lastLogits(ids.slice(0, place), 1));
        expect(Math.abs(echoed[place].logprob! - expected[ids[place]]), `place ${place}`).toBeLessThan(1e-4);
        const likeliest = Math.max(...expected);
        expect(Math.abs(echoed[place].top![0].logprob - likeliest)).toBeLessThan(1e-4);
      }
      expect(written).toHaveLength(generate ? 2 : 0);
      if (generate) {
        const expected = logProbabilities(await model.lastLogits(ids, 1));
        expect(Math.abs(written[0].logprob - expected[written[0].bytes[0]])).toBeLessThan(1e-4);
      }
    }
    await requests.close();
    reader.dispose();
    decoder.dispose();
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });
});
